package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import java.util.List;

/**
 * The columns of a chunk that are to be worked on and are in the cold file only. Work on a chunk is
 * a loop: look, under the chunk's lock, and work if nothing is missing; otherwise read, without the
 * lock, and look again. All that was read is put in place in the same look that finds nothing else
 * missing, so that nobody can take some away while others are read. Used by one thread.
 */
final class ReadBack {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.memory");

  private final Chunk chunk;
  private final ChunkColumn[] loaded;
  private final ColdPlace[] from;
  private boolean isLost;

  private ReadBack(Chunk chunk) {
    this.chunk = chunk;
    loaded = new ChunkColumn[chunk.columnCount()];
    from = new ColdPlace[loaded.length];
  }

  /** Does what {@link Chunk#missing} says. */
  static ReadBack of(Chunk chunk, int[] wanted, ReadBack before) {
    ReadBack missing = before == null ? new ReadBack(chunk) : before;
    boolean isComplete = true;
    int n = wanted == null ? missing.loaded.length : wanted.length;
    for (int i = 0; i < n; i++) {
      int c = wanted == null ? i : wanted[i];
      isComplete &= c < 0 || missing.isAtHand(c);
    }
    if (isComplete || missing.isLost) {
      missing.install();
      return null;
    }
    return missing;
  }

  /** Tells whether a column is in the chunk or was read as it is now; notes its place if not. */
  private boolean isAtHand(int c) {
    ChunkColumn column = chunk.column(c);
    if (!column.isAbsent()) {
      loaded[c] = null;
      from[c] = null;
      return true;
    }
    if (from[c] != column.place()) {
      loaded[c] = null;
      from[c] = column.place();
    }
    return loaded[c] != null;
  }

  private void install() {
    for (int c = 0; c < loaded.length; c++) {
      if (loaded[c] != null && chunk.column(c).isAbsent() && chunk.column(c).place() == from[c]) {
        chunk.install(c, loaded[c]);
      }
    }
  }

  /**
   * Reads what is missing and tells that another look is due; false if nothing is missing. Called
   * without locks on chunks.
   *
   * @param interruption raises {@code WouldWait} where nobody may wait; {@code null} for those who
   *     always may
   */
  static boolean more(ReadBack missing, Interruption interruption) {
    if (missing == null) {
      return false;
    }
    if (interruption != null) {
      interruption.requireMayWait();
    }
    missing.read();
    return true;
  }

  /**
   * Does the same for work that has to be done whatever happens: after an error nothing is missing
   * any more, and columns may be absent all the same.
   */
  static boolean moreOrLost(ReadBack missing) {
    try {
      return more(missing, null);
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, "a change could not be undone, its values are lost", e);
      missing.isLost = true;
      return true;
    }
  }

  private void read() {
    List<Layout> layouts = chunk.table().columns();
    ColumnMemory memory = chunk.table().storage().columnMemory();
    memory.makeRoom();
    for (int c = 0; c < from.length; c++) {
      if (from[c] != null && loaded[c] == null) {
        loaded[c] = memory.read(from[c], layouts.get(c));
        if (loaded[c] == null) {
          requireReplaced(c);
        }
      }
    }
  }

  private void requireReplaced(int c) {
    if (isCurrent(chunk, c, from[c])) {
      throw ColdFile.corrupted(from[c]);
    }
  }

  /** Tells whether a column's values still lie where they lay. */
  static boolean isCurrent(Chunk chunk, int column, ColdPlace place) {
    synchronized (chunk) {
      return chunk.column(column).place() == place;
    }
  }
}
