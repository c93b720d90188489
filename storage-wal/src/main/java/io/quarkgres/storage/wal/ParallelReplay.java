package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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
 * at a time, and dealt out to lanes by table and by where in it the rows are. The changes of a lane
 * are made one after another, beside those of other lanes; what is about a table as a whole comes
 * after all before it, and before all that follow. Used by one thread, which waits when the others
 * lag behind.
 */
final class ParallelReplay {
  /** So many bytes of records are decoded at a time. */
  private static final int BATCH_BYTES = 256 << 10;

  /** So many batches may be under way; each may be some times as large when decoded. */
  private static final int BATCHES_MAX = 16;

  /** The table of changes that are no table's. */
  private static final long NO_TABLE = -1;

  /** So many lanes a table has; a step of its rows is in one of them. */
  private static final int LANES = 16;

  /** In place of a lane's number: all of the table's. */
  private static final int ALL_LANES = -1;

  private record Part(byte[] bytes, int from, int to, String path, long offset) {}

  private final Executor workers;
  private final Consumer<Change> receiver;
  private List<Part> parts = new ArrayList<>();
  private int partBytes;

  /** Changes that are made in order by one task. */
  private record Group(long table, int lane, List<Change> changes) {}

  /** Batches that are being decoded, in order. */
  private final Deque<CompletableFuture<List<Group>>> decoding = new ArrayDeque<>();

  /** Batches whose changes are being made. */
  private final Deque<CompletableFuture<Void>> making = new ArrayDeque<>();

  /** The newest task of each lane of each table. */
  private final Map<Long, List<CompletableFuture<Void>>> lanes = new HashMap<>();

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

  private static List<Group> decoded(List<Part> batch) {
    Map<Long, List<Change>> byTable = new HashMap<>();
    for (Part part : batch) {
      try {
        ChangeCodec.read(
            part.bytes,
            part.from,
            part.to,
            change -> byTable.computeIfAbsent(table(change), t -> new ArrayList<>()).add(change));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw WalErrors.corrupted(
            part.path, "record at offset " + part.offset + ": " + e.getMessage());
      }
    }
    List<Group> groups = new ArrayList<>();
    byTable.forEach((table, changes) -> deal(table, changes, groups));
    return groups;
  }

  /** Deals out a table's changes to its lanes; all go one way if one of them is about them all. */
  private static void deal(long table, List<Change> changes, List<Group> out) {
    Map<Integer, List<Change>> byLane = new HashMap<>();
    for (Change change : changes) {
      byLane.computeIfAbsent(lane(change), l -> new ArrayList<>()).add(change);
    }
    if (byLane.containsKey(ALL_LANES)) {
      out.add(new Group(table, ALL_LANES, changes));
    } else {
      byLane.forEach((lane, some) -> out.add(new Group(table, lane, some)));
    }
  }

  private static int lane(Change change) {
    return switch (change) {
      case Change.TableAdded c -> ALL_LANES;
      case Change.TableRemoved c -> ALL_LANES;
      case Change.RowsInserted c -> lane(c.rowIds());
      case Change.RowsUpdated c -> lane(c.rowIds());
      case Change.RowsDeleted c -> lane(c.rowIds());
      case Change.Put c -> ALL_LANES;
    };
  }

  /** A transaction's change is of one step, or of a few. */
  private static int lane(long[] rowIds) {
    long step = rowIds.length == 0 ? 0 : rowIds[0] / Image.STEP;
    for (long row : rowIds) {
      if (row / Image.STEP != step) {
        return ALL_LANES;
      }
    }
    return (int) (step % LANES);
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

  /** Queues the oldest decoded batch in its lanes, if not too many are there. */
  private void dispatch() {
    while (making.size() >= BATCHES_MAX / 2) {
      join(making.poll());
    }
    CompletableFuture<?>[] tasks =
        join(decoding.poll()).stream().map(this::queue).toArray(CompletableFuture[]::new);
    making.add(CompletableFuture.allOf(tasks));
  }

  /** Queues a group behind those before it in its lane, or in all lanes of its table. */
  private CompletableFuture<Void> queue(Group group) {
    List<CompletableFuture<Void>> newest =
        lanes.computeIfAbsent(
            group.table,
            t ->
                new ArrayList<>(
                    Collections.nCopies(LANES, CompletableFuture.completedFuture(null))));
    CompletableFuture<Void> before =
        group.lane == ALL_LANES
            ? CompletableFuture.allOf(newest.toArray(CompletableFuture[]::new))
            : newest.get(group.lane);
    CompletableFuture<Void> task =
        before.thenRunAsync(() -> group.changes.forEach(receiver), workers);
    if (group.lane == ALL_LANES) {
      Collections.fill(newest, task);
    } else {
      newest.set(group.lane, task);
    }
    return task;
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
