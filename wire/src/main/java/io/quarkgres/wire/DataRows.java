package io.quarkgres.wire;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.encode.ColumnEncoder;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Selection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * DataRow messages of many rows, written column by column: the lengths of all values give the place
 * of each row, then every column fills in its own. For one result; used by the connection's thread.
 */
final class DataRows {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int HEADER_BYTES = 7;
  private static final int SLICE_ROWS_MIN = 64;
  private static final int SLICE_BYTES = 1 << 15;

  private final SocketWriter writer;
  private final List<ResultColumn> columns;
  private final short[] formats;
  private final TypeContext context;
  private final ColumnEncoder[] encoders;
  private final int[] positions = new int[ColumnEncoder.VALUES_MAX];

  /** First the bytes of each row of a slice, then where its next value goes. */
  private final int[] offsets = new int[ColumnEncoder.VALUES_MAX];

  private final int[] starts = new int[ColumnEncoder.VALUES_MAX];

  /** How many rows to measure at once, as values that only fit the heap once must not be many. */
  private int sliceRows = SLICE_ROWS_MIN;

  DataRows(SocketWriter writer, List<ResultColumn> columns, short[] formats, TypeContext context) {
    this.writer = writer;
    this.columns = columns;
    this.formats = formats;
    this.context = context;
    this.encoders = new ColumnEncoder[columns.size()];
    for (int i = 0; i < encoders.length; i++) {
      encoders[i] = ColumnEncoder.of(columns.get(i).type(), formats[i] != 0, context);
    }
  }

  /**
   * Tells whether this encodes such a result: the very same objects, as those of one portal are.
   */
  boolean isFor(List<ResultColumn> itsColumns, short[] itsFormats, TypeContext itsContext) {
    return columns == itsColumns && formats == itsFormats && context == itsContext;
  }

  /** Writes all rows of a block. A slice that cannot be encoded leaves nothing behind. */
  void write(Block block) {
    Selection rows = block.selection();
    int done = 0;
    while (done < rows.count()) {
      int n = Math.min(sliceRows, rows.count() - done);
      for (int i = 0; i < n; i++) {
        positions[i] = rows.position(done + i);
      }
      long bytes = measure(block, n);
      writeMeasured(n);
      done += n;
      adapt(bytes);
    }
  }

  private void adapt(long bytes) {
    if (bytes < SLICE_BYTES) {
      sliceRows = Math.min(ColumnEncoder.VALUES_MAX, 4 * sliceRows);
    } else if (bytes > 4 * SLICE_BYTES) {
      sliceRows = Math.max(1, sliceRows / 4);
    }
  }

  private long measure(Block block, int n) {
    Arrays.fill(offsets, 0, n, HEADER_BYTES + Integer.BYTES * encoders.length);
    for (int c = 0; c < encoders.length; c++) {
      encoders[c].measure(block.column(c), positions, n);
      addLengths(encoders[c].lengths(), offsets, n);
    }
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sum += offsets[i];
    }
    return sum;
  }

  private static void addLengths(int[] lengths, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += Math.max(0, lengths[i]);
    }
  }

  /** Writes measured rows, as many at a time as fill the buffer. */
  private void writeMeasured(int n) {
    int from = 0;
    while (from < n) {
      ByteSink out = writer.sink();
      int start = out.size();
      int end = start;
      int to = from;
      while (to < n && (end < SocketWriter.BUFFER_BYTES || to == from)) {
        int length = offsets[to];
        offsets[to++] = end;
        end += length;
      }
      out.ensure(end - start + ColumnEncoder.SLACK_BYTES);
      write(out.array(), from, to);
      out.advance(end - start);
      writer.flushFull();
      from = to;
    }
  }

  private void write(byte[] target, int from, int to) {
    System.arraycopy(offsets, from, starts, from, to - from);
    for (int i = from; i < to; i++) {
      offsets[i] += HEADER_BYTES;
    }
    for (ColumnEncoder encoder : encoders) {
      putLengths(encoder.lengths(), target, offsets, from, to);
      encoder.write(target, offsets, from, to);
    }
    // last, as the row before may have overwritten it
    putHeaders(starts, offsets, encoders.length, target, from, to);
  }

  private static void putHeaders(
      int[] starts, int[] ends, int columnCount, byte[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = starts[i];
      target[at] = 'D';
      INTS.set(target, at + 1, ends[i] - at - 1);
      target[at + 5] = (byte) (columnCount >> 8);
      target[at + 6] = (byte) columnCount;
    }
  }

  private static void putLengths(int[] lengths, byte[] target, int[] offsets, int from, int to) {
    for (int i = from; i < to; i++) {
      INTS.set(target, offsets[i], lengths[i]);
      offsets[i] += Integer.BYTES;
    }
  }
}
