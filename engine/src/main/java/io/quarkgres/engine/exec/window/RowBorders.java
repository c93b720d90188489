package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideColumn;

/** Finds where sorted rows differ from the one before, key by key. Thread: any. */
public final class RowBorders {
  private RowBorders() {}

  /** Returns for each row whether it is the first or differs from the one before in some key. */
  public static boolean[] of(Column[] keys, RowOrder order, int n) {
    boolean[] result = new boolean[n];
    if (n > 0) {
      result[0] = true;
    }
    for (int k = 0; k < keys.length; k++) {
      mark(order.type(k), keys[k], n, result);
      if (keys[k].nulls() != null) {
        markNulls(keys[k], n, result);
      }
    }
    return result;
  }

  /** Where one row is NULL and the other is not they differ; what lies at NULL does not count. */
  private static void markNulls(Column key, int n, boolean[] differs) {
    for (int i = 1; i < n; i++) {
      differs[i] |= key.isNull(i) != key.isNull(i - 1);
    }
  }

  private static void mark(SqlType type, Column key, int n, boolean[] differs) {
    switch (key) {
      case IntColumn c when c.nulls() == null -> mark(c.values(), n, differs);
      case LongColumn c when c.nulls() == null -> mark(c.values(), n, differs);
      case IntColumn c -> markByType(type, c, n, differs);
      case LongColumn c -> markByType(type, c, n, differs);
      case DoubleColumn c -> markByType(type, c, n, differs);
      case BooleanColumn c -> markByType(type, c, n, differs);
      case DecimalColumn c -> markByType(type, c, n, differs);
      case WideColumn c -> markByType(type, c, n, differs);
      case BytesColumn c -> markByType(type, c, n, differs);
      case FloatArrayColumn c -> markByType(type, c, n, differs);
    }
  }

  private static void mark(int[] values, int n, boolean[] differs) {
    for (int i = 1; i < n; i++) {
      differs[i] |= values[i] != values[i - 1];
    }
  }

  private static void mark(long[] values, int n, boolean[] differs) {
    for (int i = 1; i < n; i++) {
      differs[i] |= values[i] != values[i - 1];
    }
  }

  private static void markByType(SqlType type, Column key, int n, boolean[] differs) {
    for (int i = 1; i < n; i++) {
      if (!differs[i] && !key.isNull(i) && !key.isNull(i - 1)) {
        differs[i] = type.compare(key, i - 1, key, i) != 0;
      }
    }
  }
}
