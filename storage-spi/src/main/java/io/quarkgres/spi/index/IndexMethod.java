package io.quarkgres.spi.index;

/**
 * An access method such as {@code hnsw}: makes the structures of indexes. Registered by name; those
 * by the order of keys, {@code btree} and {@code hash}, each storage brings itself. Thread: any.
 */
public interface IndexMethod {
  /** Returns PostgreSQL's name of the method. */
  String name();

  /** Makes an empty structure for an index. Raises 22023 for an option out of range. */
  DistanceIndex create(IndexSpec spec);
}
