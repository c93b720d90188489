/**
 * What it costs to sort rows and to write them for a client, without a socket.
 *
 * <p>Read {@link io.quarkgres.bench.exec.SortBenchmark} first. In: rows made of a fixed seed. Out:
 * JMH's table, microseconds a query or a block. Thread: JMH's.
 */
package io.quarkgres.bench.exec;
