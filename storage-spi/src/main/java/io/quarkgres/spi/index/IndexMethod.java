package io.quarkgres.spi.index;

/**
 * An access method such as {@code btree}, {@code hash} or {@code hnsw}: makes the structures of
 * indexes. Registered by name. Thread: any.
 */
public interface IndexMethod {
  /** Returns PostgreSQL's name of the method. */
  String name();

  /** Makes an empty structure for an index. Raises 22023 for an option out of range. */
  IndexStructure create(IndexSpec spec);
}
