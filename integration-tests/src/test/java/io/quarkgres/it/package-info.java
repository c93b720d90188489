/// Proof of compatibility: real clients and recorded scripts against a really started server.
///
/// Read [io.quarkgres.it.ServerUnderTest] first: every suite asks [io.quarkgres.it.Servers] for the
/// one server of this test run, which is either the packaged server started as a child process or,
/// with `-Dquarkgres.it.url=host:port`, one that is already running.
/// [io.quarkgres.it.OraclePostgres] is a private real PostgreSQL, started only by the suites that
/// compare with it.
///
/// In: the packaged server, PostgreSQL's programs, `src/test/sql`. Out: verdicts only. Suites run
/// one after the other on the test thread; those about concurrency open their own threads and
/// coordinate by what the server itself shows (its locks), never by sleeping.
///
/// Invariants: expected output comes from PostgreSQL, never from our server and never by hand; each
/// suite works in its own database or schema and leaves the server usable for the next one. Not
/// here: tests of a single module's classes.
package io.quarkgres.it;
