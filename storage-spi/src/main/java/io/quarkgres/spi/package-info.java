/**
 * What an executor and a storage share; the contracts live in the packages below.
 *
 * <p>Nothing stands in this package itself: {@code data} holds blocks and columns, {@code store}
 * tables, snapshots and transactions, {@code index} index methods, {@code lock} table and row
 * locks, {@code error} the one exception that carries a user's error.
 */
package io.quarkgres.spi;
