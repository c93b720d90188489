/**
 * The catalog: which schemas, relations, constraints, extensions, databases and roles exist.
 *
 * <p>Read {@link io.quarkgres.engine.catalog.Catalog} first: an immutable version of everything, in
 * which every DDL statement makes a new version private to its transaction; commit puts the
 * transaction's changes on top of the newest public version. Two transactions cannot change one
 * object at a time because DDL takes PostgreSQL's table locks (and a lock on the name it creates).
 *
 * <p>In: names and oids. Out: immutable entries. A relation entry points to the storage's table
 * store that holds its rows, so that TRUNCATE and rewriting ALTER TABLE are a new store behind the
 * same oid, and rolling back DDL is dropping a catalog version. Thread: any; versions are
 * immutable.
 *
 * <p>{@code pg_catalog} and {@code information_schema} are {@link
 * io.quarkgres.engine.catalog.VirtualTable}s computed from a version, never stored.
 */
package io.quarkgres.engine.catalog;
