package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockOwner;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One wait of one owner, from when it is queued to when it got what it wanted or gave up. */
public abstract class Waiter {
  private final LockOwner owner;
  private final Thread thread = Thread.currentThread();
  private final boolean isTimed;
  private final long deadlineNanos;
  private volatile boolean signalled;

  protected Waiter(LockOwner owner) {
    this.owner = owner;
    long timeoutMillis = owner.interruption().lockTimeoutMillis();
    isTimed = timeoutMillis > 0;
    deadlineNanos = isTimed ? System.nanoTime() + timeoutMillis * 1_000_000 : 0;
  }

  final LockOwner owner() {
    return owner;
  }

  final boolean isSignalled() {
    return signalled;
  }

  /** Parks until something happens; raises 55P03 when that has taken too long. */
  final void park() {
    if (!isTimed) {
      LockSupport.park(this);
      return;
    }
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0) {
      throw new SqlException(
          SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
    }
    LockSupport.parkNanos(this, left);
  }

  /** Forgets a signal before the state it told of is looked at again. */
  public final void rearm() {
    signalled = false;
  }

  /** Tells the waiter to look again. */
  public final void signal() {
    signalled = true;
    LockSupport.unpark(thread);
  }

  /** Adds those the waiter waits for at this moment. Takes the lock of what is waited for. */
  protected abstract void blockers(List<LockOwner> out);

  /** Names what is waited for as PostgreSQL does, for the first blocker of a deadlock. */
  protected abstract String what(LockOwner blocker);
}
