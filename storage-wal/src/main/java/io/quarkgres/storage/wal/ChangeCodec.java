package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.storage.memory.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes as bytes, in the form that the package describes. Thread: any. */
final class ChangeCodec {
  private ChangeCodec() {}

  static void write(Change change, ByteSink out) {
    switch (change) {
      case Change.TableAdded c -> {
        out.put(1);
        varint(c.table(), out);
        varint(c.columns().size(), out);
        c.columns().forEach(layout -> out.put(code(layout)));
      }
      case Change.TableRemoved c -> {
        out.put(2);
        varint(c.table(), out);
      }
      case Change.RowsInserted c -> {
        out.put(3);
        varint(c.table(), out);
        rows(c.rowIds(), out);
        varint(c.rows().columns().length, out);
        columns(c.rows(), c.rowIds().length, out);
      }
      case Change.RowsUpdated c -> {
        out.put(4);
        varint(c.table(), out);
        rows(c.rowIds(), out);
        varint(c.columns().length, out);
        for (int column : c.columns()) {
          varint(column, out);
        }
        columns(c.values(), c.rowIds().length, out);
      }
      case Change.RowsDeleted c -> {
        out.put(5);
        varint(c.table(), out);
        rows(c.rowIds(), out);
      }
      case Change.Put c -> {
        out.put(6);
        byte[] key = c.key().getBytes(StandardCharsets.UTF_8);
        varint(key.length, out);
        out.put(key, 0, key.length);
        varint(c.value() == null ? 0 : c.value().length + 1L, out);
        if (c.value() != null) {
          out.put(c.value(), 0, c.value().length);
        }
      }
    }
  }

  private static int code(Layout layout) {
    return switch (layout) {
      case BOOLEAN -> 1;
      case INT32 -> 2;
      case INT64 -> 3;
      case FLOAT64 -> 4;
      case DECIMAL -> 5;
      case INT128 -> 6;
      case BYTES -> 7;
      case FLOAT_ARRAY -> 8;
    };
  }

  private static Layout layout(int code) {
    for (Layout layout : Layout.values()) {
      if (code(layout) == code) {
        return layout;
      }
    }
    throw new IllegalArgumentException("layout " + code);
  }

  private static void varint(long value, ByteSink out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.put((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.put((int) rest);
  }

  private static void rows(long[] rowIds, ByteSink out) {
    varint(rowIds.length, out);
    long before = 0;
    for (long row : rowIds) {
      long difference = row - before;
      varint(difference << 1 ^ difference >> 63, out);
      before = row;
    }
  }

  private static void columns(Block block, int n, ByteSink out) {
    for (Column column : block.columns()) {
      out.put(code(column.layout()));
      long[] nulls = column.nulls();
      out.put(nulls == null ? 0 : 1);
      for (int word = 0; nulls != null && word < n + 63 >> 6; word++) {
        out.putLong(nulls[word]);
      }
      for (int i = 0; i < n; i++) {
        if (!column.isNull(i)) {
          Datums.write(column, i, out);
        }
      }
    }
  }

  /**
   * Reads the changes in {@code bytes[from..to)}, which may refer to the bytes; raises an unchecked
   * exception if it cannot.
   */
  static void read(byte[] bytes, int from, int to, Consumer<Change> receiver) {
    Reader in = new Reader(bytes, from);
    while (in.at < to) {
      receiver.accept(in.change());
    }
    if (in.at != to) {
      throw new IllegalArgumentException("a change ends beyond its record");
    }
  }

  /** Where reading has come to. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    Change change() {
      int kind = bytes[at++];
      return switch (kind) {
        case 1 -> new Change.TableAdded(varint(), layouts());
        case 2 -> new Change.TableRemoved(varint());
        case 3 -> inserted();
        case 4 -> updated();
        case 5 -> new Change.RowsDeleted(varint(), rows());
        case 6 -> put();
        default -> throw new IllegalArgumentException("change of kind " + kind);
      };
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        value |= (b & 0x7fL) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }

    private List<Layout> layouts() {
      int n = (int) varint();
      List<Layout> result = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        result.add(layout(bytes[at++]));
      }
      return result;
    }

    private long[] rows() {
      long[] result = new long[(int) varint()];
      long before = 0;
      for (int i = 0; i < result.length; i++) {
        long difference = varint();
        before += difference >>> 1 ^ -(difference & 1);
        result[i] = before;
      }
      return result;
    }

    private Change inserted() {
      long table = varint();
      long[] rows = rows();
      return new Change.RowsInserted(table, rows, block((int) varint(), rows.length));
    }

    private Change updated() {
      long table = varint();
      long[] rows = rows();
      int[] columns = new int[(int) varint()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (int) varint();
      }
      return new Change.RowsUpdated(table, rows, columns, block(columns.length, rows.length));
    }

    private Block block(int width, int n) {
      Column[] columns = new Column[width];
      for (int c = 0; c < width; c++) {
        columns[c] = column(n);
      }
      return new Block(n, columns);
    }

    private Column column(int n) {
      Layout layout = layout(bytes[at++]);
      long[] nulls = bytes[at++] == 0 ? null : new long[n + 63 >> 6];
      for (int word = 0; nulls != null && word < nulls.length; word++) {
        nulls[word] = Datums.readLong(bytes, at);
        at += 8;
      }
      return switch (layout) {
        case INT32 -> ints(n, nulls);
        case INT64 -> longs(n, nulls);
        case BYTES -> texts(n, nulls);
        case BOOLEAN, FLOAT64, DECIMAL, INT128, FLOAT_ARRAY -> others(layout, n, nulls);
      };
    }

    private static boolean isNull(long[] nulls, int i) {
      return nulls != null && (nulls[i >> 6] >>> i & 1) != 0;
    }

    private Column ints(int n, long[] nulls) {
      int[] values = new int[n];
      for (int i = 0; i < n; i++) {
        if (!isNull(nulls, i)) {
          values[i] = Datums.readInt(bytes, at);
          at += Integer.BYTES;
        }
      }
      return new IntColumn(values, nulls, n);
    }

    private Column longs(int n, long[] nulls) {
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        if (!isNull(nulls, i)) {
          values[i] = Datums.readLong(bytes, at);
          at += Long.BYTES;
        }
      }
      return new LongColumn(values, nulls, n);
    }

    /** Returns values that lie where they are, among the bytes that are read. */
    private Column texts(int n, long[] nulls) {
      int[] starts = new int[n];
      int[] lengths = new int[n];
      for (int i = 0; i < n; i++) {
        if (!isNull(nulls, i)) {
          int length = Datums.readInt(bytes, at);
          at += Integer.BYTES;
          if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("a value of " + length + " bytes");
          }
          starts[i] = at;
          lengths[i] = length;
          at += length;
        }
      }
      return new BytesColumn(bytes, starts, lengths, nulls, n);
    }

    private Column others(Layout layout, int n, long[] nulls) {
      ColumnBuilder builder = ColumnBuilder.of(layout, n);
      for (int i = 0; i < n; i++) {
        if (isNull(nulls, i)) {
          builder.appendNull();
        } else {
          at = Datums.read(bytes, at, builder);
        }
      }
      return builder.build();
    }

    private Change put() {
      int keyLength = (int) varint();
      String key = new String(bytes, at, keyLength, StandardCharsets.UTF_8);
      at += keyLength;
      int length = (int) varint() - 1;
      if (length < 0) {
        return new Change.Put(key, null);
      }
      byte[] value = new byte[length];
      System.arraycopy(bytes, at, value, 0, length);
      at += length;
      return new Change.Put(key, value);
    }
  }
}
