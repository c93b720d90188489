package io.quarkgres.engine.catalog;

import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks of the start on as many threads as the machine has processors. Thread: any. */
final class SideBySide {
  private SideBySide() {}

  /** Returns what the tasks return, in their order; raises what the first of them raised. */
  static <T> List<T> run(List<Callable<T>> tasks) {
    int threads = Math.clamp(tasks.size(), 1, Runtime.getRuntime().availableProcessors());
    List<T> results = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (Future<T> result : workers.invokeAll(tasks)) {
        results.add(result.get());
      }
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case SqlException sql -> sql;
        case RuntimeException bug -> bug;
        default -> new IllegalStateException(e.getCause());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while indexes were built", e);
    }
    return results;
  }
}
