package io.quarkgres.storage.memory;

import java.util.Arrays;
import java.util.List;

/** The tables that a committing transaction wrote, and by how many rows each grows. */
final class TouchedTables {
  private MemoryTable[] tables = new MemoryTable[2];
  private long[] growth = new long[2];
  private boolean[] hasRows = new boolean[2];
  private int count;
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
    int at = find(batch.chunk.table());
    hasRows[at] = true;
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
      hasRows = Arrays.copyOf(hasRows, count * 2);
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

  void endCommit() {
    for (int i = 0; i < count; i++) {
      tables[i].endCommit(growth[i], hasRows[i]);
    }
  }
}
