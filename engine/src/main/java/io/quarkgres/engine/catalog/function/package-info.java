/**
 * Functions about the catalog and the session: visibility, definitions, comments, sequences,
 * settings, advisory locks, privileges, sizes.
 *
 * <p>Read {@link io.quarkgres.engine.catalog.function.CatalogFunctions} first: it registers every
 * family in a kernel table, by the keys of {@code pg_proc.tsv}. In: argument columns. Out: a result
 * column. Everything they know comes from {@link io.quarkgres.engine.catalog.CatalogServices},
 * found through the evaluation context. Thread: the statement's.
 *
 * <p>Invariants: a function about an object that does not exist returns NULL where it got an oid,
 * and raises the object's error where it got a name, as in PostgreSQL.
 */
package io.quarkgres.engine.catalog.function;
