package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who holds an object in which modes, and who waits for it, first come first. Who holds it already
 * need not queue behind those who wait for it. Thread: any, with the queue's monitor held.
 */
final class LockQueue {
  private static final LockMode[] MODES = LockMode.values();

  /** For each mode, a bit for each mode that conflicts with it. */
  private static final int[] CONFLICTS = conflicts();

  private final Target target;

  /** The holders, newest first, as a list through themselves. */
  private Hold holders;

  /** How many holders have each mode, and a bit for each mode that any has. */
  private final int[] totals = new int[MODES.length];

  private int heldModes;
  private final List<QueuedLock> queue = new ArrayList<>(0);
  private boolean gone;

  LockQueue(Target target) {
    this.target = target;
  }

  private static int[] conflicts() {
    int[] masks = new int[MODES.length];
    for (LockMode mode : MODES) {
      for (LockMode other : MODES) {
        masks[mode.ordinal()] |= mode.conflictsWith(other) ? 1 << other.ordinal() : 0;
      }
    }
    return masks;
  }

  /**
   * What one owner holds of the object. Counts are written by the owner's thread, and from and to
   * zero only with the queue's monitor held.
   */
  static final class Hold {
    private final LockQueue queue;
    private final LockOwner owner;
    private final int[] counts = new int[MODES.length];
    private int modes;
    private Hold previous;
    private Hold next;

    private Hold(LockQueue queue, LockOwner owner) {
      this.queue = queue;
      this.owner = owner;
    }

    LockQueue queue() {
      return queue;
    }

    boolean isEmpty() {
      return modes == 0;
    }

    /** Counts one more lock in a mode that is held already; returns whether it is. */
    boolean again(LockMode mode) {
      if (counts[mode.ordinal()] == 0) {
        return false;
      }
      counts[mode.ordinal()]++;
      return true;
    }
  }

  /** An owner that waits for the object. */
  final class QueuedLock extends Waiter {
    private final LockMode mode;

    private QueuedLock(LockOwner owner, LockMode mode) {
      super(owner);
      this.mode = mode;
    }

    @Override
    protected void blockers(List<LockOwner> out) {
      synchronized (LockQueue.this) {
        addBlockers(this, out);
      }
    }

    @Override
    protected String what(LockOwner blocker) {
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
    return holders == null && queue.isEmpty();
  }

  /** Tells whether an owner could lock at once; {@code self} is its place, if queued. */
  boolean isFree(LockOwner owner, LockMode mode, QueuedLock self) {
    if (conflictsWithHolders(owner, mode)) {
      return false;
    }
    if (!queue.isEmpty() && !isHolder(owner)) {
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
    if ((heldModes & CONFLICTS[mode.ordinal()]) == 0) {
      return false;
    }
    for (Hold hold = holders; hold != null; hold = hold.next) {
      if ((hold.modes & CONFLICTS[mode.ordinal()]) != 0
          && !WaitGraph.isSameParty(hold.owner, owner)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHolder(LockOwner owner) {
    for (Hold hold = holders; hold != null; hold = hold.next) {
      if (WaitGraph.isSameParty(hold.owner, owner)) {
        return true;
      }
    }
    return false;
  }

  private void addBlockers(QueuedLock waiter, List<LockOwner> out) {
    for (Hold hold = holders; hold != null; hold = hold.next) {
      if ((hold.modes & CONFLICTS[waiter.mode.ordinal()]) != 0
          && !WaitGraph.isSameParty(hold.owner, waiter.owner())) {
        out.add(hold.owner);
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

  /**
   * Adds a lock.
   *
   * @param mine what the owner holds already, or {@code null}
   * @return what it holds now
   */
  Hold grant(Hold mine, LockOwner owner, LockMode mode) {
    Hold hold = mine;
    if (hold == null) {
      hold = new Hold(this, owner);
      hold.next = holders;
      if (holders != null) {
        holders.previous = hold;
      }
      holders = hold;
    }
    int m = mode.ordinal();
    if (hold.counts[m]++ == 0) {
      hold.modes |= 1 << m;
      totals[m]++;
      heldModes |= 1 << m;
    }
    return hold;
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
  boolean release(Hold hold, LockMode mode) {
    int m = mode.ordinal();
    if (hold.counts[m] == 0) {
      return false;
    }
    if (--hold.counts[m] == 0) {
      drop(hold, m);
      if (hold.isEmpty()) {
        unlink(hold);
      }
      settle();
    }
    return true;
  }

  void releaseAll(Hold hold) {
    for (int m = 0; m < MODES.length; m++) {
      if ((hold.modes & 1 << m) != 0) {
        drop(hold, m);
      }
    }
    unlink(hold);
    settle();
  }

  private void drop(Hold hold, int mode) {
    hold.modes &= ~(1 << mode);
    if (--totals[mode] == 0) {
      heldModes &= ~(1 << mode);
    }
  }

  private void unlink(Hold hold) {
    if (hold.previous == null) {
      holders = hold.next;
    } else {
      hold.previous.next = hold.next;
    }
    if (hold.next != null) {
      hold.next.previous = hold.previous;
    }
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
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
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
