package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Puts one column together from pieces that were computed for different rows of a block: the arms
 * of CASE. Positions that no piece covers are NULL. Used by one thread.
 */
final class ColumnMerger {
  private final int size;
  private final Layout layout;
  private final long[] nulls;
  private Column only;
  private Selection onlyRows;
  private boolean[] booleans;
  private int[] ints;
  private long[] longs;
  private long[] lows;
  private double[] doubles;
  private short[] scales;
  private BigDecimal[] big;
  private byte[] heap;
  private float[] floats;
  private int heapSize;
  private int[] lengths;

  ColumnMerger(Layout layout, int size) {
    this.layout = layout;
    this.size = size;
    this.nulls = Nulls.all(size);
  }

  /** Adds the values of a piece at its rows. */
  void add(Column piece, Selection rows) {
    if (rows.count() == 0) {
      return;
    }
    if (only == null && longs == null && ints == null && booleans == null && doubles == null) {
      only = piece;
      onlyRows = rows;
      return;
    }
    allocate();
    copy(piece, rows);
  }

  private void allocate() {
    if (only == null) {
      return;
    }
    switch (layout) {
      case BOOLEAN -> booleans = new boolean[size];
      case INT32 -> ints = new int[size];
      case INT64 -> longs = new long[size];
      case FLOAT64 -> doubles = new double[size];
      case DECIMAL -> {
        longs = new long[size];
        scales = new short[size];
      }
      case INT128 -> {
        longs = new long[size];
        lows = new long[size];
      }
      case BYTES -> {
        ints = new int[size];
        lengths = new int[size];
        heap = new byte[size * 16];
      }
      case FLOAT_ARRAY -> {
        ints = new int[size];
        lengths = new int[size];
        floats = new float[size * 16];
      }
    }
    Column first = only;
    only = null;
    copy(first, onlyRows);
  }

  private void copy(Column piece, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (!piece.isNull(position)) {
        nulls[position >> 6] &= ~(1L << position);
      }
    }
    switch (piece) {
      case BooleanColumn c -> {
        for (int i = 0; i < rows.count(); i++) {
          int position = rows.position(i);
          booleans[position] = c.values()[position];
        }
      }
      case IntColumn c -> {
        for (int i = 0; i < rows.count(); i++) {
          int position = rows.position(i);
          ints[position] = c.values()[position];
        }
      }
      case LongColumn c -> {
        for (int i = 0; i < rows.count(); i++) {
          int position = rows.position(i);
          longs[position] = c.values()[position];
        }
      }
      case DoubleColumn c -> {
        for (int i = 0; i < rows.count(); i++) {
          int position = rows.position(i);
          doubles[position] = c.values()[position];
        }
      }
      case DecimalColumn c -> copyDecimals(c, rows);
      case WideColumn c -> {
        for (int i = 0; i < rows.count(); i++) {
          int position = rows.position(i);
          longs[position] = c.high()[position];
          lows[position] = c.low()[position];
        }
      }
      case BytesColumn c -> copyBytes(c, rows);
      case FloatArrayColumn c -> copyFloats(c, rows);
    }
  }

  private void copyDecimals(DecimalColumn c, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      longs[position] = c.unscaled()[position];
      scales[position] = c.scales()[position];
      if (c.scales()[position] == DecimalColumn.BIG && !c.isNull(position)) {
        big = big == null ? new BigDecimal[size] : big;
        big[position] = c.big()[position];
      }
    }
  }

  private void copyBytes(BytesColumn c, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (c.isNull(position)) {
        continue;
      }
      int length = c.lengths()[position];
      if (heapSize + length > heap.length) {
        heap = Arrays.copyOf(heap, Math.max(heapSize + length, heap.length * 2));
      }
      System.arraycopy(c.heap(), c.starts()[position], heap, heapSize, length);
      ints[position] = heapSize;
      lengths[position] = length;
      heapSize += length;
    }
  }

  private void copyFloats(FloatArrayColumn c, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (c.isNull(position)) {
        continue;
      }
      int length = c.lengths()[position];
      if (heapSize + length > floats.length) {
        floats = Arrays.copyOf(floats, Math.max(heapSize + length, floats.length * 2));
      }
      System.arraycopy(c.heap(), c.starts()[position], floats, heapSize, length);
      ints[position] = heapSize;
      lengths[position] = length;
      heapSize += length;
    }
  }

  /**
   * Returns the column.
   *
   * @param rows all rows that the reader will look at
   */
  Column build(Selection rows) {
    if (only != null && onlyRows.count() == rows.count()) {
      return only;
    }
    if (only == null && booleans == null && ints == null && longs == null && doubles == null) {
      return ColumnBuilder.nulls(layout, size);
    }
    allocate();
    return switch (layout) {
      case BOOLEAN -> new BooleanColumn(booleans, nulls, size);
      case INT32 -> new IntColumn(ints, nulls, size);
      case INT64 -> new LongColumn(longs, nulls, size);
      case FLOAT64 -> new DoubleColumn(doubles, nulls, size);
      case DECIMAL -> new DecimalColumn(longs, scales, big, nulls, size);
      case INT128 -> new WideColumn(longs, lows, nulls, size);
      case BYTES -> new BytesColumn(heap, ints, lengths, nulls, size);
      case FLOAT_ARRAY -> new FloatArrayColumn(floats, ints, lengths, nulls, size);
    };
  }

  /** Returns the rows of {@code all} that are not in {@code part}; both ascending. */
  static Selection without(Selection all, Selection part) {
    if (part.count() == 0) {
      return all;
    }
    int[] rest = new int[all.count() - part.count()];
    int n = 0;
    int j = 0;
    for (int i = 0; i < all.count(); i++) {
      int position = all.position(i);
      if (j < part.count() && part.position(j) == position) {
        j++;
      } else {
        rest[n++] = position;
      }
    }
    return new Selection(rest, n);
  }
}
