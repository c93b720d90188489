package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes the changes of the log again on several threads: records are decoded side by side, a batch
 * at a time, and each table's changes are made one after another, beside those of other tables.
 * Used by one thread, which waits when the others lag behind.
 */
final class ParallelReplay {
  /** So many bytes of records are decoded at a time. */
  private static final int BATCH_BYTES = 256 << 10;

  /** So many batches may be under way; each may be some times as large when decoded. */
  private static final int BATCHES_MAX = 16;

  /** The lane of changes that are no table's. */
  private static final long NO_TABLE = -1;

  private record Part(byte[] bytes, int from, int to, String path, long offset) {}

  private final Executor workers;
  private final Consumer<Change> receiver;
  private List<Part> parts = new ArrayList<>();
  private int partBytes;

  /** Batches that are being decoded, in order: by table and, in each, in order. */
  private final Deque<CompletableFuture<Map<Long, List<Change>>>> decoding = new ArrayDeque<>();

  /** Batches whose changes are being made. */
  private final Deque<CompletableFuture<Void>> making = new ArrayDeque<>();

  /** The newest task of each table. */
  private final Map<Long, CompletableFuture<Void>> lanes = new HashMap<>();

  ParallelReplay(Executor workers, Consumer<Change> receiver) {
    this.workers = workers;
    this.receiver = receiver;
  }

  /**
   * Takes changes, {@code bytes[from..to)}, which stay as they are.
   *
   * @param path the file they are from
   * @param offset where in it the record is
   */
  void add(byte[] bytes, int from, int to, String path, long offset) {
    parts.add(new Part(bytes, from, to, path, offset));
    partBytes += to - from;
    if (partBytes >= BATCH_BYTES) {
      submit();
      if (decoding.size() + making.size() > BATCHES_MAX) {
        dispatch();
      }
    }
  }

  /** Returns when all changes are made; raises XX001 when one cannot be. */
  void finish() {
    submit();
    while (!decoding.isEmpty()) {
      dispatch();
    }
    making.forEach(ParallelReplay::join);
  }

  private void submit() {
    List<Part> batch = parts;
    decoding.add(CompletableFuture.supplyAsync(() -> decoded(batch), workers));
    parts = new ArrayList<>();
    partBytes = 0;
  }

  private static Map<Long, List<Change>> decoded(List<Part> batch) {
    Map<Long, List<Change>> result = new HashMap<>();
    for (Part part : batch) {
      try {
        ChangeCodec.read(
            part.bytes,
            part.from,
            part.to,
            change -> result.computeIfAbsent(table(change), t -> new ArrayList<>()).add(change));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw WalErrors.corrupted(
            part.path, "record at offset " + part.offset + ": " + e.getMessage());
      }
    }
    return result;
  }

  private static long table(Change change) {
    return switch (change) {
      case Change.TableAdded c -> c.table();
      case Change.TableRemoved c -> c.table();
      case Change.RowsInserted c -> c.table();
      case Change.RowsUpdated c -> c.table();
      case Change.RowsDeleted c -> c.table();
      case Change.Put c -> NO_TABLE;
    };
  }

  /** Queues the oldest decoded batch in the lanes of its tables, if not too many are there. */
  private void dispatch() {
    while (making.size() >= BATCHES_MAX / 2) {
      join(making.poll());
    }
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    join(decoding.poll())
        .forEach((table, changes) -> {
          CompletableFuture<Void> before =
              lanes.getOrDefault(table, CompletableFuture.completedFuture(null));
          CompletableFuture<Void> task =
              before.thenRunAsync(() -> changes.forEach(receiver), workers);
          lanes.put(table, task);
          tasks.add(task);
        });
    making.add(CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)));
  }

  /** Waits for a task; raises what it raised. */
  static <T> T join(CompletableFuture<T> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case SqlException sql -> sql;
        case RuntimeException bug -> bug;
        default -> e;
      };
    }
  }
}
