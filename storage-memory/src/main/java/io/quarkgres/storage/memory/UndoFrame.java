package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import io.quarkgres.storage.memory.column.ChunkColumn;
import java.io.IOException;

/**
 * The form in which values of undo lie in the cold file: how many columns there are, and for each
 * its layout and then what a column of a chunk saves. Used by one thread.
 */
final class UndoFrame implements ColdFile.Content {
  private static final Layout[] LAYOUTS = Layout.values();

  private final ChunkColumn[] columns;

  private UndoFrame(Column[] values) {
    columns = new ChunkColumn[values.length];
    for (int i = 0; i < values.length; i++) {
      int n = values[i].count();
      columns[i] = ChunkColumn.of(values[i].layout(), n);
      columns[i].write(Chunk.ALL_SLOTS, 0, n, values[i], Selection.dense(n), 0);
    }
  }

  /** Writes columns of no more rows than a chunk has; raises 53100 or 58030 if that fails. */
  static ColdPlace write(ColdFile file, Column[] values) {
    return file.write(new UndoFrame(values));
  }

  /** Reads columns; returns {@code null} if others lie at the place, or none. */
  static Column[] read(ColdFile file, ColdPlace place) {
    return file.read(place, UndoFrame::load);
  }

  @Override
  public long savedBytes() {
    long sum = Integer.BYTES;
    for (ChunkColumn column : columns) {
      sum += 1 + column.savedBytes();
    }
    return sum;
  }

  @Override
  public void save(FrameOutput out) throws IOException {
    out.putInt(columns.length);
    for (ChunkColumn column : columns) {
      out.putByte(column.view().layout().ordinal());
      column.save(out);
    }
  }

  private static Column[] load(FrameInput in) throws IOException {
    Column[] values = new Column[in.getInt() & 0xffff];
    for (int i = 0; i < values.length; i++) {
      values[i] = ChunkColumn.load(LAYOUTS[in.getByte()], in).view();
    }
    return values;
  }
}
