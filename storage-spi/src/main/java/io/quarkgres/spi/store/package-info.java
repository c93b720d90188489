/**
 * Tables, transactions and snapshots: what the executor asks of a storage.
 *
 * <p>Read {@link io.quarkgres.spi.store.Storage} first, then {@link
 * io.quarkgres.spi.store.TableStore} and {@link io.quarkgres.spi.store.Transaction}. In: blocks of
 * new values within a transaction. Out: blocks of the rows a snapshot sees.
 *
 * <p>Multi-version rules. Versions carry a transaction and a command number: a statement's snapshot
 * sees what was committed before it was taken and what earlier commands of its own transaction did,
 * not what its own command does. The newest version lies in place, older ones in undo records of
 * the writing transaction, which are freed with the slots of deleted rows and stale index entries
 * as soon as no live snapshot can see them. Row ids are stable 64-bit numbers; an update keeps the
 * row id. A row id may be reused only when no snapshot can see the row that had it.
 *
 * <p>A table store carries no name: the engine's catalog maps relations to stores. A store created
 * in a transaction belongs to whoever holds it; DDL is transactional because the catalog entry that
 * points to it is.
 *
 * <p>Threads: any, usually virtual; a call that waits (for another transaction, a lock) parks its
 * thread and ends with 57014, 55P03 or 40P01 when cancelled, timed out or deadlocked; on a thread
 * that must not park (see {@link io.quarkgres.spi.store.Interruption#setMayWait}) it raises {@link
 * io.quarkgres.spi.error.WouldWait} instead. A transaction's end releases its row locks and the
 * locks it owns in the lock table.
 */
package io.quarkgres.spi.store;
