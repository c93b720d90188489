/**
 * The hash functions that PostgreSQL shows to applications: {@code hashtext}, {@code hashint8} and
 * their like, which give the same numbers here.
 *
 * <p>Read {@link io.quarkgres.engine.function.hash.HashFunctions} first. In: columns. Out: columns
 * of int4, or of int8 for the extended forms, which take a seed. Thread: any.
 *
 * <p>Hash joins, aggregates and indexes do not use them but {@code SqlType.hash}.
 */
package io.quarkgres.engine.function.hash;
