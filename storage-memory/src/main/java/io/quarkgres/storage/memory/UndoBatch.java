package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;

/**
 * One change of some rows of one chunk by one command: what a transaction's log holds and what
 * older snapshots read. Thread: published and read under the chunk's lock, but for what is final.
 */
final class UndoBatch implements LogEntry {
  /** What was done to the rows. */
  enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  static final IndexChange[] NO_CHANGES = {};

  private static final int BATCH_BYTES = 120;

  /** For each row: its slot number and its place in the chunk's array of chains. */
  private static final int SLOT_BYTES = 8;

  /** For each row that has a link of its own, with it. */
  private static final int LINK_BYTES = 40;

  /** For each row and index whose keys change: the keys before and after. */
  private static final int KEY_BYTES = 80;

  final MemoryTransaction transaction;
  final int command;
  final Kind kind;
  final Chunk chunk;

  /** The rows, by slot; only the first {@code count} take part. */
  final int[] slots;

  /** The columns an update changed, and their values before, aligned with {@code slots}. */
  final int[] changed;

  final Column[] old;

  /** The links of an update or delete, aligned with {@code slots}; {@code null} for an insert. */
  final Undo[] links;

  int count;

  /** About how much memory the change keeps until it is reclaimed or undone. */
  final long bytes;

  /** Changed index keys of an update; grows when an index is added beside old versions. */
  IndexChange[] changes;

  /** Whether every snapshot sees the change, so that nobody needs what was before. */
  boolean reclaimed;

  UndoBatch(
      MemoryTransaction transaction,
      Kind kind,
      Chunk chunk,
      int[] slots,
      int count,
      int[] changed,
      Column[] old,
      IndexChange[] changes) {
    this.transaction = transaction;
    this.command = transaction.command();
    this.kind = kind;
    this.chunk = chunk;
    this.slots = slots;
    this.count = count;
    this.changed = changed;
    this.old = old;
    this.changes = changes;
    this.links = kind == Kind.INSERT ? null : new Undo[count];
    this.bytes = BATCH_BYTES + (long) count * rowBytes() + oldBytes();
  }

  private long rowBytes() {
    return switch (kind) {
      case INSERT -> SLOT_BYTES;
      case UPDATE -> LINK_BYTES + (long) changes.length * KEY_BYTES;
      case DELETE -> LINK_BYTES;
    };
  }

  private long oldBytes() {
    long sum = 0;
    for (int i = 0; old != null && i < old.length; i++) {
      sum += old[i].memoryBytes();
    }
    return sum;
  }

  /** Puts this change on top of a row's chain. */
  void push(int position) {
    links[position] = new Undo(this, position, chunk.undo(slots[position]));
    chunk.setUndo(slots[position], links[position]);
  }

  /** Returns the change of an index's keys, or {@code null}. */
  IndexChange changeOf(MemoryIndex index) {
    for (IndexChange change : changes) {
      if (change.index() == index) {
        return change;
      }
    }
    return null;
  }

  /** Returns where a table column lies in {@code old}, or -1. */
  int find(int column) {
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == column) {
        return i;
      }
    }
    return -1;
  }

  long rowId(int position) {
    return chunk.firstRow() + slots[position];
  }
}
