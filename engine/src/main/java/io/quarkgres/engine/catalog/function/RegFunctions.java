package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Locale;

/** {@code to_regclass} and its like; names of roles and encodings. Thread: any. */
final class RegFunctions {
  private static final List<String> KINDS =
      List.of(
          "regclass",
          "regtype",
          "regproc",
          "regprocedure",
          "regoper",
          "regoperator",
          "regnamespace",
          "regrole");

  /** The encodings by number; the names are what clients compare with. */
  private static final List<String> ENCODINGS =
      List.of(
          "SQL_ASCII EUC_JP EUC_CN EUC_KR EUC_TW EUC_JIS_2004 UTF8 MULE_INTERNAL LATIN1 LATIN2"
              .concat(" LATIN3 LATIN4 LATIN5 LATIN6 LATIN7 LATIN8 LATIN9 LATIN10 WIN1256 WIN1258")
              .concat(" WIN866 WIN874 KOI8R WIN1251 WIN1252 ISO_8859_5 ISO_8859_6 ISO_8859_7")
              .concat(" ISO_8859_8 WIN1250 WIN1253 WIN1254 WIN1255 WIN1257 KOI8U SJIS BIG5 GBK")
              .concat(" UHC GB18030 JOHAB SHIFT_JIS_2004")
              .split(" "));

  private RegFunctions() {}

  static void register(KernelTable t) {
    for (String kind : KINDS) {
      t.row("to_" + kind, (r, o) -> find(r, kind, o));
    }
    t.row("pg_get_userbyid", RegFunctions::userName);
    t.row("PG_encoding_to_char", (r, o) -> o.text(encoding(r.int32(0))));
    t.row("PG_char_to_encoding", (r, o) -> o.int32(encoding(r.text(0))));
  }

  private static void find(Row row, String kind, Out out) {
    Integer oid = ObjectNaming.find(services(row), kind, row.text(0));
    if (oid == null) {
      out.sqlNull();
    } else {
      out.int32(oid);
    }
  }

  /** Returns the relation of a name given as text, or raises 42P01. */
  static RelationEntry requireRelation(CatalogServices services, String name) {
    RelationEntry relation = services.relation(name);
    if (relation == null) {
      String shown = String.join(".", ObjectNaming.split(name));
      throw new SqlException(SqlState.UNDEFINED_TABLE, "relation \"" + shown + "\" does not exist");
    }
    return relation;
  }

  private static void userName(Row row, Out out) {
    String name = services(row).catalog().roles().name(row.int32(0));
    boolean isFound = name != null && row.int32(0) != 0;
    out.text(isFound ? name : "unknown (OID=" + Integer.toUnsignedString(row.int32(0)) + ")");
  }

  private static String encoding(int number) {
    return number >= 0 && number < ENCODINGS.size() ? ENCODINGS.get(number) : "";
  }

  private static int encoding(String name) {
    String upper = name.toUpperCase(Locale.ROOT).replace("-", "");
    int found = ENCODINGS.indexOf(upper);
    return found >= 0 || !upper.equals("UNICODE") ? found : ENCODINGS.indexOf("UTF8");
  }
}
