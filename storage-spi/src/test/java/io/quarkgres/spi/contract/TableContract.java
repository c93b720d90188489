package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows go in and come out again, in every layout, by scan and by row id. */
public abstract class TableContract extends StorageContract {
  private static final int MANY = 5000;

  @Test
  void scansWhatWasInserted() {
    committed(1, 10, "a");
    committed(2, null, null);
    assertThat(ledger.scan(begin())).containsExactly("1|10|a", "2|null|null");
  }

  @Test
  void insertsOnlySelectedRows() {
    Transaction t = begin();
    Block rows =
        Ledger.rows(new Object[] {1, 1, "a"}, new Object[] {2, 2, "b"}, new Object[] {3, 3, "c"})
            .select(new Selection(new int[] {0, 2}, 2));
    long[] rowIds = new long[2];
    assertThat(ledger.table().insert(t, rows, rowIds, new UniqueConflict())).isEqualTo(2);
    t.nextCommand();
    assertThat(ledger.scan(t)).containsExactly("1|1|a", "3|3|c");
    assertThat(ledger.fetch(t, rowIds[1])).isEqualTo("3|3|c");
  }

  @Test
  void scansManyRowsInRowIdOrder() {
    Transaction t = begin();
    insertMany(t, MANY);
    t.commit();
    Transaction reader = begin();
    try (Snapshot snapshot = reader.snapshot()) {
      BlockCursor cursor =
          ledger.table().scan(snapshot, new int[] {TableStore.ROW_ID, 0}, List.of());
      long count = 0;
      long last = -1;
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          int p = block.selection().position(i);
          long row = ((LongColumn) block.column(0)).values()[p];
          assertThat(row).isGreaterThan(last);
          assertThat(((LongColumn) block.column(1)).values()[p]).isEqualTo(count++);
          last = row;
        }
      }
      assertThat(count).isEqualTo(MANY);
    }
    assertThat(ledger.table().rowCountEstimate()).isEqualTo(MANY);
  }

  @Test
  void morselsCoverAllRowsOnce() {
    Transaction t = begin();
    insertMany(t, MANY);
    try (Snapshot snapshot = t.snapshot()) {
      long[] bounds = ledger.table().morsels(2048);
      assertThat(bounds.length).isGreaterThan(2);
      List<String> rows = new ArrayList<>();
      for (int i = 0; i + 1 < bounds.length; i++) {
        rows.addAll(
            Ledger.drain(
                ledger
                    .table()
                    .scanRange(snapshot, new int[] {0}, List.of(), bounds[i], bounds[i + 1])));
      }
      assertThat(rows).hasSize(MANY).doesNotHaveDuplicates();
      List<String> part =
          Ledger.drain(ledger.table().scanRange(snapshot, new int[] {0}, List.of(), 10, 13));
      assertThat(part).containsExactly("10", "11", "12");
    }
  }

  @Test
  void rangeFiltersSkipNothingThatMatches() {
    Transaction t = begin();
    long[] rows = insertMany(t, MANY);
    ledger.update(t, rows[4000], Ledger.ID, 7_000_000);
    try (Snapshot snapshot = t.snapshot()) {
      List<String> found =
          Ledger.drain(
              ledger
                  .table()
                  .scan(
                      snapshot, new int[] {0}, List.of(new RangeFilter(0, 7_000_000, 9_000_000))));
      assertThat(found).contains("7000000").hasSizeLessThan(MANY);
    }
  }

  @Test
  void fetchIsAlignedWithTheIdsAsked() {
    long a = committed(1, 10, "a");
    long b = committed(2, 20, "b");
    Transaction t = begin();
    ledger.delete(t, a);
    t.commit();
    Transaction reader = begin();
    try (Snapshot snapshot = reader.snapshot()) {
      Block block =
          ledger.table().fetch(snapshot, new long[] {b, a, b}, 3, new int[] {0, TableStore.ROW_ID});
      assertThat(block.positionCount()).isEqualTo(3);
      assertThat(block.selection().toPositions()).startsWith(0, 2);
      assertThat(block.rowCount()).isEqualTo(2);
      assertThat(Ledger.row(block, 0)).isEqualTo("2|" + b);
    }
  }

  @Test
  void aBlockNeverChangesUnderItsReader() {
    Transaction t = begin();
    long[] rows = insertMany(t, 100);
    ledger.update(t, rows[7], Ledger.BALANCE, null);
    ledger.update(t, rows[8], Ledger.NOTE, null);
    t.commit();
    storage.reclaim();
    Transaction reader = begin();
    Snapshot snapshot = reader.snapshot();
    BlockCursor cursor = ledger.table().scan(snapshot, new int[] {0, 1, 2}, List.of());
    Block block = cursor.next();
    List<String> before = texts(block);
    Transaction writer = begin();
    for (int i = 0; i < 100; i++) {
      ledger.update(writer, rows[i], Ledger.BALANCE, i % 3 == 0 ? null : 1000 + i);
      ledger.update(writer, rows[i], Ledger.NOTE, i % 2 == 0 ? null : "changed " + i);
    }
    insertMany(writer, 2000);
    ledger.delete(writer, rows[5]);
    writer.commit();
    snapshot.close();
    reader.commit();
    storage.reclaim();
    Transaction another = begin();
    insertMany(another, 2000);
    another.commit();
    assertThat(texts(block)).isEqualTo(before);
  }

  private static List<String> texts(Block block) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < block.rowCount(); i++) {
      result.add(Ledger.row(block, block.selection().position(i)));
    }
    return result;
  }

  @Test
  void updatesManyRowsInOneCall() {
    Transaction t = begin();
    long[] rows = insertMany(t, 3000);
    t.commit();
    Transaction writer = begin();
    try (Snapshot snapshot = writer.snapshot()) {
      for (int from = 0; from < 3000; from += 1000) {
        long[] ids = new long[500];
        LongBuilder values = new LongBuilder(1000);
        int[] positions = new int[500];
        for (int i = 0; i < 1000; i++) {
          values.append(-from - i);
        }
        for (int i = 0; i < 500; i++) {
          positions[i] = 2 * i;
          ids[i] = rows[from + 2 * i];
          ledger.table().lock(writer, snapshot, ids[i], RowLockMode.UPDATE, WaitPolicy.WAIT);
        }
        Block block = new Block(new Column[] {values.build()}, 1000, new Selection(positions, 500));
        assertThat(
                ledger
                    .table()
                    .update(writer, ids, new int[] {Ledger.BALANCE}, block, new UniqueConflict()))
            .isEqualTo(500);
      }
      assertThat(ledger.fetch(snapshot, rows[2])).isEqualTo("2|2|note 2");
    }
    writer.commit();
    Transaction reader = begin();
    assertThat(ledger.fetch(reader, rows[2])).isEqualTo("2|-2|note 2");
    assertThat(ledger.fetch(reader, rows[3])).isEqualTo("3|3|note 3");
    assertThat(ledger.fetch(reader, rows[2998])).isEqualTo("2998|-2998|note 2998");
  }

  @Test
  void dataVersionRisesWithEachCommitThatWrote() {
    long first = ledger.table().dataVersion();
    committed(1, 1, "a");
    long second = ledger.table().dataVersion();
    assertThat(second).isNotEqualTo(first);
    Transaction reader = begin();
    ledger.scan(reader);
    reader.commit();
    Transaction undone = begin();
    ledger.insert(undone, 2, 2, "b");
    undone.rollback();
    assertThat(ledger.table().dataVersion()).isEqualTo(second);
  }

  @Test
  void everyLayoutKeepsItsValues() {
    List<Layout> layouts = List.of(Layout.values());
    TableStore table = storage.createTable(layouts);
    Transaction t = begin();
    Block first = everyLayout(1);
    long[] rowIds = new long[first.rowCount()];
    assertThat(table.insert(t, first, rowIds, new UniqueConflict())).isEqualTo(3);
    t.nextCommand();
    t.commit();
    Transaction old = beginRepeatable();
    Snapshot before = old.snapshot();
    Transaction writer = begin();
    Block second = everyLayout(2);
    int[] all = new int[layouts.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    try (Snapshot snapshot = writer.snapshot()) {
      for (long row : rowIds) {
        table.lock(writer, snapshot, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
      }
      table.update(writer, rowIds, all, second, new UniqueConflict());
    }
    writer.commit();
    assertSame(table.scan(before, all, List.of()).next(), first);
    assertSame(table.fetch(before, rowIds, 3, all), first);
    before.close();
    Transaction reader = begin();
    try (Snapshot now = reader.snapshot()) {
      assertSame(table.scan(now, all, List.of()).next(), second);
      assertSame(table.fetch(now, rowIds, 3, all), second);
    }
  }

  private static void assertSame(Block actual, Block expected) {
    assertThat(actual.rowCount()).isEqualTo(expected.rowCount());
    for (int c = 0; c < expected.columns().length; c++) {
      for (int i = 0; i < expected.rowCount(); i++) {
        int p = actual.selection().position(i);
        assertThat(actual.column(c).isNull(p)).isEqualTo(expected.column(c).isNull(i));
        if (!expected.column(c).isNull(i)) {
          assertThat(bytes(actual.column(c), p)).isEqualTo(bytes(expected.column(c), i));
        }
      }
    }
  }

  private static byte[] bytes(Column column, int position) {
    ByteSink sink = new ByteSink(16);
    Datums.write(column, position, sink);
    return sink.toByteArray();
  }

  /** Three rows of all layouts, the middle one all NULL over arbitrary values. */
  private static Block everyLayout(int seed) {
    Column[] columns = new Column[Layout.values().length];
    for (Layout layout : Layout.values()) {
      ColumnBuilder builder = ColumnBuilder.of(layout, 3);
      appendOne(builder, seed);
      builder.appendNull();
      appendOne(builder, seed + 10);
      columns[layout.ordinal()] = builder.build();
    }
    // A NULL position holds whatever a kernel left there.
    columns[0] = new BooleanColumn(new boolean[] {true, true, false}, new long[] {2}, 3);
    columns[Layout.BYTES.ordinal()] =
        new BytesColumn(
            new byte[] {1, 2, (byte) seed},
            new int[] {0, 99, 1},
            new int[] {1, 99, 2},
            new long[] {2},
            3);
    return new Block(3, columns);
  }

  private static void appendOne(ColumnBuilder builder, int seed) {
    switch (builder) {
      case BooleanBuilder b -> b.append(seed % 2 == 0);
      case IntBuilder b -> b.append(-seed);
      case LongBuilder b -> b.append(Long.MIN_VALUE + seed);
      case DoubleBuilder b -> b.append(seed == 1 ? Double.NaN : -0.0 * seed);
      case DecimalBuilder b -> {
        if (seed == 2) {
          b.append(new BigDecimal("123456789012345678901234567890.12345"));
        } else {
          b.append(seed, 2);
        }
      }
      case WideBuilder b -> b.append(seed, -seed);
      case BytesBuilder b -> b.append("value " + seed);
      case FloatArrayBuilder b -> b.append(new float[] {seed, 0.5f, -seed});
    }
  }

  @Test
  void valuesOfVeryDifferentSizes() {
    Transaction t = begin();
    String big = "x".repeat(3_000_000);
    long a = ledger.insert(t, 1, 1, big);
    long b = ledger.insert(t, 2, 2, "");
    for (int i = 0; i < 50; i++) {
      ledger.update(t, b, Ledger.NOTE, "y".repeat(i * 1000));
    }
    t.commit();
    Transaction reader = begin();
    assertThat(ledger.fetch(reader, a)).isEqualTo("1|1|" + big);
    assertThat(ledger.fetch(reader, b)).isEqualTo("2|2|" + "y".repeat(49_000));
  }

  @Test
  void spaceOfDeletedRowsIsUsedAgain() {
    long size = 0;
    for (int round = 0; round < 30; round++) {
      Transaction t = begin();
      long[] rows = insertMany(t, 3000);
      t.commit();
      Transaction deleter = begin();
      for (long row : rows) {
        ledger.delete(deleter, row);
      }
      deleter.commit();
      storage.reclaim();
      if (round == 2) {
        size = ledger.table().memoryBytes();
      }
    }
    assertThat(ledger.scan(begin())).isEmpty();
    assertThat(ledger.table().memoryBytes()).isLessThanOrEqualTo(Math.max(size, 200_000) * 2);
    assertThat(storage.statistics().undoRecords()).isZero();
  }

  /** Inserts rows {@code (i, i, "note i")} in one command; returns their ids. */
  private long[] insertMany(Transaction t, int n) {
    long[] all = new long[n];
    for (int from = 0; from < n; from += Block.ROWS_MAX) {
      int count = Math.min(Block.ROWS_MAX, n - from);
      Object[][] rows = new Object[count][];
      for (int i = 0; i < count; i++) {
        rows[i] = new Object[] {from + i, from + i, "note " + (from + i)};
      }
      long[] ids = new long[count];
      int inserted = ledger.table().insert(t, Ledger.rows(rows), ids, new UniqueConflict());
      assertThat(inserted).isEqualTo(count);
      System.arraycopy(ids, 0, all, from, count);
    }
    t.nextCommand();
    return all;
  }
}
