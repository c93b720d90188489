package io.quarkgres.storage.memory;

/** The transaction added an index, which goes if it rolls back. Thread: any. */
record AddedIndex(MemoryTable table, MemoryIndex index) implements LogEntry {}
