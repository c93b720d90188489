package io.quarkgres.engine.function.set;

import static io.quarkgres.engine.function.kernel.Columns.ints;
import static io.quarkgres.engine.function.kernel.Columns.longs;

import io.quarkgres.engine.function.kernel.KernelTable;

/** Series, and sets out of arrays. Sets out of text and json are with those. Thread: any. */
public final class SetFunctions {
  private SetFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.set(
        "generate_series_int4",
        (c, a, p, x) -> new IntegerSeries(false, ints(a[0])[p], ints(a[1])[p], 1));
    t.set(
        "generate_series_step_int4",
        (c, a, p, x) -> new IntegerSeries(false, ints(a[0])[p], ints(a[1])[p], ints(a[2])[p]));
    t.set(
        "generate_series_int8",
        (c, a, p, x) -> new IntegerSeries(true, longs(a[0])[p], longs(a[1])[p], 1));
    t.set(
        "generate_series_step_int8",
        (c, a, p, x) -> new IntegerSeries(true, longs(a[0])[p], longs(a[1])[p], longs(a[2])[p]));
    t.set("generate_series_numeric", (c, a, p, x) -> NumericSeries.open(a, p));
    t.set("generate_series_step_numeric", (c, a, p, x) -> NumericSeries.open(a, p));
    t.set("array_unnest", (c, a, p, x) -> ArraySets.unnest(c, a, p));
    t.set("generate_subscripts", (c, a, p, x) -> ArraySets.subscripts(a, p));
    t.set("generate_subscripts_nodir", (c, a, p, x) -> ArraySets.subscripts(a, p));
    t.set("_pg_expandarray(anyarray)", (c, a, p, x) -> ArraySets.expanded(c, a, p));
  }
}
