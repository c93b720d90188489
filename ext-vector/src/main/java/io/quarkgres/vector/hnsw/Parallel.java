package io.quarkgres.vector.hnsw;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work shared by threads, of which the caller is one. Thread: any. */
final class Parallel {
  private Parallel() {}

  /** Does a range of the work with what a thread was given for it. */
  interface Part<T> {
    /** Does the work from {@code begin} to before {@code end}. */
    void run(T with, int begin, int end);
  }

  /** Does all parts of some work, {@code slice} at a time, and raises what one of them raised. */
  static <T> void run(
      int threads, int count, int slice, Supplier<T> take, Part<T> part, Consumer<T> give) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            T with = take.get();
            for (int i = next.getAndAdd(slice); i < count; i = next.getAndAdd(slice)) {
              part.run(with, i, Math.min(count, i + slice));
            }
            give.accept(with);
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(count);
          }
        };
    int slices = (count + slice - 1) / slice;
    Thread[] others = new Thread[Math.max(0, Math.min(threads, slices) - 1)];
    for (int i = 0; i < others.length; i++) {
      others[i] = Thread.ofPlatform().daemon().name("hnsw-build-" + i).start(work);
    }
    work.run();
    for (Thread other : others) {
      join(other);
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits for a thread that is certain to end soon; an interrupt waits until then. */
  private static void join(Thread thread) {
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
