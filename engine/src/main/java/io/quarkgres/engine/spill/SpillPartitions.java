package io.quarkgres.engine.spill;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.Invariant;
import java.util.Arrays;

/**
 * Rows of one or two inputs dealt out by the hashes of their keys: rows of equal keys are in the
 * same partition. Each level takes other bits of the hash, so that a partition that is too large
 * can be dealt out again. Used by one thread.
 */
public final class SpillPartitions {
  /** How many partitions there are. */
  public static final int COUNT = 1 << SpillPartitions.BITS;

  /** How often rows can be dealt out anew; keys that still do not part are mostly equal ones. */
  public static final int LEVELS = 6;

  /** Rows that take no more in a file are not dealt out again: memory is never as short as that. */
  public static final long BYTES_MIN = 1 << 16;

  private static final int BITS = 5;

  private final SpilledRows[][] partitions;
  private final KeyHash hash;
  private final int shift;
  private long[] hashes = new long[0];

  /**
   * Makes empty partitions in a file.
   *
   * @param level how often the rows were dealt out before
   * @param sides the layouts of the rows of each input
   */
  public SpillPartitions(SpillFile file, KeyHash hash, int level, Layout[]... sides) {
    Invariant.check(level < LEVELS, "rows are dealt out by bits that are left");
    this.hash = hash;
    this.shift = Long.SIZE - BITS * (level + 1);
    this.partitions = new SpilledRows[sides.length][COUNT];
    FrameEncoder encoder = new FrameEncoder();
    for (int s = 0; s < sides.length; s++) {
      for (int p = 0; p < COUNT; p++) {
        partitions[s][p] = new SpilledRows(file, sides[s], encoder);
      }
    }
  }

  /** Adds the selected rows of an input, given their keys. */
  public void add(int side, Column[] columns, Selection rows, Column[] keys) {
    int n = rows.count();
    if (n == 0) {
      return;
    }
    int last = rows.position(n - 1);
    if (hashes.length <= last) {
      hashes = new long[last + 1];
    }
    hash.hash(keys, rows, hashes);
    int[] ends = new int[COUNT + 1];
    for (int i = 0; i < n; i++) {
      ends[partition(rows.position(i)) + 1]++;
    }
    for (int p = 0; p < COUNT; p++) {
      ends[p + 1] += ends[p];
    }
    int[] sorted = new int[n];
    int[] next = ends.clone();
    for (int i = 0; i < n; i++) {
      int position = rows.position(i);
      sorted[next[partition(position)]++] = position;
    }
    for (int p = 0; p < COUNT; p++) {
      int count = ends[p + 1] - ends[p];
      if (count > 0) {
        int[] positions = Arrays.copyOfRange(sorted, ends[p], ends[p + 1]);
        partitions[side][p].append(columns, new Selection(positions, count));
      }
    }
  }

  private int partition(int position) {
    return (int) (hashes[position] >>> shift) & COUNT - 1;
  }

  /** Ends the rows: now they can be read. */
  public void finish() {
    for (SpilledRows[] side : partitions) {
      for (SpilledRows rows : side) {
        rows.finish();
      }
    }
  }

  /** Returns the rows of an input in a partition; who takes them lets them go. */
  public SpilledRows rows(int side, int partition) {
    return partitions[side][partition];
  }

  /** Lets all rows go. */
  public void release() {
    for (SpilledRows[] side : partitions) {
      for (SpilledRows rows : side) {
        rows.release();
      }
    }
  }
}
