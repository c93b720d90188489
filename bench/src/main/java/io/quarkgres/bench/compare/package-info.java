/**
 * Compares a running server with PostgreSQL and DuckDB, every answer checked: {@code
 * scripts/compare} starts the servers and runs {@link io.quarkgres.bench.compare.Compare}.
 *
 * <p>In: the ports of the servers. Out: tables in Markdown and a chart, in which PostgreSQL is the
 * anchor: a ratio above 1 means faster. Samples of the servers alternate, so that what else the
 * machine does hits all of them. Rows are read and not decoded, except to check them.
 */
package io.quarkgres.bench.compare;
