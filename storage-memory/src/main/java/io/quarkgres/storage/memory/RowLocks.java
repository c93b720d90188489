package io.quarkgres.storage.memory;

import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.storage.memory.lock.Waiter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Locks on rows. A slot's entry in its chunk is {@code null}, the {@link Token} of the one
 * transaction that holds it (no allocation a row), or a {@link Shared} list of holders and waiters.
 *
 * <p>Who comes later waits behind those who wait already, unless it holds the row in some mode.
 * Thread: under the chunk's lock.
 */
final class RowLocks {
  private RowLocks() {}

  /** What a chunk knows of a locked row. */
  sealed interface RowLock permits Token, Shared {}

  /** One transaction's hold on rows in one mode; a transaction has at most one for each mode. */
  record Token(MemoryTransaction holder, RowLockMode mode) implements RowLock {}

  /** Several holders, or one with others waiting. */
  private static final class Shared implements RowLock {
    private Token[] holders = new Token[2];
    private int count;
    private final List<RowWaiter> queue = new ArrayList<>(2);

    private void add(Token token) {
      if (count == holders.length) {
        holders = Arrays.copyOf(holders, count * 2);
      }
      holders[count++] = token;
    }

    private int find(MemoryTransaction transaction) {
      for (int i = 0; i < count; i++) {
        if (holders[i].holder() == transaction) {
          return i;
        }
      }
      return -1;
    }
  }

  /** A transaction that waits for a row. */
  static final class RowWaiter extends Waiter {
    private final MemoryTransaction transaction;
    private final Chunk chunk;
    private final int slot;
    private final RowLockMode mode;

    RowWaiter(MemoryTransaction transaction, Chunk chunk, int slot, RowLockMode mode) {
      super(transaction);
      this.transaction = transaction;
      this.chunk = chunk;
      this.slot = slot;
      this.mode = mode;
    }

    Chunk chunk() {
      return chunk;
    }

    int slot() {
      return slot;
    }

    RowLockMode mode() {
      return mode;
    }

    @Override
    protected void blockers(List<LockOwner> out) {
      synchronized (chunk) {
        if (chunk.lock(slot) instanceof Shared shared) {
          addBlockers(shared, this, out);
        }
      }
    }

    @Override
    protected String what(LockOwner blocker) {
      return "ShareLock on transaction " + ((MemoryTransaction) blocker).id();
    }
  }

  private static void addBlockers(Shared shared, RowWaiter waiter, List<LockOwner> out) {
    for (int i = 0; i < shared.count; i++) {
      Token token = shared.holders[i];
      if (token.holder() != waiter.transaction && token.mode().conflictsWith(waiter.mode)) {
        out.add(token.holder());
      }
    }
    if (shared.find(waiter.transaction) >= 0) {
      return;
    }
    // An earlier waiter that is at least as strong waits itself for whatever else is before it.
    for (int i = shared.queue.indexOf(waiter) - 1; i >= 0; i--) {
      RowWaiter earlier = shared.queue.get(i);
      if (earlier.mode.conflictsWith(waiter.mode)) {
        out.add(earlier.transaction);
        if (earlier.mode.compareTo(waiter.mode) >= 0) {
          return;
        }
      }
    }
  }

  /** Tells whether a transaction holds a row in a mode at least as strong. */
  static boolean holds(Chunk chunk, int slot, MemoryTransaction transaction, RowLockMode mode) {
    return switch (chunk.lock(slot)) {
      case null -> false;
      case Token t -> t.holder() == transaction && t.mode().compareTo(mode) >= 0;
      case Shared s -> {
        int at = s.find(transaction);
        yield at >= 0 && s.holders[at].mode().compareTo(mode) >= 0;
      }
    };
  }

