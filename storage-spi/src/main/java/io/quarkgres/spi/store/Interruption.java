package io.quarkgres.spi.store;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.WouldWait;
import java.util.concurrent.locks.LockSupport;

/**
 * A flag by which a statement is told to stop: a cancel request, a timeout, a shutdown. The worker
 * checks it once a block; whoever parks registers its thread so that it is woken. Thread: any.
 */
public final class Interruption {
  private volatile SqlException reason;
  private volatile Thread waiter;
  private volatile boolean mayWait = true;
  private volatile long lockTimeoutMillis;

  /** Raises the reason if the statement was told to stop. */
  public void check() {
    SqlException stop = reason;
    if (stop != null) {
      throw stop;
    }
  }

  /** Tells the statement to stop with an error; the first reason stays. */
  public void interrupt(SqlException why) {
    if (reason == null) {
      reason = why;
    }
    Thread parked = waiter;
    if (parked != null) {
      LockSupport.unpark(parked);
    }
  }

  /** Forgets a reason, before the next statement. */
  public void clear() {
    reason = null;
  }

  /** Says how long each wait for a lock may take; 0 for as long as it takes. */
  public void setLockTimeout(long millis) {
    lockTimeoutMillis = millis;
  }

  /** Returns how long each wait for a lock may take, 0 for as long as it takes. */
  public long lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  /**
   * Says whether the statement may wait; where it runs on an event loop it may not, and gets {@link
   * WouldWait} instead.
   */
  public void setMayWait(boolean allowed) {
    mayWait = allowed;
  }

  /** Tells whether the statement may wait. */
  public boolean mayWait() {
    return mayWait;
  }

  /** Raises {@link WouldWait} if the statement may not wait: before it queues for anything. */
  public void requireMayWait() {
    if (!mayWait) {
      throw new WouldWait();
    }
  }

  /**
   * Says that the current thread is about to park and is to be unparked by an interrupt. Raises
   * {@link WouldWait} if it may not.
   */
  public void enterWait() {
    requireMayWait();
    waiter = Thread.currentThread();
  }

  /** Says that the current thread is back. */
  public void leaveWait() {
    waiter = null;
  }
}
