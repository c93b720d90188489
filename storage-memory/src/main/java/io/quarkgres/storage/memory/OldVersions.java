package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.storage.memory.cold.ColdFile;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The older values of some rows of one chunk that a scan puts into copies of the columns. They are
 * read without the chunk's lock, and those that are in the cold file only are not put in place: a
 * scan needs them once. Used by one thread.
 */
final class OldVersions {
  private final MemorySnapshot snapshot;
  private final int[] projection;
  private final int rows;

  /** For each column that has older values, and each row, the change that keeps its value. */
  private final UndoBatch[][] holders;

  private final Map<UndoValues, Column[]> read = new IdentityHashMap<>(2);

  /** Whether {@link #read} has what was read before the scan came. */
  private boolean hasAhead;

  OldVersions(MemorySnapshot snapshot, int[] projection, int rows) {
    this.snapshot = snapshot;
    this.projection = projection;
    this.rows = rows;
    holders = new UndoBatch[projection.length][];
  }

  /** Notes that a row is wanted as it was before a change; those of a row come newest first. */
  void note(UndoBatch change, int row) {
    for (int c = 0; c < projection.length; c++) {
      if (projection[c] >= 0 && change.find(projection[c]) >= 0) {
        if (holders[c] == null) {
          holders[c] = new UndoBatch[rows];
        }
        holders[c][row] = change;
      }
    }
  }

  /**
   * Puts the older values into copies of columns, and NULL where no version is seen. Returns false
   * if the values of a change are gone, as it was undone.
   *
   * @param ahead gives what was read before; asked when something is absent
   */
  boolean putInto(
      Column[] columns, boolean[] seen, ColdFile file, Supplier<Map<UndoValues, Column[]>> ahead) {
    for (int c = 0; c < columns.length; c++) {
      if (holders[c] != null) {
        if (!hasAll(holders[c], seen, file, ahead)) {
          return false;
        }
        columns[c] = patched(columns[c], c, seen);
      }
    }
    return true;
  }

  private boolean hasAll(
      UndoBatch[] changes,
      boolean[] seen,
      ColdFile file,
      Supplier<Map<UndoValues, Column[]>> ahead) {
    UndoBatch last = null;
    for (int i = 0; i < rows; i++) {
      UndoBatch change = changes[i];
      if (change != last && change != null && seen[i]) {
        last = change;
        if (change.old.isAbsent() && !hasAhead) {
          snapshot.owner().interruption().requireMayWait();
          hasAhead = true;
          read.putAll(ahead.get());
        }
        if (!isRead(change.old, file)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isRead(UndoValues values, ColdFile file) {
    if (read.containsKey(values)) {
      return true;
    }
    Column[] found = values.read(file);
    if (found != null) {
      read.put(values, found);
    }
    return found != null;
  }

  private Column patched(Column newest, int c, boolean[] seen) {
    ColumnBuilder builder = ColumnBuilder.of(newest.layout(), rows);
    UndoBatch last = null;
    Column old = null;
    for (int i = 0; i < rows; i++) {
      UndoBatch change = holders[c][i];
      if (!seen[i]) {
        builder.appendNull();
      } else if (change == null) {
        builder.append(newest, i);
      } else {
        if (change != last) {
          old = read.get(change.old)[change.find(projection[c])];
          last = change;
        }
        builder.append(old, change.position(i));
      }
    }
    return builder.build();
  }
}
