/**
 * The index method {@code hnsw}: approximate nearest neighbours by a graph of small worlds.
 *
 * <p>Read {@link io.quarkgres.vector.hnsw.HnswIndexMethod} first, then {@link
 * io.quarkgres.vector.hnsw.HnswIndex}, which holds the entries, and {@link
 * io.quarkgres.vector.hnsw.HnswCursor}, which answers one query. The graph itself is the library
 * hnswlib-core behind {@link io.quarkgres.vector.hnsw.HnswGraph}; nothing else knows it. In:
 * vectors with row ids. Out: row ids by growing distance.
 *
 * <p>Invariants: a search yields an entry at most once, and every entry that its filter accepts if
 * the caller goes on until the end; distances are computed by the extension's own kernels, so that
 * they equal those of the operators. Entries within one round of a search come in exact order; a
 * later round may find one that is nearer than the last of the round before, because the graph is
 * approximate. NULLs are not indexed, and neither are zero vectors by cosine distance.
 *
 * <p>Threads: any number of searches and writers; no lock is held while a filter is asked or a row
 * is yielded. It does not know snapshots, and it writes no files.
 */
package io.quarkgres.vector.hnsw;
