/**
 * The hnsw index against the Java port of hnswlib, and against exact search.
 *
 * <p>Read {@link io.quarkgres.bench.vector.HnswBench} first: a program that prints one table. In:
 * its arguments. Out: lines on standard output. Thread: main; builds use more.
 */
package io.quarkgres.bench.vector;
