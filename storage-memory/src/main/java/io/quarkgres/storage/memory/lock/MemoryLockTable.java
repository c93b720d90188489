package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Heavyweight locks: a queue for each object that is locked at the moment. Thread: any. */
public final class MemoryLockTable implements LockTable {
  /** So many objects keep their queue while nobody holds or wants them. */
  private static final int IDLE_MAX = 4096;

  private final WaitGraph waits;
  private final ConcurrentHashMap<Target, LockQueue> queues = new ConcurrentHashMap<>();

  /** What owners other than transactions hold. */
  private final Map<LockOwner, HeldLocks> held = new ConcurrentHashMap<>();

  public MemoryLockTable(WaitGraph waits) {
    this.waits = waits;
  }

  @Override
  public void lock(LockOwner owner, Target target, LockMode mode) {
    LockQueue queue;
    LockQueue.QueuedLock waiter;
    while (true) {
      queue = queue(target);
      if (again(queue, owner, mode)) {
        return;
      }
      synchronized (queue) {
        if (queue.isGone()) {
          continue;
        }
        if (queue.isFree(owner, mode, null)) {
          grant(queue, owner, mode);
          return;
        }
        waiter = queue.enqueue(owner, mode);
        break;
      }
    }
    try {
      while (true) {
        waits.await(waiter);
        synchronized (queue) {
          waiter.rearm();
          if (queue.isFree(owner, mode, waiter)) {
            grant(queue, owner, mode);
            return;
          }
        }
      }
    } finally {
      synchronized (queue) {
        queue.dequeue(waiter);
        removeIfIdle(queue);
      }
    }
  }

  /** Locks once more what the owner holds in the same mode; nobody else needs to know. */
  private boolean again(LockQueue queue, LockOwner owner, LockMode mode) {
    HeldLocks mine = heldBy(owner);
    LockQueue.Hold hold = mine == null ? null : mine.find(queue);
    return hold != null && hold.again(mode);
  }

  private HeldLocks heldBy(LockOwner owner) {
    return owner instanceof LockingTransaction t ? t.heldLocks() : held.get(owner);
  }

  @Override
  public boolean tryLock(LockOwner owner, Target target, LockMode mode) {
    while (true) {
      LockQueue queue = queue(target);
      if (again(queue, owner, mode)) {
        return true;
      }
      synchronized (queue) {
        if (queue.isGone()) {
          continue;
        }
        boolean isFree = queue.isFree(owner, mode, null);
        if (isFree) {
          grant(queue, owner, mode);
        }
        removeIfIdle(queue);
        return isFree;
      }
    }
  }

  private LockQueue queue(Target target) {
    LockQueue queue = queues.get(target);
    return queue != null ? queue : queues.computeIfAbsent(target, LockQueue::new);
  }

  private void grant(LockQueue queue, LockOwner owner, LockMode mode) {
    HeldLocks mine = heldBy(owner);
    if (mine == null) {
      mine = new HeldLocks();
      held.put(owner, mine);
    }
    LockQueue.Hold before = mine.find(queue);
    LockQueue.Hold hold = queue.grant(before, owner, mode);
    if (before == null) {
      mine.add(hold);
    }
  }

  private void removeIfIdle(LockQueue queue) {
    if (queue.isIdle() && queues.mappingCount() > IDLE_MAX) {
      queue.goAway();
      queues.remove(queue.target(), queue);
    }
  }

  @Override
  public boolean unlock(LockOwner owner, Target target, LockMode mode) {
    LockQueue queue = queues.get(target);
    HeldLocks mine = heldBy(owner);
    LockQueue.Hold hold = queue == null || mine == null ? null : mine.find(queue);
    if (hold == null) {
      return false;
    }
    synchronized (queue) {
      if (!queue.release(hold, mode)) {
        return false;
      }
      removeIfIdle(queue);
    }
    if (hold.isEmpty()) {
      mine.remove(hold);
      if (mine.isEmpty()) {
        held.remove(owner);
      }
    }
    return true;
  }

  @Override
  public void releaseAll(LockOwner owner) {
    HeldLocks mine = owner instanceof LockingTransaction t ? t.heldLocks() : held.remove(owner);
    if (mine == null) {
      return;
    }
    for (LockQueue.Hold hold = mine.removeLast(); hold != null; hold = mine.removeLast()) {
      LockQueue queue = hold.queue();
      synchronized (queue) {
        queue.releaseAll(hold);
        removeIfIdle(queue);
      }
    }
  }

  @Override
  public void bind(LockOwner session, LockOwner transaction) {
    ((LockingTransaction) transaction).bind(session);
  }
}
