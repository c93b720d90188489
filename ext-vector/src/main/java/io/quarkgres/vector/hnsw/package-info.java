/**
 * The index method {@code hnsw}: approximate nearest neighbours by a graph of small worlds.
 *
 * <p>Read {@link io.quarkgres.vector.hnsw.HnswIndexMethod} first, then {@link
 * io.quarkgres.vector.hnsw.HnswIndex}, which holds the entries, and {@link
 * io.quarkgres.vector.hnsw.HnswCursor}, which answers one query. Below them: {@link
 * io.quarkgres.vector.hnsw.Nodes} is the memory (neighbour lists in int arrays), {@link
 * io.quarkgres.vector.hnsw.Vectors} keeps the vectors, in halves or as codes, off the heap unless
 * they are sparse, and codes beside them while an index is built, {@link
 * io.quarkgres.vector.hnsw.Guidance} says whether halves or codes lead, {@link
 * io.quarkgres.vector.hnsw.Graph} adds nodes, {@link io.quarkgres.vector.hnsw.NeighbourChoice}
 * decides who is linked to whom, {@link io.quarkgres.vector.hnsw.Walk} is the search through one
 * level, with a {@link io.quarkgres.vector.hnsw.Pool} of the best it has found, and {@link
 * io.quarkgres.vector.kernel.Kernel} the arithmetic. In: vectors with row ids. Out: row ids by
 * growing distance.
 *
 * <p>Invariants: a search yields an entry at most once, and every entry that its filter accepts if
 * the caller goes on until the end; distances equal those of the operators bit for bit. With one
 * writer the same calls make the same graph, however many threads a load has. NULLs are not
 * indexed, and neither are zero vectors by cosine distance.
 *
 * <p>Threads: any number of searches and writers; no lock is held while a filter is asked or a row
 * is yielded. A search takes no lock: lists carry a version, and what a reader finds at a place
 * that was given to another row meanwhile is a row its snapshot does not see. The package does not
 * know snapshots. What of a graph is written down, and how it comes back, is {@link
 * io.quarkgres.vector.hnsw.SavedGraph}; the package writes no files itself.
 */
package io.quarkgres.vector.hnsw;
