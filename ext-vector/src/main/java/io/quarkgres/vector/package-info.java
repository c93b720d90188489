/**
 * The vector extension: the types {@code vector}, {@code halfvec} and {@code sparsevec}, distances
 * of them and of bit strings, arithmetic, aggregates and casts.
 *
 * <p>Read {@link io.quarkgres.vector.VectorExtension} first: it lists everything that CREATE
 * EXTENSION makes visible, with its fixed oids. In: columns of float arrays and the type's text and
 * binary forms. Out: the same, and distances as doubles. Thread: any; nothing here has state beyond
 * one call or one aggregate.
 *
 * <p>Names, limits, error texts and formats are those of pgvector 0.8. Distances are added up in
 * floats in one fixed order (see {@link io.quarkgres.vector.kernel.Sum}), so that every server
 * gives the same bits; a pgvector that was compiled otherwise may differ in the last digits. The
 * index methods are in {@code io.quarkgres.vector.hnsw} and {@code io.quarkgres.vector.ivfflat}.
 */
package io.quarkgres.vector;
