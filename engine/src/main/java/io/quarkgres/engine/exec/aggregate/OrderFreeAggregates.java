package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.function.Call;
import io.quarkgres.spi.data.Layout;

/**
 * Knows which aggregates give the same result in whatever order the values come, so that DISTINCT
 * may hash them instead of sorting. Thread: any.
 */
final class OrderFreeAggregates {
  private OrderFreeAggregates() {}

  static boolean contains(Call call) {
    return switch (call.function().name()) {
      case "count", "min", "max", "bool_and", "bool_or", "every", "bit_and", "bit_or" -> true;
      case "sum", "avg" -> isExact(call.argumentTypes()[0].layout());
      default -> false;
    };
  }

  private static boolean isExact(Layout layout) {
    return layout == Layout.INT32 || layout == Layout.INT64 || layout == Layout.DECIMAL;
  }
}
