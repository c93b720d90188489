package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.spi.data.Column;
import java.util.Arrays;

/**
 * The rows of a window's input in window order, with the borders of partitions and peer groups.
 * Positions count all rows. Thread: any.
 *
 * @param columns the input's columns
 * @param orderKeys the ORDER BY keys
 * @param order their order
 * @param count how many rows there are
 * @param partitionStarts the first row of each partition, and {@code count} behind the last
 * @param peerStart for each row the first of its peers
 * @param peerEnd for each row the one behind the last of its peers
 */
record WindowRows(
    Column[] columns,
    Column[] orderKeys,
    RowOrder order,
    int count,
    int[] partitionStarts,
    int[] peerStart,
    int[] peerEnd) {

  /** Finds the borders in sorted rows. */
  static WindowRows of(
      Column[] columns,
      Column[] partitionKeys,
      RowOrder partitionOrder,
      Column[] orderKeys,
      RowOrder order,
      int n) {
    int[] starts = new int[n + 1];
    int partitions = 0;
    int[] peerStart = new int[n];
    int[] peerEnd = new int[n];
    boolean[] startsPartition = RowBorders.of(partitionKeys, partitionOrder, n);
    boolean[] startsPeers = RowBorders.of(orderKeys, order, n);
    for (int i = 0; i < n; i++) {
      if (startsPartition[i]) {
        starts[partitions++] = i;
      }
      peerStart[i] = startsPartition[i] || startsPeers[i] ? i : peerStart[i - 1];
    }
    for (int i = n - 1; i >= 0; i--) {
      boolean isLast = i == n - 1 || peerStart[i + 1] != peerStart[i];
      peerEnd[i] = isLast ? i + 1 : peerEnd[i + 1];
    }
    int[] exact = Arrays.copyOf(starts, partitions + 1);
    exact[partitions] = n;
    return new WindowRows(columns, orderKeys, order, n, exact, peerStart, peerEnd);
  }

  int partitions() {
    return partitionStarts.length - 1;
  }
}
