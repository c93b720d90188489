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
