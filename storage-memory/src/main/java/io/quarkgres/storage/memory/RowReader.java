package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.storage.memory.column.ColumnGather;
import java.util.List;

/** Reads single rows, in the version wanted, by copying what was asked for. Thread: any. */
final class RowReader {
  private static final int LOOK_MAX = 16;

  private RowReader() {}

  /**
   * Reads the versions of rows that a snapshot sees.
   *
   * @param index the index that the rows were found by, or {@code null}
   * @param doubtful receives which rows may have entries under several keys of that index
   */
  static Block fetch(
      MemoryTable table,
      MemorySnapshot snapshot,
      long[] rowIds,
      int n,
      int[] projection,
      MemoryIndex index,
      boolean[] doubtful) {
    ColumnGather[] out = gathers(table, projection, n);
    int[] seen = new int[n];
    int seenCount = 0;
    int[] slots = new int[n];
    int i = 0;
    while (i < n) {
      long number = rowIds[i] >>> Chunk.SHIFT;
      Chunk chunk = table.chunk((int) number);
      ReadBack missing = null;
      do {
        synchronized (chunk) {
          missing =
              chunk.kept().hasAbsent()
                  ? chunk.missing(
                      projection, needs(chunk, snapshot, rowIds, i, n, projection), missing)
                  : chunk.missing(projection, missing);
          while (missing == null && i < n && rowIds[i] >>> Chunk.SHIFT == number) {
            int plain = plainRun(chunk, rowIds, i, n, slots);
            if (plain > 0) {
              readNewest(chunk, slots, plain, projection, out);
              for (int k = 0; k < plain; k++) {
                seen[seenCount++] = i++;
              }
              continue;
            }
            int slot = MemoryTable.slotOf(rowIds[i]);
            UndoBatch head = chunk.undo(slot);
            if (index != null && head != null) {
              doubtful[i] = mayHaveOtherKeys(head, slot, index);
            }
            if (isSeen(chunk, slot, head, snapshot)) {
              readVersion(chunk, slot, firstSeen(head, slot, snapshot), projection, out);
              seen[seenCount++] = i;
            } else {
              skip(out);
            }
            i++;
          }
        }
      } while (ReadBack.more(missing, snapshot.owner().interruption()));
    }
    Selection selection = seenCount == n ? Selection.dense(n) : new Selection(seen, seenCount);
    return new Block(build(out, projection, rowIds, n), n, selection);
  }

  /**
   * Finds how many of the rows from {@code from} on lie in a chunk, in ascending slots, live and
   * without older versions, so that their columns can be copied one after the other.
   */
  private static int plainRun(Chunk chunk, long[] rowIds, int from, int n, int[] slots) {
    long number = rowIds[from] >>> Chunk.SHIFT;
    int run = 0;
    int last = -1;
    for (int i = from; i < n && rowIds[i] >>> Chunk.SHIFT == number; i++) {
      int slot = MemoryTable.slotOf(rowIds[i]);
      if (slot <= last || chunk.undo(slot) != null || !chunk.isLive(slot)) {
        break;
      }
      slots[run++] = slot;
      last = slot;
    }
    return run;
  }

  /**
   * Names the old values among what a snapshot sees of the rows from one on that lie in a chunk.
   */
  private static ReadBack.Needs needs(
      Chunk chunk, MemorySnapshot snapshot, long[] rowIds, int from, int n, int[] projection) {
    return missing -> {
      long number = rowIds[from] >>> Chunk.SHIFT;
      for (int i = from; i < n && rowIds[i] >>> Chunk.SHIFT == number; i++) {
        int slot = MemoryTable.slotOf(rowIds[i]);
        UndoBatch head = chunk.undo(slot);
        if (head != null) {
          need(missing, head, slot, firstSeen(head, slot, snapshot), projection);
        }
      }
    };
  }

  /** Names the old values of the version of a row that the change {@code seen} made. */
  static void need(ReadBack missing, UndoBatch head, int slot, UndoBatch seen, int[] projection) {
    for (int column : projection) {
      UndoBatch holder = holder(head, slot, seen, column);
      if (holder != null) {
        missing.need(holder.old);
      }
    }
  }

  /**
   * Returns the change that keeps the value of a column in the version that the change {@code seen}
   * made, {@code null} if it is in place.
   */
  static UndoBatch holder(UndoBatch head, int slot, UndoBatch seen, int column) {
    UndoBatch holder = null;
    for (UndoBatch link = head; link != seen; link = link.older(slot)) {
      if (link.kind == UndoBatch.Kind.UPDATE && link.find(column) >= 0) {
        holder = link;
      }
    }
    return holder;
  }

  private static boolean isSeen(Chunk chunk, int slot, UndoBatch head, MemorySnapshot snapshot) {
    return head == null ? chunk.isLive(slot) : isVisible(chunk, slot, snapshot);
  }

  /**
   * Tells whether a change in a row's chain gave it another key, or the chain is too long to look.
   * Entries go before the links that tell of them are cut, both under the chunk's lock.
   */
  private static boolean mayHaveOtherKeys(UndoBatch head, int slot, MemoryIndex index) {
    int looked = 0;
    for (UndoBatch link = head; link != null; link = link.older(slot)) {
      IndexChange change = link.changeOf(index);
      if (change != null && change.isChanged(link.position(slot)) || ++looked == LOOK_MAX) {
        return true;
      }
    }
    return false;
  }

