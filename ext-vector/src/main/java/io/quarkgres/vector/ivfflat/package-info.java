/**
 * The index method {@code ivfflat}: entries in lists, of which a search reads some.
 *
 * <p>Read {@link io.quarkgres.vector.ivfflat.IvfflatIndexMethod} first, then {@link
 * io.quarkgres.vector.ivfflat.ListIndex}, which holds entries in lists, and {@link
 * io.quarkgres.vector.ivfflat.ListCursor}, which answers one query. {@link
 * io.quarkgres.vector.ivfflat.KMeans} finds the centres of the lists, and {@link
 * io.quarkgres.vector.ivfflat.SavedLists} is what of them is written down and comes back. In: keys
 * with row ids. Out: row ids by growing distance.
 *
 * <p>Invariants: a search yields an entry at most once, and every entry that its filter accepts if
 * the caller goes on until the end; {@code ivfflat.probes} lists are one round, in exact order of
 * distance. An index without centres has one list, so that its search is exact. Lists are replaced
 * as a whole, by a training or by a split, and a search keeps to those it began with. Centres come
 * from a seeded k-means, so that the same rows give the same lists, or from what was written down.
 * NULLs are not indexed, and neither are zero vectors by cosine distance.
 *
 * <p>Threads: any number of searches and writers, by one lock an index; it is not held while a
 * filter is asked or a row is yielded. It does not know snapshots, and it writes no files.
 */
package io.quarkgres.vector.ivfflat;
