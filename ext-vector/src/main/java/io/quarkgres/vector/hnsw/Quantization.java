package io.quarkgres.vector.hnsw;

/** What an index keeps of a vector: the storage parameter {@code quantization}. */
enum Quantization {
  /** All of it. */
  NONE,
  /** A byte a dimension. */
  SQ8,
  /** The sign of each dimension, a bit. */
  BQ
}
