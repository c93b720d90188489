package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What may be made side by side, and what must come before what. */
class ParallelReplayTest {
  private static final int THREADS = 4;
  private static final int TABLES = 2;
  private static final int STEPS = 40;
  private static final int CHANGES = 40_000;

  /** The number of each change that was made, by table and step, in the order it was made. */
  private final Map<Long, List<List<Long>>> made = new HashMap<>();

  ParallelReplayTest() {
    for (long table = 0; table < TABLES; table++) {
      List<List<Long>> steps = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        steps.add(new ArrayList<>());
      }
      made.put(table, steps);
    }
  }

  private void make(Change change) {
    switch (change) {
      case Change.RowsUpdated c -> note(c.table(), c.rowIds(), number(c.values()));
      case Change.TableAdded c -> made.get(c.table()).forEach(step -> step.add(-1L));
      case Change.TableRemoved c -> made.get(c.table()).forEach(step -> step.add(-2L));
      case Change.RowsInserted c -> throw new AssertionError();
      case Change.RowsDeleted c -> throw new AssertionError();
      case Change.Put c -> throw new AssertionError();
    }
  }

  private static long number(Block values) {
    return ((LongColumn) values.column(0)).values()[0];
  }

  /** Adds to lists that are not made for several threads: nobody else may be at the same step. */
  private void note(long table, long[] rowIds, long number) {
    for (long row : rowIds) {
      made.get(table).get((int) (row / Image.STEP)).add(number);
    }
  }

  @Test
  void eachStepsChangesComeInOrder() {
    Random random = new Random(1);
    Map<Long, List<List<Long>>> expected = new ParallelReplayTest().made;
    try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
      ParallelReplay replay = new ParallelReplay(workers, this::make);
      for (long number = 0; number < CHANGES; number++) {
        long table = random.nextInt(TABLES);
        int kind = random.nextInt(1000);
        if (kind < 2) {
          expected.get(table).forEach(step -> step.add(kind == 0 ? -1L : -2L));
          add(
              replay,
              kind == 0
                  ? new Change.TableAdded(table, List.of(Layout.INT64))
                  : new Change.TableRemoved(table));
        } else {
          long[] rows = rows(random, kind < 100 ? 3 : 1);
          for (long row : rows) {
            expected.get(table).get((int) (row / Image.STEP)).add(number);
          }
          add(replay, updated(table, rows, number));
        }
      }
      replay.finish();
    }
    assertThat(made).isEqualTo(expected);
  }

  /** Returns rows of one step, or of several. */
  private static long[] rows(Random random, int steps) {
    long[] rows = new long[steps];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) (random.nextInt(STEPS / steps) + STEPS / steps * i) * Image.STEP;
    }
    return rows;
  }

  private static Change updated(long table, long[] rows, long number) {
    long[] values = new long[rows.length];
    values[0] = number;
    return new Change.RowsUpdated(
        table,
        rows,
        new int[] {0},
        new Block(rows.length, new LongColumn(values, null, rows.length)));
  }

  private static void add(ParallelReplay replay, Change change) {
    ByteSink out = new ByteSink(64);
    ChangeCodec.write(change, out);
    replay.add(out.array(), 0, out.size(), "test", 0);
  }

  /** Would wait in vain if one came after the other. */
  @Test
  void partsOfOneTableAreMadeSideBySide() {
    Phaser meeting = new Phaser(2);
    try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
      ParallelReplay replay = new ParallelReplay(workers, change -> awaitOther(meeting));
      add(replay, updated(0, new long[] {0}, 1));
      add(replay, updated(0, new long[] {Image.STEP}, 2));
      replay.finish();
    }
    assertThat(meeting.getPhase()).isOne();
  }

  private static void awaitOther(Phaser meeting) {
    try {
      meeting.awaitAdvanceInterruptibly(meeting.arrive(), 1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
