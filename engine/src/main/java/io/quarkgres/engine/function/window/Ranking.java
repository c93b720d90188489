package io.quarkgres.engine.function.window;

import io.quarkgres.engine.function.WindowKernel.Partition;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Numbers rows of a partition by their place and their peers. Thread: any. */
final class Ranking {
  private Ranking() {}

  static LongColumn rowNumber(Partition partition) {
    long[] out = new long[partition.rowCount()];
    for (int row = 0; row < out.length; row++) {
      out[row] = row + 1L;
    }
    return Columns.of(out);
  }

  static LongColumn rank(Partition partition) {
    long[] out = new long[partition.rowCount()];
    for (int row = 0; row < out.length; row++) {
      out[row] = partition.peerStart(row) + 1L;
    }
    return Columns.of(out);
  }

  static LongColumn denseRank(Partition partition) {
    long[] out = new long[partition.rowCount()];
    long rank = 0;
    for (int row = 0; row < out.length; row++) {
      rank += partition.peerStart(row) == row ? 1 : 0;
      out[row] = rank;
    }
    return Columns.of(out);
  }

  static DoubleColumn percentRank(Partition partition) {
    double[] out = new double[partition.rowCount()];
    for (int row = 0; row < out.length; row++) {
      out[row] = out.length == 1 ? 0 : partition.peerStart(row) / (double) (out.length - 1);
    }
    return Columns.of(out);
  }

  static DoubleColumn cumulativeDistribution(Partition partition) {
    double[] out = new double[partition.rowCount()];
    for (int row = 0; row < out.length; row++) {
      out[row] = partition.peerEnd(row) / (double) out.length;
    }
    return Columns.of(out);
  }

  /** Spreads the rows over tiles; the first ones get the rows that are left over. */
  static Column tile(Column counts, Partition partition) {
    int rows = partition.rowCount();
    IntBuilder out = new IntBuilder(rows);
    // the first count that is not NULL holds for the rest of the partition
    int first = 0;
    while (first < rows && counts.isNull(first)) {
      out.appendNull();
      first++;
    }
    if (first == rows) {
      return out.build();
    }
    int tiles = Columns.ints(counts)[first];
    if (tiles <= 0) {
      throw new SqlException(
          SqlState.INVALID_ARGUMENT_FOR_NTILE, "argument of ntile must be greater than zero");
    }
    int size = rows / tiles;
    int longer = rows % tiles;
    int tile = 1;
    int inTile = 0;
    for (int row = first; row < rows; row++) {
      if (inTile == size + (tile <= longer ? 1 : 0)) {
        tile++;
        inTile = 0;
      }
      inTile++;
      out.append(tile);
    }
    return out.build();
  }
}
