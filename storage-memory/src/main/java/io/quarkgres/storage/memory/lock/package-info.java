/**
 * Locks on objects, and who waits for whom.
 *
 * <p>Read {@link io.quarkgres.storage.memory.lock.MemoryLockTable} first: it implements {@link
 * io.quarkgres.spi.lock.LockTable} with a {@code LockQueue} for each object that is locked, first
 * come first. In: an owner, an object, a mode. Out: nothing, once the lock is held; 40P01, 55P03 or
 * the interruption's reason otherwise.
 *
 * <p>{@link io.quarkgres.storage.memory.lock.WaitGraph} is one for a storage and knows all that
 * really wait, also for rows and for the ends of transactions, which bring {@link
 * io.quarkgres.storage.memory.lock.Waiter}s of their own. A {@link
 * io.quarkgres.storage.memory.lock.LockingTransaction} keeps its own list of locks; what sessions
 * hold is kept here.
 *
 * <p>Threads: any. Lock order: the graph, then a queue. Who waits holds none of them.
 */
package io.quarkgres.storage.memory.lock;
