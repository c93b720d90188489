package io.quarkgres.storage.memory;

import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Heavyweight locks: a queue for each object that is locked at the moment. Thread: any. */
final class MemoryLockTable implements LockTable {
  private final WaitGraph waits;
  private final Map<Target, LockQueue> queues = new ConcurrentHashMap<>();

  /** What each owner holds; a set is used by its owner's thread only. */
  private final Map<LockOwner, Set<LockQueue>> held = new ConcurrentHashMap<>();

  MemoryLockTable(WaitGraph waits) {
    this.waits = waits;
  }

  @Override
  public void lock(LockOwner owner, Target target, LockMode mode) {
    LockQueue queue;
    LockQueue.QueuedLock waiter = null;
    while (true) {
      queue = queue(target);
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

  @Override
  public boolean tryLock(LockOwner owner, Target target, LockMode mode) {
    while (true) {
      LockQueue queue = queue(target);
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
    if (queue.grant(owner, mode)) {
      held.computeIfAbsent(owner, unused -> Collections.newSetFromMap(new IdentityHashMap<>(4)))
          .add(queue);
    }
  }

  private void removeIfIdle(LockQueue queue) {
    if (queue.isIdle()) {
      queue.goAway();
      queues.remove(queue.target(), queue);
    }
  }

  @Override
  public boolean unlock(LockOwner owner, Target target, LockMode mode) {
    LockQueue queue = queues.get(target);
    if (queue == null) {
      return false;
    }
    synchronized (queue) {
      if (!queue.release(owner, mode)) {
        return false;
      }
      if (!queue.holds(owner)) {
        Set<LockQueue> mine = held.get(owner);
        mine.remove(queue);
        if (mine.isEmpty()) {
          held.remove(owner);
        }
      }
      removeIfIdle(queue);
      return true;
    }
  }

  @Override
  public void releaseAll(LockOwner owner) {
    Set<LockQueue> mine = held.remove(owner);
    if (mine == null) {
      return;
    }
    for (LockQueue queue : List.copyOf(mine)) {
      synchronized (queue) {
        queue.releaseAll(owner);
        removeIfIdle(queue);
      }
    }
  }

  @Override
  public void bind(LockOwner session, LockOwner transaction) {
    ((MemoryTransaction) transaction).bind(session);
  }
}
