/// Suites with the clients that people use: pgjdbc, the Vert.x client, psql and pgbench, Hibernate,
/// and the clients of Python and JavaScript.
///
/// Read [io.quarkgres.it.client.JdbcTypesIT] first. In: the server under test; each suite makes a
/// database of its own. Where a suite compares output, the same client talks to a real PostgreSQL
/// of the version that the server claims to be. One thread a suite, the client's own apart. Not
/// here: statements for their own sake, which are golden scripts.
package io.quarkgres.it.client;
