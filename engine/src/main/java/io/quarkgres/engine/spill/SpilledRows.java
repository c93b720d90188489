package io.quarkgres.engine.spill;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows in a temporary file, in the order in which they were appended. Few rows at a time are
 * collected until they are worth a frame; {@link #finish} writes the last of them. Used by one
 * thread at a time.
 */
public final class SpilledRows {
  /** Rows that are appended together go into a frame as they are if there are so many. */
  private static final int FRAME_ROWS_MIN = Block.ROWS_MAX / 4;

  /** A frame is not made larger than this for the sake of more rows. */
  private static final long FRAME_BYTES_MAX = 1 << 18;

  private final SpillFile file;
  private final Layout[] layouts;
  private final FrameEncoder encoder;
  private long[] places = new long[8];
  private int[] lengths = new int[8];
  private int[] counts = new int[8];
  private int frames;
  private long rows;
  private long bytes;
  private ColumnBuilder[] pending;
  private int pendingRows;
  private long pendingBytes;
  private boolean isReleased;

  /** Makes rows of their own file. */
  public SpilledRows(SpillFile file, Layout[] layouts) {
    this(file, layouts, new FrameEncoder());
  }

  SpilledRows(SpillFile file, Layout[] layouts, FrameEncoder encoder) {
    this.file = file;
    this.layouts = layouts;
    this.encoder = encoder;
    file.retain();
  }

  /** Returns how many rows there are. */
  public long rows() {
    return rows;
  }

  /** Returns how many bytes they take in the file. */
  public long bytes() {
    return bytes;
  }

  /** Returns how many blocks there are to read, once the rows are finished. */
  public int blocks() {
    return frames;
  }

  /** Appends the selected rows of columns. */
  public void append(Column[] columns, Selection selected) {
    int n = selected.count();
    if (n == 0) {
      return;
    }
    long size = RowBytes.of(columns, layouts.length, selected);
    if (n > 1 && size > FRAME_BYTES_MAX) {
      int[] positions = selected.toPositions();
      int half = n / 2;
      append(columns, new Selection(Arrays.copyOf(positions, half), half));
      append(columns, new Selection(Arrays.copyOfRange(positions, half, n), n - half));
      return;
    }
    rows += n;
    if (pendingRows + n > Block.ROWS_MAX || pendingBytes + size > FRAME_BYTES_MAX) {
      flush();
    }
    if (n >= FRAME_ROWS_MIN && pendingRows == 0 || size > FRAME_BYTES_MAX) {
      write(columns, selected);
      return;
    }
    collect(columns, selected);
    pendingBytes += size;
  }

  private void collect(Column[] columns, Selection selected) {
    if (pending == null) {
      pending = new ColumnBuilder[layouts.length];
      for (int i = 0; i < pending.length; i++) {
        pending[i] = ColumnBuilder.of(layouts[i], selected.count());
      }
    }
    for (int i = 0; i < pending.length; i++) {
      pending[i].appendAll(columns[i], selected);
    }
    pendingRows += selected.count();
  }

  private void flush() {
    if (pendingRows > 0) {
      Column[] built = new Column[pending.length];
      for (int i = 0; i < built.length; i++) {
        built[i] = pending[i].build();
      }
      write(built, Selection.dense(pendingRows));
      pending = null;
      pendingRows = 0;
      pendingBytes = 0;
    }
  }

  private void write(Column[] columns, Selection selected) {
    if (frames == places.length) {
      places = Arrays.copyOf(places, 2 * frames);
      lengths = Arrays.copyOf(lengths, 2 * frames);
      counts = Arrays.copyOf(counts, 2 * frames);
    }
    ByteBuffer frame = encoder.encode(columns, layouts.length, selected);
    lengths[frames] = frame.remaining();
    bytes += lengths[frames];
    counts[frames] = selected.count();
    places[frames] = file.append(frame);
    frames++;
  }

  /** Ends the rows: now they can be read. */
  public void finish() {
    flush();
  }

  /** Returns how many rows a block has. */
  public int rowCount(int i) {
    return counts[i];
  }

  /** Reads a block, the i-th from 0. */
  public Block read(int i) {
    return FrameDecoder.decode(file.read(places[i], lengths[i]), layouts);
  }

  /** Lets the rows go; twice is a no-op. */
  public void release() {
    if (!isReleased) {
      isReleased = true;
      pending = null;
      file.release();
    }
  }
}
