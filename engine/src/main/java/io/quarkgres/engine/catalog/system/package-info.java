/**
 * The virtual tables of {@code pg_catalog} and {@code information_schema}.
 *
 * <p>Read {@link io.quarkgres.engine.catalog.system.SystemTables} first: it makes one virtual table
 * for every relation that PostgreSQL 15 has in these schemas, with the same oids, columns and types
 * (recorded in {@code system_tables.tsv}). Rows come from three places: recorded rows about
 * built-in objects ({@code Facts}), the virtual tables themselves, and the catalog version or the
 * server's state. A table for which nothing is known here is empty.
 *
 * <p>In: a catalog version and an evaluation context. Out: blocks. Thread: any; the rows of the
 * last catalog version that was asked for are kept.
 *
 * <p>Invariants: a column that no filler sets is NULL, or the zero of its type where PostgreSQL
 * declares it NOT NULL. Domains of {@code information_schema} stand as their base types, as clients
 * see them in row descriptions anyway. Access rights are always NULL: there are no grants yet.
 */
package io.quarkgres.engine.catalog.system;
