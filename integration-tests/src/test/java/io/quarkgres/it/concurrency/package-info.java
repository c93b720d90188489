/// Several sessions at once: isolation, row locks, deadlocks, waiting, and memory under churn.
///
/// Read [io.quarkgres.it.concurrency.IsolationIT] first. In: the server under test; each test makes
/// its own table. A session that must wait is given the time that a few hundred statements of
/// another session take; nothing sleeps, and no result depends on how long that was: a session that
/// is late sees the same outcome. All of it holds for a real PostgreSQL, except [MemoryIT], which
/// looks into our own process.
package io.quarkgres.it.concurrency;
