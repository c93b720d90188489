/**
 * The vector extension: the type {@code vector}, its distances, arithmetic, aggregates and casts.
 *
 * <p>Read {@link io.quarkgres.vector.VectorExtension} first: it lists everything that CREATE
 * EXTENSION makes visible, with its fixed oids. In: columns of float arrays and the type's text and
 * binary forms. Out: the same, and distances as doubles. Thread: any; nothing here has state beyond
 * one call or one aggregate.
 *
 * <p>Names, limits, error texts and formats are those of pgvector 0.8. Distances are added up in
 * floats in a fixed order (see {@link io.quarkgres.vector.Metric}), so that one server always gives
 * the same bits; pgvector's own sums depend on its compiler, so the last digits of a float sum may
 * differ from it above seven dimensions. The index method is in {@code io.quarkgres.vector.hnsw}.
 * {@code halfvec}, {@code sparsevec} and functions over {@code bit} are not there.
 */
package io.quarkgres.vector;
