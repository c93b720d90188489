package io.quarkgres.spi.error;

/**
 * Tells a statement that may not wait that it would have to: its effects so far are to be rolled
 * back and it is to run again on a thread that may. Never reaches a user; has no stack trace.
 * Thread: any.
 */
public final class WouldWait extends RuntimeException {
  /** Makes the signal. */
  public WouldWait() {
    super("the statement would have to wait", null, false, false);
  }
}
