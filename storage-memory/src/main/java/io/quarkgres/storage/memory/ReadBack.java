package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.column.ChunkColumn;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a chunk, and the values of undo, that are to be worked on and are in the cold file
 * only. Work on a chunk is a loop: look, under the chunk's lock, and work if nothing is missing;
 * otherwise read, without the lock, and look again. All that was read is put in place in the same
 * look that finds nothing else missing, so that nobody can take some away while others are read.
 * Used by one thread.
 */
final class ReadBack {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.memory");

  private final Chunk chunk;
  private final ChunkColumn[] loaded;
  private final ColdPlace[] from;

  /** The values of undo that were missing, and what was read; made by the first of them. */
  private Map<UndoValues, Column[]> undo;

  private static final Column[] UNREAD = {};

  private boolean isComplete;
  private boolean isLost;

  /** Names the values of undo that work on a chunk needs, by {@link #need}. */
  interface Needs {
    /** Names them. Called under the chunk's lock. */
    void name(ReadBack missing);
  }

  private ReadBack(Chunk chunk) {
    this.chunk = chunk;
    loaded = new ChunkColumn[chunk.columnCount()];
    from = new ColdPlace[loaded.length];
  }

  /** Does what {@link Chunk#missing} says. */
  static ReadBack of(Chunk chunk, int[] wanted, Needs undo, ReadBack before) {
    ReadBack missing = before == null ? new ReadBack(chunk) : before;
    missing.isComplete = true;
    int n = wanted == null ? missing.loaded.length : wanted.length;
    for (int i = 0; i < n; i++) {
      int c = wanted == null ? i : wanted[i];
      missing.isComplete &= c < 0 || missing.isAtHand(c);
    }
    if (undo != null) {
      undo.name(missing);
    }
    if (missing.isComplete || missing.isLost) {
      missing.install();
      return null;
    }
    return missing;
  }

  /** Says that values of undo are needed. */
  void need(UndoValues values) {
    if (values.isAbsent()) {
      undo = undo == null ? new IdentityHashMap<>() : undo;
      isComplete &= undo.computeIfAbsent(values, x -> UNREAD) != UNREAD;
    }
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
    if (undo != null) {
      undo.forEach((values, columns) -> {
        if (columns != UNREAD && values.isAbsent() && !values.isGone()) {
          chunk.kept().install(values, columns);
        }
      });
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
   * any more, and what could not be read is absent all the same.
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
    if (undo != null) {
      undo.entrySet().removeIf(wanted -> wanted.getValue() == UNREAD && !isRead(wanted));
    }
  }

  /** Reads values of undo; returns false if nobody needs them any more. */
  private boolean isRead(Map.Entry<UndoValues, Column[]> wanted) {
    Column[] read = wanted.getKey().read(chunk.table().storage().columnMemory().file());
    if (read != null) {
      wanted.setValue(read);
    }
    return read != null;
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
