/**
 * Heavyweight locks: on relations by PostgreSQL's table lock modes, and advisory locks.
 *
 * <p>Read {@link io.quarkgres.spi.lock.LockTable} first. Waits for these locks, for row locks and
 * for the end of another transaction all lie in one wait-for graph, so that a deadlock across kinds
 * is found (40P01 for the one who closes the circle). Thread: any, usually virtual; waiting parks.
 */
package io.quarkgres.spi.lock;
