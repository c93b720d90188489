package io.quarkgres.engine.exec.parallel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The threads that help statements with big tables: one less than the machine has cores, for the
 * whole server. A statement takes as many as are free at the moment and never waits for one, so
 * that many clients do not get into each other's way. Thread: any.
 */
public final class WorkerPool {
  private static final int SIZE = Runtime.getRuntime().availableProcessors() - 1;
  private static final Semaphore FREE = new Semaphore(SIZE);
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("quarkgres-worker-", 0).factory());

  private WorkerPool() {}

  /** Takes up to {@code wanted} helpers; returns how many it got. A run gives its own back. */
  static int take(int wanted) {
    int taken = 0;
    while (taken < wanted && FREE.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  /** Gives back helpers that were taken and not run. */
  static void giveBack(int helpers) {
    FREE.release(helpers);
  }

  /** Runs a task on a helper that was taken, and gives the helper back. */
  static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            task.run();
          } finally {
            FREE.release();
          }
        },
        THREADS);
  }

  /** Returns how many helpers there are at all. */
  public static int size() {
    return SIZE;
  }
}
