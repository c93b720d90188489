/**
 * SQL types: their names and OIDs, text and binary forms, order, equality and type modifiers. Here
 * is what a type is and what all types share; each family has a package of its own, and {@code
 * type.builtin} puts PostgreSQL's together.
 *
 * <p>Read {@link io.quarkgres.engine.type.SqlType} first. One file a type, or a family that shares
 * a layout. In: bytes from a client, or values in columns. Out: columns, or bytes for a client. A
 * type maps onto one {@link io.quarkgres.spi.data.Layout}; a value is a position of a column, so
 * nothing is boxed. Types are stateless and used by any thread; what depends on a session's
 * settings comes through {@link io.quarkgres.engine.type.TypeContext}.
 *
 * <p>Invariants: {@code compare}, {@code equal}, {@code hash} and {@code sortKey} agree; text and
 * binary forms are PostgreSQL's byte for byte; bad input raises PostgreSQL's error with its
 * SQLSTATE. The encodings inside BYTES (arrays, records, json) are described in the type's file.
 *
 * <p>It does not know functions, operators or casts between types. The families use this package,
 * {@code catalog} uses {@code text} and {@code json} uses {@code number}; none uses another.
 */
package io.quarkgres.engine.type;
