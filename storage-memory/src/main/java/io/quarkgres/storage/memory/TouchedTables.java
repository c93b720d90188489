package io.quarkgres.storage.memory;

import java.util.Arrays;
import java.util.List;

/** What a committing transaction wrote: chunks, and tables, by how many rows each grows. */
final class TouchedTables {
  private MemoryTable[] tables = new MemoryTable[2];
  private long[] growth = new long[2];
  private int count;

  /** Those of neighbouring changes only once, others perhaps several times. */
  private Chunk[] chunks = new Chunk[2];

  private int chunkCount;
  private long rowCount;

  TouchedTables(List<LogEntry> log) {
    for (LogEntry entry : log) {
      switch (entry) {
        case UndoBatch batch -> add(batch);
        case AddedIndex added -> find(added.table());
      }
    }
  }

  private void add(UndoBatch batch) {
    if (chunkCount == 0 || chunks[chunkCount - 1] != batch.chunk) {
      if (chunkCount == chunks.length) {
        chunks = Arrays.copyOf(chunks, chunkCount * 2);
      }
      chunks[chunkCount++] = batch.chunk;
    }
    int at = find(batch.chunk.table());
    growth[at] +=
        switch (batch.kind) {
          case INSERT -> batch.count;
          case UPDATE -> 0;
          case DELETE -> -batch.count;
        };
    rowCount += batch.count;
  }

  private int find(MemoryTable table) {
    for (int i = count - 1; i >= 0; i--) {
      if (tables[i] == table) {
        return i;
      }
    }
    if (count == tables.length) {
      tables = Arrays.copyOf(tables, count * 2);
      growth = Arrays.copyOf(growth, count * 2);
    }
    tables[count] = table;
    return count++;
  }

  long rowCount() {
    return rowCount;
  }

  void beginCommit() {
    for (int i = 0; i < count; i++) {
      tables[i].beginCommit();
    }
  }

  /** Says that the changes are visible, which the newest image does not have. */
  void endCommit(long newestImage) {
    for (int i = 0; i < count; i++) {
      tables[i].endCommit(growth[i]);
    }
    for (int i = 0; i < chunkCount; i++) {
      chunks[i].changed(newestImage);
    }
  }
}
