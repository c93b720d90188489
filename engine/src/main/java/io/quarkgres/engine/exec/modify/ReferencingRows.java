package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.scan.IndexKeyFormat;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rows that refer to some keys: by an index on the referencing columns if there is one,
 * otherwise by one scan for all keys. Used by one thread.
 */
final class ReferencingRows {
  private final ConstraintEntry.ForeignKey key;
  private final TableEntry table;
  private final ExecutionContext context;
  private final int[] projection;

  ReferencingRows(ConstraintEntry.ForeignKey key, ExecutionContext context) {
    this.key = key;
    this.context = context;
    this.table = (TableEntry) context.catalog().relationByOid(key.tableOid());
    int width = table.columns().size();
    this.projection = Arrays.copyOf(Columns.all(width), width + 1);
    projection[width] = TableStore.ROW_ID;
  }

  /** Returns the table of the rows. */
  TableEntry table() {
    return table;
  }

  /**
   * Rows that were found.
   *
   * @param columns all columns of the table
   * @param rowIds aligned with them
   * @param keyPositions for each row the position of the key it refers to
   */
  record Found(Column[] columns, long[] rowIds, int[] keyPositions, int count) {}

  /**
   * Finds the rows that refer to {@code n} keys, given in the types of the referencing columns.
   *
   * @param isOneEnough whether to stop at the first row
   */
  Found find(Column[] keys, int n, Snapshot snapshot, boolean isOneEnough) {
    int width = table.columns().size();
    Layout[] layouts = table.store().columns().toArray(new Layout[width + 2]);
    layouts[width] = Layout.INT64;
    layouts[width + 1] = Layout.INT32;
    MemoryAccount.Share share = context.memory().share();
    RowBuffer buffer = new RowBuffer(layouts, share);
    IndexEntry index = usableIndex();
    if (index != null) {
      byIndex(index, keys, n, snapshot, isOneEnough, buffer);
    } else {
      byScan(keys, n, snapshot, isOneEnough, buffer);
    }
    int count = buffer.count();
    Column[] all = buffer.build();
    // the rows are gone again when the action on them is done
    share.release();
    return new Found(
        Arrays.copyOf(all, width),
        ((LongColumn) all[width]).values(),
        ((IntColumn) all[width + 1]).values(),
        count);
  }

  private IndexEntry usableIndex() {
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      boolean isSearchable =
          index.index() != null
              && index.predicateSql() == null
              && (index.method().equals("btree")
                  || index.method().equals("hash") && index.keys().size() == key.columns().size());
      if (isSearchable && KeyLookup.keyOrder(index, key.columns()) != null) {
        return index;
      }
    }
    return null;
  }

  private void byIndex(
      IndexEntry index,
      Column[] keys,
      int n,
      Snapshot snapshot,
      boolean isOneEnough,
      RowBuffer buffer) {
    IndexKeyFormat format = IndexKeyFormat.of(index);
    int[] order = KeyLookup.keyOrder(index, key.columns());
    for (int i = 0; i < n; i++) {
      byte[] encoded = KeyLookup.encode(format, order, keys, i);
      if (encoded == null) {
        continue;
      }
      context.checkInterruption();
      KeyRange range = KeyRange.prefix(encoded);
      try (BlockCursor cursor = index.index().scan(snapshot, range, false, projection)) {
        for (Block block = cursor.next(); block != null; block = cursor.next()) {
          int[] positions = new int[block.positionCount()];
          Arrays.fill(positions, i);
          append(block, block.selection(), positions, buffer);
          if (isOneEnough) {
            return;
          }
        }
      }
    }
  }

  private void byScan(
      Column[] keys, int n, Snapshot snapshot, boolean isOneEnough, RowBuffer buffer) {
    SqlType[] types = new SqlType[keys.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = table.columns().get(key.columns().get(i) - 1).type();
    }
    KeyTable wanted = KeyTable.of(types, new boolean[types.length]);
    int[] numbers = new int[n];
    wanted.assign(keys, Selection.dense(n), numbers);
    int[] positionOf = new int[wanted.count()];
    for (int i = n - 1; i >= 0; i--) {
      if (numbers[i] >= 0) {
        positionOf[numbers[i]] = i;
      }
    }
    try (BlockCursor cursor = table.store().scan(snapshot, projection, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        context.checkInterruption();
        Column[] own = new Column[types.length];
        for (int i = 0; i < own.length; i++) {
          own[i] = block.column(key.columns().get(i) - 1);
        }
        int[] found = new int[block.positionCount()];
        wanted.find(own, block.selection(), found);
        Selection matching = matching(block.selection(), found, positionOf);
        if (matching.count() > 0) {
          append(block, matching, found, buffer);
          if (isOneEnough) {
            return;
          }
        }
      }
    }
  }

  /** Keeps the rows with a key number, and turns the numbers into positions of keys. */
  private static Selection matching(Selection rows, int[] found, int[] positionOf) {
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (found[position] >= 0) {
        found[position] = positionOf[found[position]];
        kept[n++] = position;
      }
    }
    return new Selection(kept, n);
  }

  private void append(Block block, Selection rows, int[] keyPositions, RowBuffer buffer) {
    int width = block.columns().length;
    Column[] columns = Arrays.copyOf(block.columns(), width + 1);
    columns[width] = new IntColumn(keyPositions, null, keyPositions.length);
    buffer.append(columns, rows);
  }
}
