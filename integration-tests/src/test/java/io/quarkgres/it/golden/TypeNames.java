package io.quarkgres.it.golden;

import io.quarkgres.it.wire.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names types by their oid: PostgreSQL's own from a table, others by asking the server.
///
/// Thread: one at a time.
final class TypeNames {
  private static final String BUILT_IN =
      """
      16 bool 17 bytea 18 "char" 19 name 20 int8 21 int2 22 int2vector 23 int4 24 regproc 25 text
      26 oid 27 tid 28 xid 29 cid 30 oidvector 114 json 142 xml 143 _xml 194 pg_node_tree 199 _json
      600 point 603 box 650 cidr 700 float4 701 float8 705 unknown 790 money 829 macaddr 869 inet
      1000 _bool 1001 _bytea 1002 _char 1003 _name 1005 _int2 1006 _int2vector 1007 _int4
      1008 _regproc 1009 _text 1014 _bpchar 1015 _varchar 1016 _int8 1021 _float4 1022 _float8
      1028 _oid 1033 aclitem 1034 _aclitem 1042 bpchar 1043 varchar 1082 date 1083 time
      1114 timestamp 1115 _timestamp 1182 _date 1183 _time 1184 timestamptz 1185 _timestamptz
      1186 interval 1187 _interval 1231 _numeric 1266 timetz 1270 _timetz 1560 bit 1561 _bit
      1562 varbit 1563 _varbit 1700 numeric 1790 refcursor 2202 regprocedure 2203 regoper
      2204 regoperator 2205 regclass 2206 regtype 2210 _regclass 2211 _regtype 2249 record
      2275 cstring 2276 any 2277 anyarray 2278 void 2287 _record 2283 anyelement 2950 uuid
      2951 _uuid 3220 pg_lsn 3361 pg_ndistinct 3614 tsvector 3615 tsquery 3802 jsonb 3807 _jsonb
      3904 int4range 3906 numrange 3908 tsrange 3910 tstzrange 3912 daterange 3926 int8range
      4072 jsonpath 4089 regnamespace 4096 regrole 5069 xid8
      """;
  private static final Map<Integer, String> NAMES = builtIn();

  private final Map<Integer, String> others = new HashMap<>();
  private final Lookup lookup;

  /// Asks the server for one value; `null` when it cannot say.
  interface Lookup {
    String value(String sql);
  }

  TypeNames(Lookup lookup) {
    this.lookup = lookup;
  }

  private static Map<Integer, String> builtIn() {
    Map<Integer, String> names = new HashMap<>();
    List<String> words = List.of(BUILT_IN.trim().split("\\s+"));
    for (int i = 0; i < words.size(); i += 2) {
      names.put(Integer.parseInt(words.get(i)), words.get(i + 1));
    }
    return names;
  }

  /// A column's name, its type and its modifier, such as `price numeric(10,2)`.
  String describe(Message.Column column) {
    return column.name() + " " + name(column.typeOid()) + modifier(column);
  }

  private String name(int oid) {
    String name = NAMES.get(oid);
    if (name != null) {
      return name;
    }
    return others.computeIfAbsent(
        oid,
        unknown -> {
          String found =
              lookup.value("SELECT typname FROM pg_catalog.pg_type WHERE oid = " + unknown);
          return found == null ? "?" : found;
        });
  }

  private static String modifier(Message.Column column) {
    int typmod = column.typmod();
    if (typmod < 0) {
      return "";
    }
    return switch (column.typeOid()) {
      case 1042, 1043 -> "(" + (typmod - 4) + ")";
      case 1700 ->
          "(" + ((typmod - 4) >> 16) + "," + (((((typmod - 4) & 0x7ff)) ^ 1024) - 1024) + ")";
      default -> "(typmod " + typmod + ")";
    };
  }
}