  /** Reads versions as {@link #fetch} does, as a block of all columns, some of them NULL. */
  static Block fetchWide(
      MemoryTable table, MemorySnapshot snapshot, long[] rowIds, int n, int[] needed) {
    int[] projection = needed == null ? all(table) : needed;
    Block narrow = fetch(table, snapshot, rowIds, n, projection, null, null);
    return new Block(widen(table, narrow.columns(), projection, n), n, narrow.selection());
  }

  private static int[] all(MemoryTable table) {
    int[] columns = new int[table.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i;
    }
    return columns;
  }

  private static Column[] widen(MemoryTable table, Column[] narrow, int[] which, int n) {
    Column[] columns = new Column[table.columns().size()];
    for (int i = 0; i < which.length; i++) {
      columns[which[i]] = narrow[i];
    }
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == null) {
        columns[i] = ColumnBuilder.nulls(table.columns().get(i), n);
      }
    }
    return columns;
  }

  static ColumnGather[] gathers(MemoryTable table, int[] projection, int n) {
    List<Layout> layouts = table.columns();
    ColumnGather[] out = new ColumnGather[projection.length];
    for (int c = 0; c < projection.length; c++) {
      out[c] =
          projection[c] == TableStore.ROW_ID
              ? null
              : ColumnGather.of(layouts.get(projection[c]), n);
    }
    return out;
  }

  private static Column[] build(ColumnGather[] out, int[] projection, long[] rowIds, int n) {
    Column[] columns = new Column[projection.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = out[c] == null ? rowIdColumn(rowIds, n) : out[c].build();
    }
    return columns;
  }

  private static Column rowIdColumn(long[] rowIds, int n) {
    LongBuilder builder = new LongBuilder(n);
    for (int i = 0; i < n; i++) {
      builder.append(rowIds[i]);
    }
    return builder.build();
  }

  private static void skip(ColumnGather[] out) {
    for (ColumnGather gather : out) {
      if (gather != null) {
        gather.addNull();
      }
    }
  }

  private static void readNewest(
      Chunk chunk, int[] slots, int n, int[] projection, ColumnGather[] out) {
    if (n == 1) {
      readNewest(chunk, slots[0], projection, out);
      return;
    }
    Selection rows = new Selection(slots, n);
    for (int c = 0; c < projection.length; c++) {
      if (out[c] != null) {
        out[c].addAll(chunk.column(projection[c]).view(), rows);
      }
    }
  }

  static void readNewest(Chunk chunk, int slot, int[] projection, ColumnGather[] out) {
    for (int c = 0; c < projection.length; c++) {
      if (out[c] != null) {
        out[c].add(chunk.column(projection[c]).view(), slot);
      }
    }
  }

  /**
   * Reads the version of a row that the change {@code seen} made, {@code null} for the oldest kept.
   */
  static void readVersion(
      Chunk chunk, int slot, UndoBatch seen, int[] projection, ColumnGather[] out) {
    for (int c = 0; c < projection.length; c++) {
      if (out[c] != null) {
        UndoBatch holder = holder(chunk.undo(slot), slot, seen, projection[c]);
        if (holder == null) {
          out[c].add(chunk.column(projection[c]).view(), slot);
        } else {
          Column old = holder.old.columns()[holder.find(projection[c])];
          out[c].add(old, holder.position(slot));
        }
      }
    }
  }

  /** Returns the newest change of a row that a snapshot sees, or {@code null}. */
  static UndoBatch firstSeen(UndoBatch head, int slot, MemorySnapshot snapshot) {
    UndoBatch link = head;
    while (link != null && !snapshot.sees(link)) {
      link = link.older(slot);
    }
    return link;
  }

  /** Tells whether a snapshot sees any version of a row. */
  static boolean isVisible(Chunk chunk, int slot, MemorySnapshot snapshot) {
    boolean exists = chunk.isLive(slot);
    for (UndoBatch link = chunk.undo(slot);
        link != null && !snapshot.sees(link);
        link = link.older(slot)) {
      exists = existedBefore(link);
    }
    return exists;
  }

  /** Tells whether the row existed before a change of it. */
  static boolean existedBefore(UndoBatch link) {
    return link.kind != UndoBatch.Kind.INSERT;
  }

  /**
   * Collects versions of rows as blocks of all table columns, in which only some need be filled.
   * Used by one thread.
   */
  static final class Versions {
    private final MemoryTable table;
    private final int[] needed;
    private final ColumnGather[] out;
    private int count;

    /** Makes a collector; {@code needed} columns are filled, all if it is {@code null}. */
    Versions(MemoryTable table, int[] needed, int n) {
      this.table = table;
      this.needed = needed == null ? all(table) : needed;
      out = gathers(table, this.needed, n);
    }

    /** Adds the newest version of a row. Called under the chunk's lock. */
    void addNewest(Chunk chunk, int slot) {
      readNewest(chunk, slot, needed, out);
      count++;
    }

    /** Adds the version that a change made. Called under the chunk's lock. */
    void add(Chunk chunk, int slot, UndoBatch seen) {
      readVersion(chunk, slot, seen, needed, out);
      count++;
    }

    /** Names the old values that {@link #add} asks for. Called under the chunk's lock. */
    void need(ReadBack missing, Chunk chunk, int slot, UndoBatch seen) {
      RowReader.need(missing, chunk.undo(slot), slot, seen, needed);
    }

    int count() {
      return count;
    }

    /** Returns the columns that the chunks must have. */
    int[] needed() {
      return needed;
    }

    Block block() {
      Column[] narrow = new Column[needed.length];
      for (int i = 0; i < needed.length; i++) {
        narrow[i] = out[i].build();
      }
      return new Block(count, widen(table, narrow, needed, count));
    }
  }
}
