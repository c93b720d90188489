package io.quarkgres.storage.memory;

/** What a transaction's log holds, in the order it was done. Thread: the transaction's. */
sealed interface LogEntry permits UndoBatch, AddedIndex {}
