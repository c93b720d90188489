package io.quarkgres.spi.store;

/**
 * What a write-ahead log has done since the start; positions are bytes from the log's beginning.
 * Thread: any.
 *
 * @param insertPosition where the next record will about be
 * @param flushPosition behind all that is on disk
 * @param records records written
 * @param bytes bytes written
 * @param fullBuffers how often a transaction had to write because the buffer was full
 * @param writes how often the log was written
 * @param syncs how often it was synced
 * @param writeNanos time spent in writes
 * @param syncNanos time spent in syncs
 * @param checkpointsTimed checkpoints made because they were due
 * @param checkpointsRequested checkpoints that somebody asked for
 * @param checkpointNanos time spent in checkpoints
 */
public record LogStatistics(
    long insertPosition,
    long flushPosition,
    long records,
    long bytes,
    long fullBuffers,
    long writes,
    long syncs,
    long writeNanos,
    long syncNanos,
    long checkpointsTimed,
    long checkpointsRequested,
    long checkpointNanos) {
  /** What a storage without a log has. */
  public static final LogStatistics NONE = new LogStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
