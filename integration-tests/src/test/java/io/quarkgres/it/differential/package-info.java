/// Random queries, executed by our server and by a real PostgreSQL, whose answers must be equal.
///
/// Read [io.quarkgres.it.differential.DifferentialIT] first, then
/// [io.quarkgres.it.differential.QueryGenerator]. In: a seed; out: a schema with data, and queries
/// whose answer is fully determined: windows and limits are ordered by a key, floating point values
/// are multiples of one half, divisors are never zero, and nothing depends on the order in which
/// conditions are evaluated. So each difference is a defect of our server. A seed alone reproduces
/// everything. Runs on the test thread.
///
/// [io.quarkgres.it.differential.VectorDifferentialIT] does the same for vectors, with a PostgreSQL
/// that has pgvector and searches exactly, while ours searches by indexes.
///
/// Not here: performance, and statements whose answer PostgreSQL itself leaves open.
package io.quarkgres.it.differential;
