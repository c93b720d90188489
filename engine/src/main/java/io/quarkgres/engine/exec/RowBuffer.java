package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.List;

/** Rows that an operator keeps, one growing column each; accounts for them. Used by one thread. */
final class RowBuffer {
  private static final int INITIAL_ROWS = 64;

  private final ColumnBuilder[] builders;
  private final MemoryAccount.Share share;
  private int count;

  RowBuffer(Layout[] layouts, MemoryAccount.Share share) {
    this.share = share;
    this.builders = new ColumnBuilder[layouts.length];
    for (int i = 0; i < layouts.length; i++) {
      builders[i] = ColumnBuilder.of(layouts[i], INITIAL_ROWS);
    }
  }

  /** Returns the layouts of a plan's outputs. */
  static Layout[] layouts(List<OutputColumn> outputs) {
    Layout[] result = new Layout[outputs.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = outputs.get(i).type().layout();
    }
    return result;
  }

  /** Returns how many rows there are. */
  int count() {
    return count;
  }

  /** Appends the selected rows of a block. */
  void append(Block block) {
    append(block.columns(), block.selection());
  }

  /** Appends selected positions of columns. */
  void append(Column[] columns, Selection rows) {
    long bytes = 0;
    for (int i = 0; i < builders.length; i++) {
      bytes += bytes(columns[i], rows);
    }
    share.grow(bytes);
    for (int i = 0; i < builders.length; i++) {
      builders[i].appendAll(columns[i], rows);
    }
    count += rows.count();
  }

  /** Appends one row. */
  void append(Column[] columns, int position) {
    for (int i = 0; i < builders.length; i++) {
      builders[i].append(columns[i], position);
    }
    count++;
  }

  /** Returns the columns; the buffer must not be used afterwards. */
  Column[] build() {
    Column[] result = new Column[builders.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = builders[i].build();
    }
    return result;
  }

  private static long bytes(Column column, Selection rows) {
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
