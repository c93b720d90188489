package io.quarkgres.storage.memory;

import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who holds an object in which modes, and who waits for it, first come first. Who holds it already
 * need not queue behind those who wait for it. Thread: any, with the queue's monitor held.
 */
final class LockQueue {
  private static final LockMode[] MODES = LockMode.values();

  private final Target target;
  private final Map<LockOwner, int[]> holders = new IdentityHashMap<>(4);
  private final int[] totals = new int[MODES.length];
  private final List<QueuedLock> queue = new ArrayList<>(0);
  private boolean gone;

  LockQueue(Target target) {
    this.target = target;
  }

  /** An owner that waits for the object. */
  final class QueuedLock extends Waiter {
    private final LockMode mode;

    private QueuedLock(LockOwner owner, LockMode mode) {
      super(owner);
      this.mode = mode;
    }

    @Override
    void blockers(List<LockOwner> out) {
      synchronized (LockQueue.this) {
        addBlockers(this, out);
      }
    }

    @Override
    String what(LockOwner blocker) {
      return describe(mode);
    }
  }

  Target target() {
    return target;
  }

  boolean isGone() {
    return gone;
  }

  void goAway() {
    gone = true;
  }

  boolean isIdle() {
    return holders.isEmpty() && queue.isEmpty();
  }

  boolean holds(LockOwner owner) {
    return holders.containsKey(owner);
  }

  /** Tells whether an owner could lock at once; {@code self} is its place, if queued. */
  boolean isFree(LockOwner owner, LockMode mode, QueuedLock self) {
    if (conflictsWithHolders(owner, mode)) {
      return false;
    }
    if (!isHolder(owner)) {
      for (QueuedLock earlier : queue) {
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

  private boolean conflictsWithHolders(LockOwner owner, LockMode mode) {
    boolean any = false;
    for (LockMode other : MODES) {
      any |= totals[other.ordinal()] > 0 && other.conflictsWith(mode);
    }
    if (any) {
      for (Map.Entry<LockOwner, int[]> holder : holders.entrySet()) {
        if (!WaitGraph.isSameParty(holder.getKey(), owner) && conflicts(holder.getValue(), mode)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean conflicts(int[] counts, LockMode mode) {
    for (LockMode other : MODES) {
      if (counts[other.ordinal()] > 0 && other.conflictsWith(mode)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHolder(LockOwner owner) {
    if (holders.containsKey(owner)) {
      return true;
    }
    for (LockOwner holder : holders.keySet()) {
      if (WaitGraph.isSameParty(holder, owner)) {
        return true;
      }
    }
    return false;
  }

  private void addBlockers(QueuedLock waiter, List<LockOwner> out) {
    for (Map.Entry<LockOwner, int[]> holder : holders.entrySet()) {
      if (!WaitGraph.isSameParty(holder.getKey(), waiter.owner())
          && conflicts(holder.getValue(), waiter.mode)) {
        out.add(holder.getKey());
      }
    }
    if (!isHolder(waiter.owner())) {
      for (QueuedLock earlier : queue) {
        if (earlier == waiter) {
          break;
        }
        if (earlier.mode.conflictsWith(waiter.mode)) {
          out.add(earlier.owner());
        }
      }
    }
  }

  /** Adds a lock; returns whether it is the owner's first on the object. */
  boolean grant(LockOwner owner, LockMode mode) {
    int[] counts = holders.get(owner);
    boolean isFirst = counts == null;
    if (isFirst) {
      counts = new int[MODES.length];
      holders.put(owner, counts);
    }
    counts[mode.ordinal()]++;
    totals[mode.ordinal()]++;
    return isFirst;
  }

  QueuedLock enqueue(LockOwner owner, LockMode mode) {
    QueuedLock waiter = new QueuedLock(owner, mode);
    queue.add(waiter);
    return waiter;
  }

  void dequeue(QueuedLock waiter) {
    queue.remove(waiter);
    settle();
  }

  /** Takes back one lock; returns whether it was held. */
  boolean release(LockOwner owner, LockMode mode) {
    int[] counts = holders.get(owner);
    if (counts == null || counts[mode.ordinal()] == 0) {
      return false;
    }
    counts[mode.ordinal()]--;
    totals[mode.ordinal()]--;
    boolean any = false;
    for (int count : counts) {
      any |= count > 0;
    }
    if (!any) {
      holders.remove(owner);
    }
    settle();
    return true;
  }

  void releaseAll(LockOwner owner) {
    int[] counts = holders.remove(owner);
    if (counts != null) {
      for (int i = 0; i < counts.length; i++) {
        totals[i] -= counts[i];
      }
    }
    settle();
  }

  private void settle() {
    for (QueuedLock waiter : queue) {
      if (isFree(waiter.owner(), waiter.mode, waiter)) {
        waiter.signal();
      }
    }
  }

  private String describe(LockMode mode) {
    StringBuilder name = new StringBuilder();
    for (String word : mode.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name + "Lock on " + object();
  }

  private String object() {
    long number = target.object();
    long upper = number >>> 32;
    long lower = number & 0xffffffffL;
    return switch (target.space()) {
      case Target.RELATION -> "relation " + number + " of database " + target.database();
      case Target.ADVISORY ->
          "advisory lock [" + target.database() + "," + upper + "," + lower + ",1]";
      case Target.ADVISORY_PAIR ->
          "advisory lock [" + target.database() + "," + upper + "," + lower + ",2]";
      default -> "object " + number + " of database " + target.database();
    };
  }
}
