package io.quarkgres.engine.function.misc;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;

/** Functions that any type has: its binary form, the order of two values, and which is greater. */
final class TypeFunctions {
  private static final String[] SEND = {
    "boolsend",
    "byteasend",
    "charsend",
    "namesend",
    "int2send",
    "int4send",
    "int8send",
    "textsend",
    "unknownsend",
    "varcharsend",
    "bpcharsend",
    "float4send",
    "float8send",
    "oidsend",
    "xidsend",
    "date_send",
    "time_send",
    "timetz_send",
    "timestamp_send",
    "timestamptz_send",
    "interval_send",
    "numeric_send",
    "tsquerysend",
    "tsvectorsend",
    "uuid_send",
    "bit_send",
    "varbit_send",
    "json_send",
    "jsonb_send",
    "jsonpath_send",
    "array_send",
    "enum_send",
    "record_send",
    "oidvectorsend",
    "int2vectorsend"
  };

  private static final String[] COMPARE = {
    "btarraycmp",
    "btboolcmp",
    "btfloat4cmp",
    "btfloat8cmp",
    "btint4cmp",
    "btint8cmp",
    "btoidcmp",
    "btrecordcmp",
    "date_cmp",
    "enum_cmp",
    "interval_cmp",
    "jsonb_cmp",
    "numeric_cmp",
    "time_cmp",
    "timetz_cmp",
    "timestamp_cmp"
  };

  /** These say by how much the first different byte differs; the end of the value is a zero. */
  private static final String[] DIFFER = {"bttextcmp", "btnamecmp", "bpcharcmp"};

  private static final String[] CHOOSE = {
    "int2",
    "int4",
    "int8",
    "float4",
    "float8",
    "oid",
    "date_",
    "time_",
    "timetz_",
    "timestamp_",
    "interval_",
    "numeric_",
    "text_",
    "array_",
    "enum_"
  };

  private TypeFunctions() {}

  static void register(KernelTable t) {
    for (String key : SEND) {
      t.row(
          key,
          (r, o) -> {
            ByteSink sink = new ByteSink(32);
            r.type(0).send(r.column(0), r.position(), sink, r.context().types());
            o.bytes(sink);
          });
    }
    for (String key : COMPARE) {
      if (t.kernel(key) == null) {
        t.row(key, (r, o) -> o.int32(Integer.signum(compare(r))));
      }
    }
    for (String key : DIFFER) {
      if (t.kernel(key) == null) {
        t.row(key, (r, o) -> o.int32(difference(r)));
      }
    }
    for (String prefix : CHOOSE) {
      choose(t, prefix + "larger", 1);
      choose(t, prefix + "smaller", -1);
    }
    // of equal ones these take the first, whose trailing blanks may be others
    t.row("bpchar_larger", (r, o) -> o.copy(r.column(compare(r) >= 0 ? 0 : 1), r.position()));
    t.row("bpchar_smaller", (r, o) -> o.copy(r.column(compare(r) <= 0 ? 0 : 1), r.position()));
  }

  private static void choose(KernelTable t, String key, int sign) {
    if (t.kernel(key) == null) {
      t.row(key, (r, o) -> o.copy(r.column(sign * compare(r) > 0 ? 0 : 1), r.position()));
    }
  }

  private static int difference(Row r) {
    if (compare(r) == 0) {
      return 0;
    }
    int length = Math.max(r.length(0), r.length(1));
    for (int i = 0; i < length; i++) {
      int a = i < r.length(0) ? r.heap(0)[r.start(0) + i] & 0xff : 0;
      int b = i < r.length(1) ? r.heap(1)[r.start(1) + i] & 0xff : 0;
      if (a != b) {
        return a - b;
      }
    }
    return 0;
  }

  private static int compare(Row r) {
    return r.type(0).compare(r.column(0), r.position(), r.column(1), r.position());
  }
}
