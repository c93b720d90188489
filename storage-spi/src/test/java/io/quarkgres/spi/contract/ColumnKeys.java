package io.quarkgres.spi.contract;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.IndexKeys;
import io.quarkgres.spi.index.KeyEncoder;

/** Index keys that are plain columns, INT64 or BYTES, NULLs last. Thread: any. */
public final class ColumnKeys implements IndexKeys, KeyEncoder {
  private final int[] columns;
  private final long partialFrom;

  private ColumnKeys(long partialFrom, int... columns) {
    this.columns = columns;
    this.partialFrom = partialFrom;
  }

  /** Makes keys of columns. */
  public static ColumnKeys of(int... columns) {
    return new ColumnKeys(Long.MIN_VALUE, columns);
  }

  /** Makes keys of a column for the rows whose column 1 is at least {@code least}. */
  public static ColumnKeys partial(long least, int column) {
    return new ColumnKeys(least, column);
  }

  @Override
  public Block keys(Block rows) {
    Column[] keys = new Column[columns.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = rows.column(columns[i]);
    }
    return new Block(keys, rows.positionCount(), rows.selection());
  }

  @Override
  public Selection qualifying(Block rows) {
    if (partialFrom == Long.MIN_VALUE) {
      return rows.selection();
    }
    LongColumn column = (LongColumn) rows.column(1);
    int[] kept = new int[rows.rowCount()];
    int n = 0;
    for (int i = 0; i < rows.rowCount(); i++) {
      int position = rows.selection().position(i);
      if (!column.isNull(position) && column.values()[position] >= partialFrom) {
        kept[n++] = position;
      }
    }
    return new Selection(kept, n);
  }

  @Override
  public int[] columns() {
    return partialFrom == Long.MIN_VALUE ? columns : new int[] {columns[0], 1};
  }

  @Override
  public boolean encode(Block keys, int position, ByteSink out) {
    boolean withNull = false;
    for (Column column : keys.columns()) {
      boolean isNull = column.isNull(position);
      withNull |= isNull;
      out.put(isNull ? 1 : 0);
      if (isNull) {
        continue;
      }
      if (column instanceof LongColumn longs) {
        out.putLong(longs.values()[position] ^ Long.MIN_VALUE);
      } else {
        BytesColumn bytes = (BytesColumn) column;
        out.put(bytes.heap(), bytes.starts()[position], bytes.lengths()[position]);
        out.put(0);
      }
    }
    return withNull;
  }

  /** Returns the encoded key of one INT64 value. */
  public static byte[] key(long value) {
    ByteSink out = new ByteSink(9);
    out.put(0);
    out.putLong(value ^ Long.MIN_VALUE);
    return out.toByteArray();
  }

  /** Returns the encoded key of one BYTES value. */
  public static byte[] key(String value) {
    ByteSink out = new ByteSink(16);
    out.put(0);
    out.putUtf8(value);
    out.put(0);
    return out.toByteArray();
  }
}
