package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.store.RangeFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * By which ranges a scan may skip blocks in one execution: its bounds with the values that the
 * statement's parameters have. Thread: any.
 */
final class ZoneRanges {
  private ZoneRanges() {}

  /** Returns the ranges of a scan. */
  static List<RangeFilter> of(Plan.TableScan scan, Frame frame) {
    if (scan.bounds().isEmpty()) {
      return List.of();
    }
    List<RangeFilter> result = new ArrayList<>(scan.bounds().size());
    for (Plan.ZoneBound bound : scan.bounds()) {
      Column value = value(bound.value(), frame);
      // A comparison with NULL is true for no row; the filter finds that out.
      if (!value.isNull(0)) {
        result.add(range(bound, integer(value)));
      }
    }
    return result;
  }

  private static Column value(BoundExpr known, Frame frame) {
    return known instanceof BoundExpr.Parameter parameter
        ? frame.parameters()[parameter.index()]
        : ((BoundExpr.Constant) known).value();
  }

  private static long integer(Column value) {
    return value instanceof IntColumn ints ? ints.values()[0] : ((LongColumn) value).values()[0];
  }

  private static RangeFilter range(Plan.ZoneBound bound, long value) {
    return switch (bound.edge()) {
      case ONLY -> new RangeFilter(bound.column(), value, value);
      case LEAST -> new RangeFilter(bound.column(), value, Long.MAX_VALUE);
      case GREATEST -> new RangeFilter(bound.column(), Long.MIN_VALUE, value);
    };
  }
}
