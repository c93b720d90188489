package io.quarkgres.spi.store;

import io.quarkgres.spi.error.SqlException;
import java.util.function.Consumer;

/**
 * A commit whose place among all commits is fixed, but which may not be on disk yet. Until it is,
 * nobody may be told of it, and other transactions' snapshots do not see it; those who write the
 * same rows go on from it, and end after it. Thread: any.
 */
public interface PendingCommit {
  /** Tells whether the commit is done, and not in doubt. */
  boolean isDone();

  /** Returns when the commit is done; raises 53100 or 58030 when it is in doubt. */
  void await();

  /**
   * Calls back once the commit is done, with {@code null}, or in doubt, with the error: now, or
   * later by another thread, for which the call must be short.
   */
  void whenDone(Consumer<SqlException> then);

  /** A commit that waits for nothing. */
  PendingCommit DONE =
      new PendingCommit() {
        @Override
        public boolean isDone() {
          return true;
        }

        @Override
        public void await() {}

        @Override
        public void whenDone(Consumer<SqlException> then) {
          then.accept(null);
        }
      };
}
