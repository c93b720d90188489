package io.quarkgres.storage.memory.serial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What transactions have read, by table. A transaction has at most {@link #SPANS_MAX} marks on the
 * indexes of a table; one more, and they become one on the table. Thread: any, under the graph's
 * monitor.
 */
final class ReadMarks {
  /** How many ranges of keys of one table a transaction marks before it marks the table. */
  static final int SPANS_MAX = 64;

  /**
   * Stands for all tables, where a table has been replaced by another. Table numbers begin at 1.
   */
  private static final long EVERY_TABLE = 0;

  private final Map<Long, TableMarks> tables = new HashMap<>();
  private int count;

  /** Tables with readers that are forgotten. */
  private final Set<Long> forgotten = new HashSet<>();

  /** Returns how many marks there are. */
  int count() {
    return count;
  }

  private TableMarks marks(long table) {
    return tables.computeIfAbsent(table, key -> new TableMarks());
  }

  void addTable(SerializableTransaction reader, long table) {
    TableReads reads = reader.reads.computeIfAbsent(table, key -> new TableReads());
    if (!reads.isWhole) {
      removeSpans(reader, table, reads);
      reads.isWhole = true;
      marks(table).whole.add(reader);
      count++;
    }
  }

  void addSpan(SerializableTransaction reader, long table, Object index, Span span) {
    TableReads reads = reader.reads.computeIfAbsent(table, key -> new TableReads());
    if (reads.isWhole || !reads.add(index, span)) {
      return;
    }
    marks(table).byIndex.computeIfAbsent(index, key -> new IndexMarks()).add(span, reader);
    count++;
    if (reads.count > SPANS_MAX) {
      addTable(reader, table);
    }
  }

  private void removeSpans(SerializableTransaction reader, long table, TableReads reads) {
    if (reads.count == 0) {
      return;
    }
    TableMarks marks = tables.get(table);
    reads.byIndex.forEach((index, spans) -> {
      IndexMarks ofIndex = marks.byIndex.get(index);
      for (Span span : spans) {
        ofIndex.remove(span, reader);
      }
      if (ofIndex.isEmpty()) {
        marks.byIndex.remove(index);
      }
    });
    count -= reads.count;
    reads.byIndex.clear();
    reads.count = 0;
  }

  /** Removes all marks of a transaction. */
  void remove(SerializableTransaction reader) {
    reader.reads.forEach((table, reads) -> {
      removeSpans(reader, table, reads);
      if (reads.isWhole) {
        tables.get(table).whole.remove(reader);
        count--;
      }
      dropIfEmpty(table);
    });
    reader.reads.clear();
  }

  private void dropIfEmpty(long table) {
    TableMarks marks = tables.get(table);
    if (marks != null && marks.isEmpty()) {
      tables.remove(table);
    }
  }

  /** Removes the marks of a committed transaction, keeping of it what fits into two numbers. */
  void forget(SerializableTransaction reader) {
    for (long table : reader.reads.keySet()) {
      TableMarks marks = marks(table);
      marks.forgottenCommit = Math.max(marks.forgottenCommit, reader.commitNumber);
      marks.forgottenEnd = Math.max(marks.forgottenEnd, reader.end());
      forgotten.add(table);
    }
    remove(reader);
  }

  /** Lets go of forgotten readers that committed up to a number. */
  void clearForgotten(long commit) {
    if (!forgotten.isEmpty()) {
      forgotten.removeIf(table -> {
        TableMarks marks = tables.get(table);
        boolean isOver = marks.forgottenCommit <= commit;
        if (isOver) {
          marks.forgottenCommit = 0;
          marks.forgottenEnd = 0;
          dropIfEmpty(table);
        }
        return isOver;
      });
    }
  }

  /** Whoever has read a table has now read all: another table takes its place. */
  void replaced(long table) {
    TableMarks marks = tables.get(table);
    if (marks == null) {
      return;
    }
    Set<SerializableTransaction> readers = new HashSet<>();
    marks.eachReader(readers::add);
    readers.forEach(reader -> addTable(reader, EVERY_TABLE));
    if (marks.forgottenCommit != 0) {
      TableMarks every = marks(EVERY_TABLE);
      every.forgottenCommit = Math.max(every.forgottenCommit, marks.forgottenCommit);
      every.forgottenEnd = Math.max(every.forgottenEnd, marks.forgottenEnd);
      forgotten.add(EVERY_TABLE);
    }
  }

  /** Gives the marks that may be on a row of a table whatever its keys are. */
  void eachOfWhole(long table, Consumer<TableMarks> receiver) {
    TableMarks every = tables.get(EVERY_TABLE);
    if (every != null) {
      receiver.accept(every);
    }
    TableMarks marks = tables.get(table);
    if (marks != null) {
      receiver.accept(marks);
    }
  }

  /** Returns the indexes of a table that have marks of others than one transaction. */
  List<Object> indexes(long table, SerializableTransaction writer) {
    TableMarks marks = tables.get(table);
    if (marks == null || marks.byIndex.isEmpty()) {
      return List.of();
    }
    List<Object> result = new ArrayList<>(marks.byIndex.size());
    marks.byIndex.forEach((index, readers) -> {
      if (readers.hasOtherThan(writer)) {
        result.add(index);
      }
    });
    return result;
  }

  /** Returns the marks of an index, or {@code null}. */
  IndexMarks ofIndex(long table, Object index) {
    TableMarks marks = tables.get(table);
    return marks == null ? null : marks.byIndex.get(index);
  }
}
