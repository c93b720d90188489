/**
 * Measurements of vector search.
 *
 * <p>Read {@link io.quarkgres.bench.vector.VectorCompare} first: both a server with pgvector and
 * ours over the wire, with checked answers, by {@code scripts/bench-vectors}. {@link
 * io.quarkgres.bench.vector.HnswBench} measures the index alone, beside the Java port of hnswlib,
 * and {@link io.quarkgres.bench.vector.KernelBenchmark} single distances. In: arguments. Out:
 * tables. Thread: main, and one for each connection.
 */
package io.quarkgres.bench.vector;
