package io.quarkgres.spi.contract;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table of accounts (id INT64, balance INT64, note BYTES) and statements on it. A row reads as
 * {@code id|balance|note}. Thread: any; statements of one transaction from one thread.
 */
public final class Ledger {
  /** Column numbers. */
  public static final int ID = 0;

  public static final int BALANCE = 1;
  public static final int NOTE = 2;

  private static final int[] ALL = {ID, BALANCE, NOTE};

  private final TableStore table;

  /** Makes the table. */
  public Ledger(Storage storage) {
    table = storage.createTable(List.of(Layout.INT64, Layout.INT64, Layout.BYTES));
  }

  /** Takes a table that is there. */
  public Ledger(TableStore table) {
    this.table = table;
  }

  /** Returns the table. */
  public TableStore table() {
    return table;
  }

  /** Describes an index on columns. */
  public static IndexSpec spec(String name, boolean unique, int... columns) {
    return spec(name, "btree", unique, false, ColumnKeys.of(columns));
  }

  /** Describes an index. */
  public static IndexSpec spec(
      String name, String method, boolean unique, boolean nullsNotDistinct, ColumnKeys keys) {
    List<Layout> layouts = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < keys.columns().length; i++) {
      layouts.add(Layout.INT64);
      classes.add("int8_ops");
    }
    return new IndexSpec(
        name, method, layouts, classes, keys, keys, unique, nullsNotDistinct, Map.of());
  }

  /** Adds an index, which the rows there are must allow. */
  public TableIndex index(Transaction transaction, IndexSpec spec) {
    return table.addIndex(
        transaction, spec, new UniqueConflict(), new long[1], new BuildProgress());
  }

  /** Makes a block of rows, each an id, a balance and a note; {@code null} is NULL. */
  public static Block rows(Object[]... rows) {
    LongBuilder ids = new LongBuilder(rows.length);
    LongBuilder balances = new LongBuilder(rows.length);
    BytesBuilder notes = new BytesBuilder(rows.length);
    for (Object[] row : rows) {
      append(ids, row[0]);
      append(balances, row[1]);
      append(notes, row[2]);
    }
    return new Block(rows.length, ids.build(), balances.build(), notes.build());
  }

  private static void append(ColumnBuilder builder, Object value) {
    if (value == null) {
      builder.appendNull();
    } else if (builder instanceof LongBuilder longs) {
      longs.append(((Number) value).longValue());
    } else {
      ((BytesBuilder) builder).append((String) value);
    }
  }

  /** Inserts a row in the current command; returns its id, or {@code -1 - existing} if unique. */
  public long put(Transaction t, Object id, Object balance, Object note) {
    long[] rowIds = new long[1];
    UniqueConflict conflict = new UniqueConflict();
    int n = table.insert(t, rows(new Object[] {id, balance, note}), rowIds, conflict);
    return n == 1 ? rowIds[0] : -1 - conflict.existingRowId();
  }

  /** Inserts a row as a statement of its own. */
  public long insert(Transaction t, Object id, Object balance, Object note) {
    long row = put(t, id, balance, note);
    t.nextCommand();
    return row;
  }

  /** Locks a row for update, waiting, and tells how it went. */
  public LockOutcome lock(Transaction t, long row) {
    return lock(t, row, RowLockMode.UPDATE);
  }

  /** Locks a row, waiting, and tells how it went. */
  public LockOutcome lock(Transaction t, long row, RowLockMode mode) {
    return lock(t, row, mode, WaitPolicy.WAIT);
  }

  /** Locks a row if that needs no wait. */
  public LockOutcome tryLock(Transaction t, long row, RowLockMode mode) {
    return lock(t, row, mode, WaitPolicy.SKIP);
  }

  /** Locks a row by the snapshot of a transaction's next statement. */
  public LockOutcome lock(Transaction t, long row, RowLockMode mode, WaitPolicy policy) {
    try (Snapshot snapshot = t.snapshot()) {
      return table.lock(t, snapshot, row, mode, policy);
    }
  }

  /** Sets a column of a locked row in the current command; false at a unique conflict. */
  public boolean set(Transaction t, long row, int column, Object value) {
    ColumnBuilder builder = ColumnBuilder.of(table.columns().get(column), 1);
    append(builder, value);
    return table.update(
            t,
            new long[] {row},
            new int[] {column},
            new Block(1, builder.build()),
            new UniqueConflict())
        == 1;
  }

  /** Updates a column of a row as a statement of its own. */
  public boolean update(Transaction t, long row, int column, Object value) {
    lock(t, row);
    boolean done = set(t, row, column, value);
    t.nextCommand();
    return done;
  }

  /** Deletes a row as a statement of its own. */
  public void delete(Transaction t, long row) {
    lock(t, row);
    table.delete(t, new long[] {row}, 1);
    t.nextCommand();
  }

  /** Reads all rows by a scan. */
  public List<String> scan(Snapshot snapshot) {
    return drain(table.scan(snapshot, ALL, List.of()));
  }

  /** Reads all rows that a transaction's next statement sees. */
  public List<String> scan(Transaction t) {
    try (Snapshot snapshot = t.snapshot()) {
      return scan(snapshot);
    }
  }

  /** Reads a row by its id; {@code null} if the snapshot does not see it. */
  public String fetch(Snapshot snapshot, long row) {
    Block block = table.fetch(snapshot, new long[] {row}, 1, ALL);
    return block.rowCount() == 0 ? null : row(block, block.selection().position(0));
  }

  /** Reads a row by its id in a transaction's next statement. */
  public String fetch(Transaction t, long row) {
    try (Snapshot snapshot = t.snapshot()) {
      return fetch(snapshot, row);
    }
  }

  /** Reads the rows of an index in key order. */
  public static List<String> scan(TableIndex index, Snapshot snapshot, KeyRange range) {
    return drain(index.scan(snapshot, range, false, ALL));
  }

  /** Reads the rows with one INT64 key. */
  public static List<String> find(TableIndex index, Snapshot snapshot, long key) {
    return scan(index, snapshot, KeyRange.prefix(ColumnKeys.key(key)));
  }

  /** Reads the rows with one INT64 key in a transaction's next statement. */
  public static List<String> find(TableIndex index, Transaction t, long key) {
    try (Snapshot snapshot = t.snapshot()) {
      return find(index, snapshot, key);
    }
  }

  /** Reads all rows of a cursor. */
  public static List<String> drain(BlockCursor cursor) {
    List<String> rows = new ArrayList<>();
    try (cursor) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          rows.add(row(block, block.selection().position(i)));
        }
      }
    }
    return rows;
  }

  /** Writes a row of a block as text. */
  public static String row(Block block, int position) {
    StringBuilder text = new StringBuilder();
    for (Column column : block.columns()) {
      text.append(text.length() == 0 ? "" : "|");
      if (column.isNull(position)) {
        text.append("null");
      } else if (column instanceof LongColumn longs) {
        text.append(longs.values()[position]);
      } else {
        text.append(((BytesColumn) column).string(position));
      }
    }
    return text.toString();
  }
}
