package io.quarkgres.vector.index;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work shared by threads, of which the caller is one. The others are kept for a while, as one build
 * shares work thousands of times. The caller waits for those that are at it, not for those that
 * come late: on a busy machine there may never be a second processor. Thread: any.
 */
public final class Parallel {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("vector-build-", 0).factory());

  private Parallel() {}

  /** Does a range of the work with what a thread was given for it. */
  public interface Part<T> {
    /** Does the work from {@code begin} to before {@code end}. */
    void run(T with, int begin, int end);
  }

  /** Does all parts of some work, {@code slice} at a time, and raises what one of them raised. */
  public static <T> void run(
      int threads, int count, int slice, Supplier<T> take, Part<T> part, Consumer<T> give) {
    int slices = (count + slice - 1) / slice;
    Work<T> work = new Work<>(count, slice, take, part, give);
    for (int i = 1; i < Math.min(threads, slices); i++) {
      THREADS.execute(work);
    }
    work.run();
    work.end();
  }

  /** One piece of work for all who come. */
  private static final class Work<T> implements Runnable {
    private final int count;
    private final int slice;
    private final Supplier<T> take;
    private final Part<T> part;
    private final Consumer<T> give;
    private final AtomicInteger next = new AtomicInteger();

    /** Guarded by the monitor, as is all below. */
    private int running;

    private boolean isOver;
    private Throwable failure;

    Work(int count, int slice, Supplier<T> take, Part<T> part, Consumer<T> give) {
      this.count = count;
      this.slice = slice;
      this.take = take;
      this.part = part;
      this.give = give;
    }

    @Override
    public void run() {
      if (!enter()) {
        return;
      }
      Throwable failed = null;
      try {
        T with = take.get();
        for (int i = next.getAndAdd(slice); i < count; i = next.getAndAdd(slice)) {
          part.run(with, i, Math.min(count, i + slice));
        }
        give.accept(with);
      } catch (RuntimeException | Error e) {
        failed = e;
        next.set(count);
      }
      leave(failed);
    }

    private synchronized boolean enter() {
      running += isOver ? 0 : 1;
      return !isOver;
    }

    private synchronized void leave(Throwable failed) {
      if (failure == null) {
        failure = failed;
      }
      running--;
      notifyAll();
    }

    /** Waits for those that are at it, which will not be long; an interrupt waits until then. */
    synchronized void end() {
      isOver = true;
      boolean isInterrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
