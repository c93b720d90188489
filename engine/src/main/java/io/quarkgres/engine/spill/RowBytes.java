package io.quarkgres.engine.spill;

import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;

/** How much selected rows of columns take, as the values of builders do. Thread: any. */
public final class RowBytes {
  private RowBytes() {}

  /** Returns what the selected rows of the first {@code width} columns take, in bytes. */
  public static long of(Column[] columns, int width, Selection rows) {
    long bytes = 0;
    for (int i = 0; i < width; i++) {
      bytes += of(columns[i], rows);
    }
    return bytes;
  }

  private static long of(Column column, Selection rows) {
    int n = rows.count();
    return switch (column.layout()) {
      case BOOLEAN -> n;
      case INT32 -> 4L * n;
      case INT64, FLOAT64 -> 8L * n;
      case DECIMAL -> 10L * n;
      case INT128 -> 16L * n;
      case BYTES -> 8L * n + lengths((BytesColumn) column, rows);
      case FLOAT_ARRAY -> 8L * n + 4L * lengths(((FloatArrayColumn) column).lengths(), rows);
    };
  }

  private static long lengths(BytesColumn column, Selection rows) {
    if (column.codes() == null) {
      return lengths(column.lengths(), rows);
    }
    int[] lengths = column.dictionary().lengths();
    byte[] codes = column.codes();
    long sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += lengths[codes[rows.position(i)] & 0xff];
    }
    return sum;
  }

  private static long lengths(int[] lengths, Selection rows) {
    long sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += lengths[rows.position(i)];
    }
    return sum;
  }
}
