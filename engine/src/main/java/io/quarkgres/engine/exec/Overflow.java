package io.quarkgres.engine.exec;

import io.quarkgres.engine.spill.KeyHash;
import io.quarkgres.engine.spill.SpillFile;
import io.quarkgres.engine.spill.SpillPartitions;
import io.quarkgres.engine.spill.SpilledRows;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The rows that a hash table had no room for. A table that is full keeps its keys, and rows of
 * other keys wait here in partitions; when the input is done, each partition is an input of its
 * own, for an empty table, and may overflow in turn. So no row is taken twice, and nothing of the
 * table has to be written. Used by one thread.
 */
public final class Overflow {
  private final KeyHash hash;
  private final Layout[][] sides;
  private final ExecutionContext context;
  private final Deque<Partition> waiting = new ArrayDeque<>();
  private SpillFile file;
  private SpillPartitions open;
  private Partition current;
  private int level;
  private long diskBytes;
  private long batches;

  /** Rows of equal hashes; {@code next} is the next block of each side. */
  private record Partition(SpilledRows[] rows, int[] next, int level) {
    private long rowCount() {
      return Arrays.stream(rows).mapToLong(SpilledRows::rows).sum();
    }

    private boolean isSmall() {
      return Arrays.stream(rows).mapToLong(SpilledRows::bytes).sum() <= SpillPartitions.BYTES_MIN;
    }

    private void release() {
      for (SpilledRows side : rows) {
        side.release();
      }
    }
  }

  /** Makes room for rows of one or two inputs; NULL keys equal each other. */
  public Overflow(SqlType[] keyTypes, ExecutionContext context, Layout[]... sides) {
    this(hash(keyTypes), context, sides);
  }

  private Overflow(KeyHash hash, ExecutionContext context, Layout[]... sides) {
    this.hash = hash;
    this.sides = sides;
    this.context = context;
  }

  private static KeyHash hash(SqlType[] keyTypes) {
    boolean[] nullsMatch = new boolean[keyTypes.length];
    Arrays.fill(nullsMatch, true);
    return new KeyHash(keyTypes, nullsMatch);
  }

  /** Returns an empty one for the same rows. */
  public Overflow empty() {
    return new Overflow(hash, context, sides);
  }

  /** Tells whether a table that holds so many bytes takes no more keys. */
  public boolean isFull(long bytes) {
    return bytes > context.memory().hashBytes()
        && level < SpillPartitions.LEVELS
        && (current == null || !current.isSmall());
  }

  /** Adds the selected rows of an input, given their keys. */
  public void add(int side, Column[] columns, Selection rows, Column[] keys) {
    if (rows.count() == 0) {
      return;
    }
    if (open == null) {
      file = context.spillFile();
      open = new SpillPartitions(file, hash, level, sides);
    }
    open.add(side, columns, rows, keys);
  }

  /** Tells whether rows of the present input wait. */
  public boolean hasWaiting() {
    return open != null;
  }

  /** Goes on to a partition that waits; false when there is none. */
  public boolean nextPartition() {
    if (current != null) {
      current.release();
      current = null;
    }
    enqueue();
    current = waiting.poll();
    level = current == null ? 0 : current.level();
    return current != null;
  }

  private void enqueue() {
    if (open == null) {
      return;
    }
    open.finish();
    diskBytes += file.size();
    for (int p = SpillPartitions.COUNT - 1; p >= 0; p--) {
      SpilledRows[] rows = new SpilledRows[sides.length];
      for (int s = 0; s < rows.length; s++) {
        rows[s] = open.rows(s, p);
      }
      Partition partition = new Partition(rows, new int[rows.length], level + 1);
      if (partition.rowCount() == 0) {
        partition.release();
      } else {
        waiting.push(partition);
        batches++;
      }
    }
    open = null;
  }

  /** Returns the next block of an input in the partition, {@code null} at its end. */
  public Block next(int side) {
    context.checkInterruption();
    if (current == null || current.next()[side] == current.rows()[side].blocks()) {
      return null;
    }
    return current.rows()[side].read(current.next()[side]++);
  }

  /** Says how much had to wait; {@code peakBytes} is what the table held. */
  public void describe(OperatorStatistics statistics, long peakBytes) {
    if (statistics != null) {
      statistics.hashed(1 + batches, peakBytes, diskBytes);
    }
  }

  /** Lets all rows go. */
  public void close() {
    if (open != null) {
      open.release();
      open = null;
    }
    if (current != null) {
      current.release();
      current = null;
    }
    waiting.forEach(Partition::release);
    waiting.clear();
    level = 0;
  }
}
