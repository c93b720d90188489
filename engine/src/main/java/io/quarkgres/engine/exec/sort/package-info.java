/**
 * Sorting: ORDER BY, its first rows only, DISTINCT ON.
 *
 * <p>Read {@code RowSorter} first: rows go in, in any number, and come out in order; what does not
 * fit into working memory goes to sorted runs in files, which {@code RunMerge} merges. {@code
 * Sorter} sorts what is in memory, by {@code SortCodes} and {@code RadixSort} where the keys have
 * short codes. {@code TopNOperator} keeps as many rows as a LIMIT asks for.
 *
 * <p>Used by one thread. Invariant: the order is that of {@link io.quarkgres.engine.type.SqlType},
 * and rows of equal keys stay in the order in which they came.
 */
package io.quarkgres.engine.exec.sort;
