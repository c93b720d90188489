package io.quarkgres.storage.memory;

import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.storage.memory.lock.Waiter;
import io.quarkgres.storage.memory.tree.BTree;
import io.quarkgres.storage.memory.tree.PackedKey;
import java.util.List;

/**
 * Adds entries to unique indexes. The row's new version is in place by then; rows that have an
 * entry under the key are looked at outside the tree's latch, and the entry goes in only if no
 * other came meanwhile. So of two who add a key at once, the second finds the first. Thread: any.
 */
final class UniqueCheck {
  private UniqueCheck() {}

  /** Waits for the end of a transaction, or for something it did to be undone. */
  private static final class EndWaiter extends Waiter {
    private final MemoryTransaction target;

    EndWaiter(MemoryTransaction owner, MemoryTransaction target) {
      super(owner);
      this.target = target;
    }

    @Override
    protected void blockers(List<LockOwner> out) {
      if (!target.hasEnded()) {
        out.add(target);
      }
    }

    @Override
    protected String what(LockOwner blocker) {
      return "ShareLock on transaction " + target.id();
    }
  }

  /** Adds an entry, or returns the row that has the key, waiting for transactions that may have. */
  static long claim(
      OrderedMemoryIndex index, MemoryTransaction transaction, PackedKey key, long row) {
    BTree.ClaimCheck check = new BTree.ClaimCheck();
    while (!index.tree().claim(key, row, check)) {
      for (int i = 0; i < check.count(); i++) {
        Verdict verdict = examine(index, transaction, key, check.row(i));
        if (verdict.isConflict()) {
          UniqueMeeting.taken(index, transaction, key, check.row(i));
          return check.row(i);
        }
        if (verdict.open() != null) {
          waitFor(index, transaction, key, check.row(i), verdict.open());
          check.reset();
          break;
        }
        UniqueMeeting.free(transaction, index.table(), check.row(i));
      }
    }
    return MemoryIndex.NO_ROW;
  }

  /** Tells whether a row but one has an entry under the key that the one has now. */
  static boolean mayHaveDuplicate(OrderedMemoryIndex index, long row) {
    PackedKey key = newestKey(index, row, null);
    return key != null && index.tree().others(key, row).count() > 0;
  }

  /** Returns another row with the key that a row has now, or {@link MemoryIndex#NO_ROW}. */
  static long duplicateOf(OrderedMemoryIndex index, MemoryTransaction transaction, long row) {
    PackedKey key = newestKey(index, row, transaction.interruption());
    if (key == null) {
      return MemoryIndex.NO_ROW;
    }
    while (true) {
      BTree.ClaimCheck others = index.tree().others(key, row);
      MemoryTransaction open = null;
      for (int i = 0; i < others.count() && open == null; i++) {
        Verdict verdict = examine(index, transaction, key, others.row(i));
        if (verdict.isConflict()) {
          return others.row(i);
        }
        open = verdict.open();
        if (open != null) {
          waitFor(index, transaction, key, others.row(i), open);
        }
      }
      if (open == null) {
        return MemoryIndex.NO_ROW;
      }
    }
  }

  /** Returns the key of a row's newest version, {@code null} if it has none that must be unique. */
  private static PackedKey newestKey(
      OrderedMemoryIndex index, long row, Interruption interruption) {
    MemoryTable table = index.table();
    Chunk chunk = table.chunkOf(row);
    int slot = MemoryTable.slotOf(row);
    RowReader.Versions versions = new RowReader.Versions(table, index.columns(), 1);
    ReadBack missing = null;
    do {
      synchronized (chunk) {
        if (!chunk.isLive(slot)) {
          return null;
        }
        missing = chunk.missing(versions.needed(), missing);
        if (missing == null) {
          versions.addNewest(chunk, slot);
        }
      }
    } while (ReadBack.more(missing, interruption));
    KeySet keys = index.keysOf(versions.block());
    boolean isFree = keys.withNull()[0] && !index.spec().nullsNotDistinct();
    return isFree ? null : keys.key(0);
  }

  /**
   * How a row with an entry under the key stands.
   *
   * @param isConflict whether it has the key for good, or by this transaction
   * @param open the open transaction on whose end it depends, or {@code null}
   */
  private record Verdict(boolean isConflict, MemoryTransaction open) {
    static final Verdict HARMLESS = new Verdict(false, null);
    static final Verdict CONFLICT = new Verdict(true, null);
  }

  private static Verdict examine(
      OrderedMemoryIndex index, MemoryTransaction transaction, PackedKey key, long row) {
    MemoryTable table = index.table();
    Chunk chunk = table.chunkOf(row);
    int slot = MemoryTable.slotOf(row);
    RowReader.Versions versions = new RowReader.Versions(table, index.columns(), 1);
    MemoryTransaction open = null;
    ReadBack missing = null;
    do {
      synchronized (chunk) {
        missing =
            chunk.missing(
                versions.needed(),
                into -> needOlder(into, versions, chunk, slot, transaction),
                missing);
        if (missing == null) {
          open = look(chunk, slot, transaction, versions);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
    if (versions.count() == 0) {
      return Verdict.HARMLESS;
    }
    KeySet keys = index.keysOf(versions.block());
    for (int i = 0; i < versions.count(); i++) {
      if (key.matches(keys.key(i))) {
        return open == null ? Verdict.CONFLICT : new Verdict(false, open);
      }
    }
    return Verdict.HARMLESS;
  }

  /**
   * Adds the versions of a row that count; returns the open transaction it depends on. Called under
   * the chunk's lock.
   */
  private static MemoryTransaction look(
      Chunk chunk, int slot, MemoryTransaction transaction, RowReader.Versions versions) {
    UndoBatch head = chunk.undo(slot);
    if (chunk.isLive(slot)) {
      versions.addNewest(chunk, slot);
    }
    if (isOpen(head, transaction)) {
      addOlder(versions, chunk, slot, head);
      return head.transaction;
    }
    return null;
  }

  private static boolean isOpen(UndoBatch head, MemoryTransaction transaction) {
    return head != null
        && head.transaction != transaction
        && head.transaction.isOpenTo(transaction);
  }

  /** Adds every version that an open transaction may yet go back to, by savepoints or wholly. */
  private static void addOlder(RowReader.Versions versions, Chunk chunk, int slot, UndoBatch head) {
    for (UndoBatch link = head;
        link != null && link.transaction == head.transaction;
        link = link.older(slot)) {
      if (RowReader.existedBefore(link)) {
        versions.add(chunk, slot, link.older(slot));
      }
    }
  }

  /** Names the old values of these versions. */
  private static void needOlder(
      ReadBack missing,
      RowReader.Versions versions,
      Chunk chunk,
      int slot,
      MemoryTransaction transaction) {
    UndoBatch head = chunk.undo(slot);
    for (UndoBatch link = head;
        isOpen(head, transaction) && link != null && link.transaction == head.transaction;
        link = link.older(slot)) {
      versions.need(missing, chunk, slot, link.older(slot));
    }
  }

  private static void waitFor(
      OrderedMemoryIndex index,
      MemoryTransaction transaction,
      PackedKey key,
      long row,
      MemoryTransaction open) {
    EndWaiter waiter = new EndWaiter(transaction, open);
    if (!open.addWaiter(waiter)) {
      return;
    }
    try {
      // It may have undone the change just before it had the waiter.
      if (examine(index, transaction, key, row).open() == open) {
        index.table().storage().waits().await(waiter);
      }
    } finally {
      open.removeWaiter(waiter);
    }
  }
}
