package io.quarkgres.engine.exec.parallel;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs one part of a plan on the statement's thread and on those of free workers, each over the
 * morsels it takes. Used by the statement's thread.
 */
public final class WorkerRun {
  /** A worker with fewer morsels is not worth its start. */
  private static final int MORSELS_PER_WORKER = 2;

  private WorkerRun() {}

  /** A statement that may not wait for its workers, on an event loop, moves over first. */
  public static void requireWaiting(ExecutionContext context) {
    Interruption interruption = context.evaluation().interruption();
    if (interruption != null) {
      interruption.enterWait();
      interruption.leaveWait();
    }
  }

  /** Returns how many workers so many morsels are worth. */
  public static int wanted(int morsels) {
    return Math.min(WorkerPool.size(), morsels / MORSELS_PER_WORKER - 1);
  }

  /**
   * Does the work and waits until all is done; raises what made one of them fail.
   *
   * @param wanted how many workers to take, if so many are free
   * @param worker makes, on the statement's thread, the work of one more worker
   * @param own the part of the statement's thread
   */
  public static void run(Fragment fragment, int wanted, Supplier<Runnable> worker, Runnable own) {
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    int taken = WorkerPool.take(wanted);
    try {
      for (int i = 0; i < taken; i++) {
        futures.add(WorkerPool.run(stopping(fragment, worker.get())));
      }
      own.run();
    } catch (RuntimeException | Error failure) {
      WorkerPool.giveBack(taken - futures.size());
      fragment.stop();
      await(futures);
      throw failure;
    }
    RuntimeException failure = await(futures);
    if (failure != null) {
      throw failure;
    }
  }

  private static Runnable stopping(Fragment fragment, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error failure) {
        fragment.stop();
        throw failure;
      }
    };
  }

  /** Waits for all; returns what made the first of them fail, or {@code null}. */
  private static RuntimeException await(List<CompletableFuture<Void>> futures) {
    RuntimeException first = null;
    for (CompletableFuture<Void> future : futures) {
      try {
        future.join();
      } catch (CompletionException failure) {
        if (first == null) {
          first = failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
      }
    }
    return first;
  }
}
