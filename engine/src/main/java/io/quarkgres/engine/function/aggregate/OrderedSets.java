package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/**
 * The ordered-set aggregates. Their arguments are the direct one, if any, and then the one of
 * WITHIN GROUP; rows come sorted by the order of WITHIN GROUP. Rows in which either is NULL are
 * left out, so that a NULL fraction has no rows and the result is NULL. Thread: any.
 */
final class OrderedSets {
  private OrderedSets() {}

  static void register(KernelTable t) {
    t.aggregate("mode(anyelement)", (c, x) -> new OrderedSetAccumulator(c, 0, OrderedSets::mode));
    t.aggregate(
        "percentile_disc(float8,anyelement)",
        (c, x) -> new OrderedSetAccumulator(c, 1, PercentileOne::discrete));
    t.aggregate(
        "percentile_disc(_float8,anyelement)",
        (c, x) -> new OrderedSetAccumulator(c, 1, PercentileMany::discrete));
    for (String type : new String[] {"float8", "interval"}) {
      t.aggregate(
          "percentile_cont(float8," + type + ")",
          (c, x) -> new OrderedSetAccumulator(c, 1, PercentileOne::continuous));
      t.aggregate(
          "percentile_cont(_float8," + type + ")",
          (c, x) -> new OrderedSetAccumulator(c, 1, PercentileMany::continuous));
    }
  }

  private static void mode(SqlType type, Column fraction, Column values, ColumnBuilder out) {
    int best = 0;
    int bestCount = 0;
    int start = 0;
    for (int i = 1; i <= values.count(); i++) {
      if (i == values.count() || !type.equal(values, start, values, i)) {
        if (i - start > bestCount) {
          best = start;
          bestCount = i - start;
        }
        start = i;
      }
    }
    out.append(values, best);
  }

  /** Returns the element type of an array type. */
  static SqlType element(SqlType array) {
    return ((ArrayType) array).element();
  }
}