  /** Tells whether a transaction could lock a row at once; {@code self} is its place, if queued. */
  static boolean isFree(
      Chunk chunk, int slot, MemoryTransaction transaction, RowLockMode mode, RowWaiter self) {
    return switch (chunk.lock(slot)) {
      case null -> true;
      case Token t -> t.holder() == transaction || !t.mode().conflictsWith(mode);
      case Shared s -> isFree(s, transaction, mode, self);
    };
  }

  private static boolean isFree(
      Shared shared, MemoryTransaction transaction, RowLockMode mode, RowWaiter self) {
    boolean holds = false;
    for (int i = 0; i < shared.count; i++) {
      Token token = shared.holders[i];
      if (token.holder() == transaction) {
        holds = true;
      } else if (token.mode().conflictsWith(mode)) {
        return false;
      }
    }
    if (!holds) {
      for (RowWaiter earlier : shared.queue) {
        if (earlier == self) {
          break;
        }
        if (earlier.mode.conflictsWith(mode)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Locks a row that is free for the transaction; a stronger lock it has already stays. */
  static void take(Chunk chunk, int slot, MemoryTransaction transaction, RowLockMode mode) {
    Token mine = transaction.token(mode);
    RowLockMode before = null;
    switch (chunk.lock(slot)) {
      case null -> chunk.setLock(slot, mine);
      case Token t when t.holder() == transaction -> {
        if (t.mode().compareTo(mode) >= 0) {
          return;
        }
        before = t.mode();
        chunk.setLock(slot, mine);
      }
      case Token t -> {
        Shared shared = share(chunk, slot, t);
        shared.add(mine);
      }
      case Shared s -> {
        int at = s.find(transaction);
        if (at < 0) {
          s.add(mine);
        } else if (s.holders[at].mode().compareTo(mode) >= 0) {
          return;
        } else {
          before = s.holders[at].mode();
          s.holders[at] = mine;
        }
      }
    }
    transaction.locked(chunk, slot, before);
  }

  private static Shared share(Chunk chunk, int slot, Token first) {
    Shared shared = new Shared();
    shared.add(first);
    chunk.setLock(slot, shared);
    return shared;
  }

  /** Queues a waiter behind the others. */
  static RowWaiter enqueue(MemoryTransaction transaction, Chunk chunk, int slot, RowLockMode mode) {
    RowWaiter waiter = new RowWaiter(transaction, chunk, slot, mode);
    Shared shared =
        chunk.lock(slot) instanceof Token t ? share(chunk, slot, t) : (Shared) chunk.lock(slot);
    shared.queue.add(waiter);
    return waiter;
  }

  /** Takes a waiter out, because it got the lock or gave up; others may go on. */
  static void dequeue(RowWaiter waiter) {
    if (waiter.chunk.lock(waiter.slot) instanceof Shared shared) {
      shared.queue.remove(waiter);
      settle(waiter.chunk, waiter.slot, shared);
    }
  }

  /** Takes a lock back to a mode held before, or gives it up when {@code before} is null. */
  static void release(Chunk chunk, int slot, MemoryTransaction transaction, RowLockMode before) {
    switch (chunk.lock(slot)) {
      case null -> {}
      case Token t -> {
        if (t.holder() == transaction) {
          chunk.setLock(slot, before == null ? null : transaction.token(before));
        }
      }
      case Shared s -> {
        int at = s.find(transaction);
        if (at >= 0 && before != null) {
          s.holders[at] = transaction.token(before);
        } else if (at >= 0) {
          s.holders[at] = s.holders[--s.count];
          s.holders[s.count] = null;
        }
        settle(chunk, slot, s);
      }
    }
  }

  /** Wakes those who may go on; makes the entry small again when it can be. */
  private static void settle(Chunk chunk, int slot, Shared shared) {
    if (shared.queue.isEmpty()) {
      if (shared.count <= 1) {
        chunk.setLock(slot, shared.count == 0 ? null : shared.holders[0]);
      }
      return;
    }
    for (RowWaiter waiter : shared.queue) {
      if (isFree(shared, waiter.transaction, waiter.mode, waiter)) {
        waiter.signal();
      }
    }
  }
}
