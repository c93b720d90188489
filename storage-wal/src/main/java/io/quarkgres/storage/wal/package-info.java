/**
 * Durable storage: write-ahead log, checkpoints and recovery on top of the in-memory tables.
 *
 * <p>Nothing is built here yet. The server refuses {@code --data} until this package provides a
 * storage; what it will hold is the log format, byte by byte, and the rules of recovery.
 */
package io.quarkgres.storage.wal;
