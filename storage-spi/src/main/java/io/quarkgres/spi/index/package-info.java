/**
 * Index methods: how an access method plugs in below tables and transactions.
 *
 * <p>Read {@link io.quarkgres.spi.index.IndexMethod} first. A structure holds entries (key, row id)
 * and knows neither snapshots nor transactions: the table that owns it inserts an entry when a row
 * version with a new key appears and removes it when no snapshot can see that version any more, and
 * checks every row id that a search yields against the reader's snapshot. So an entry may stand for
 * a version that the reader does not see, and one row may have several entries with different keys.
 * What a {@link io.quarkgres.spi.index.DistanceIndex} is given as a row id is a number of the
 * entry, of up to 63 bits, which only the table can tell a row from: as a search yields no keys, it
 * is by the number that the table knows which version was found.
 *
 * <p>In: key columns made by the engine's {@link io.quarkgres.spi.index.IndexKeys}. Out: row ids in
 * the order of distance. Threads: any number of searches beside one or many writers; each structure
 * does its own locking and never holds a lock while it yields.
 */
package io.quarkgres.spi.index;
