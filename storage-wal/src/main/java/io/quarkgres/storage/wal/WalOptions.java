package io.quarkgres.storage.wal;

/**
 * Sizes of the log and of checkpoints. Thread: any.
 *
 * @param segmentBytes from this size on the next frame goes to a new segment
 * @param aheadBytes how much of a segment is filled with zeros at a time
 * @param partBytes a transaction's changes are cut into records of about this size
 * @param bufferBytes a transaction that finds this much unwritten writes it first
 * @param checkpointBytes so much log makes a checkpoint due, unless settings say otherwise
 * @param checkpointSeconds so long after the last one a checkpoint is due if anything was written,
 *     unless settings say otherwise
 * @param tableFileBytes tables from this size on have files of their own in checkpoints
 * @param rowFileBytes such a file has rows of about this size, but whole steps of an image
 * @param spareSegments so many segments that are not needed any more are kept for new ones
 * @param replayThreads so many threads read the data at the start
 */
record WalOptions(
    long segmentBytes,
    int aheadBytes,
    int partBytes,
    int bufferBytes,
    long checkpointBytes,
    int checkpointSeconds,
    long tableFileBytes,
    long rowFileBytes,
    int spareSegments,
    int replayThreads) {
  static final WalOptions DEFAULT =
      new WalOptions(
          16 << 20,
          1 << 20,
          256 << 10,
          8 << 20,
          512L << 20,
          300,
          1 << 20,
          16 << 20,
          8,
          Runtime.getRuntime().availableProcessors());
}
