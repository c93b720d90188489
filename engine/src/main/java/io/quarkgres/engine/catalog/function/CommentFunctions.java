package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import java.util.Map;

/** {@code obj_description} and its like. Thread: any. */
final class CommentFunctions {
  private static final int PG_CLASS = 1259;

  private CommentFunctions() {}

  static void register(KernelTable t) {
    t.row("obj_description(oid,name)", (r, o) -> comment(r, catalogOid(r), 0, o));
    t.row("shobj_description(oid,name)", (r, o) -> comment(r, catalogOid(r), 0, o));
    t.row("col_description(oid,int4)", (r, o) -> comment(r, PG_CLASS, r.int32(1), o));
    t.row("obj_description(oid)", CommentFunctions::anyComment);
    t.row("pg_describe_object", ObjectDescriptions::describe);
  }

  private static int catalogOid(Row row) {
    RelationEntry catalog = services(row).catalog().relation("pg_catalog", row.text(1));
    return catalog == null ? 0 : catalog.oid();
  }

  private static void comment(Row row, int classOid, int part, Out out) {
    String key = classOid + "/" + row.int32(0) + "/" + part;
    write(services(row).catalog().comments().get(key), out);
  }

  private static void anyComment(Row row, Out out) {
    String end = "/" + row.int32(0) + "/0";
    for (Map.Entry<String, String> e : services(row).catalog().comments().entrySet()) {
      if (e.getKey().endsWith(end)) {
        out.text(e.getValue());
        return;
      }
    }
    out.sqlNull();
  }

  private static void write(String text, Out out) {
    if (text == null) {
      out.sqlNull();
    } else {
      out.text(text);
    }
  }
}
