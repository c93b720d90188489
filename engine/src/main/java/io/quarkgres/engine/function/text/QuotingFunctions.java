package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;

/** quote_ident, quote_literal, quote_nullable and the key words. Thread: any. */
final class QuotingFunctions {
  private QuotingFunctions() {}

  static void register(KernelTable t) {
    t.row("quote_ident", (r, o) -> o.text(Quoting.identifier(r.text(0))));
    t.row("quote_literal", (r, o) -> o.text(Quoting.literal(r.text(0))));
    t.row("quote_literal(anyelement)", (r, o) -> o.text(Quoting.literal(cast(r))));
    t.row("quote_nullable", (r, o) -> o.text(r.isNull(0) ? "NULL" : Quoting.literal(r.text(0))));
    t.row(
        "quote_nullable(anyelement)",
        (r, o) -> o.text(r.isNull(0) ? "NULL" : Quoting.literal(cast(r))));
    t.set("pg_get_keywords", (c, a, p, x) -> Keywords.open());
  }

  private static String cast(Row r) {
    ByteSink sink = new ByteSink(32);
    TextForms.cast(r, 0, sink);
    return sink.toString();
  }
}
