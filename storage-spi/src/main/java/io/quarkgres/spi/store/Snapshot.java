package io.quarkgres.spi.store;

/**
 * What a reader sees: a point in commit order, and how far into its own transaction. Held open
 * until closed, because undo that it needs must be kept. Thread: any.
 */
public interface Snapshot extends AutoCloseable {
  /** Returns the commit timestamp up to which everything committed is seen. */
  long timestamp();

  /** Lets go of the snapshot; closing it twice is a no-op. */
  @Override
  void close();
}
