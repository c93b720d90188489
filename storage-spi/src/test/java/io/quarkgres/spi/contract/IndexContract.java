package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Indexes find what each snapshot sees, once, and keep keys unique. */
public abstract class IndexContract extends StorageContract {
  private TableIndex add(String name, boolean unique, int... columns) {
    Transaction t = begin();
    TableIndex index = ledger.index(t, Ledger.spec(name, unique, columns));
    t.commit();
    return index;
  }

  private TableIndex unique() {
    return add("ledger_pkey", true, Ledger.ID);
  }

  @Test
  void findsRowsByKeyInKeyOrder() {
    TableIndex index = add("by_balance", false, Ledger.BALANCE);
    List<Long> keys = new ArrayList<>();
    for (long i = -1500; i < 1500; i++) {
      keys.add(i);
    }
    Collections.shuffle(keys, new Random(42));
    Transaction t = begin();
    for (long key : keys) {
      ledger.put(t, key * 2, key, "n");
    }
    ledger.put(t, 1, null, "null");
    t.commit();
    Transaction reader = begin();
    assertThat(Ledger.find(index, reader, 77)).containsExactly("154|77|n");
    assertThat(Ledger.find(index, reader, 5000)).isEmpty();
    try (Snapshot s = reader.snapshot()) {
      List<String> forward = Ledger.scan(index, s, KeyRange.ALL);
      assertThat(forward).hasSize(3001);
      assertThat(forward.get(0)).isEqualTo("-3000|-1500|n");
      assertThat(forward.get(3000)).isEqualTo("1|null|null");
      List<String> backward = Ledger.drain(index.scan(s, KeyRange.ALL, true, new int[] {0, 1, 2}));
      Collections.reverse(backward);
      assertThat(backward).isEqualTo(forward);
      KeyRange range = new KeyRange(ColumnKeys.key(-10), ColumnKeys.key(10));
      assertThat(Ledger.scan(index, s, range)).hasSize(20);
      assertThat(Ledger.drain(index.scan(s, range, true, new int[] {1})))
          .hasSize(20)
          .startsWith("9")
          .endsWith("-10");
      assertThat(index.entryCount(range, 21)).isEqualTo(20);
      assertThat(index.entryCount(range, 20)).isEqualTo(20);
      assertThat(index.entryCount(range, 7)).isEqualTo(7);
    }
    assertThat(index.entryCount()).isEqualTo(3001);
    assertThat(index.entryCount(KeyRange.ALL, 5000)).isEqualTo(3001);
    KeyRange none = new KeyRange(ColumnKeys.key(5000), ColumnKeys.key(5001));
    assertThat(index.entryCount(none, 10)).isZero();
  }

  @Test
  void longAndCompositeKeys() {
    TableIndex index = add("by_note", false, Ledger.NOTE, Ledger.BALANCE);
    Transaction t = begin();
    String common = "a common beginning of more than sixteen bytes ";
    for (int i = 0; i < 300; i++) {
      ledger.put(t, i, i % 3, common + i % 100);
    }
    ledger.put(t, 1000, 1, "short");
    ledger.put(t, 1001, 1, "");
    t.commit();
    Transaction reader = begin();
    try (Snapshot s = reader.snapshot()) {
      KeyRange range = KeyRange.prefix(ColumnKeys.key(common + 42));
      assertThat(Ledger.scan(index, s, range))
          .containsExactlyInAnyOrder(
              "42|0|" + common + 42, "142|1|" + common + 42, "242|2|" + common + 42);
      assertThat(Ledger.scan(index, s, KeyRange.ALL)).hasSize(302);
      assertThat(Ledger.scan(index, s, KeyRange.ALL).get(0)).isEqualTo("1001|1|");
      assertThat(Ledger.scan(index, s, KeyRange.prefix(ColumnKeys.key("short"))))
          .containsExactly("1000|1|short");
    }
  }

  @Test
  void anUpdatedKeyIsFoundUnderTheOldValueByOlderSnapshots() {
    TableIndex index = unique();
    long row = committed(1, 10, "a");
    Transaction old = beginRepeatable();
    assertThat(Ledger.find(index, old, 1)).containsExactly("1|10|a");
    Transaction t = begin();
    ledger.update(t, row, Ledger.ID, 2);
    Transaction other = begin();
    assertThat(Ledger.find(index, other, 1)).containsExactly("1|10|a");
    assertThat(Ledger.find(index, other, 2)).isEmpty();
    assertThat(Ledger.find(index, t, 1)).isEmpty();
    assertThat(Ledger.find(index, t, 2)).containsExactly("2|10|a");
    t.commit();
    storage.reclaim();
    assertThat(Ledger.find(index, old, 1)).containsExactly("1|10|a");
    assertThat(Ledger.find(index, old, 2)).isEmpty();
    try (Snapshot s = old.snapshot()) {
      assertThat(Ledger.scan(index, s, KeyRange.ALL)).containsExactly("1|10|a");
    }
    assertThat(Ledger.find(index, other, 1)).isEmpty();
    assertThat(Ledger.find(index, other, 2)).containsExactly("2|10|a");
    assertThat(index.entryCount()).isEqualTo(2);
    old.commit();
    storage.reclaim();
    assertThat(index.entryCount()).isEqualTo(1);
    assertThat(Ledger.find(index, other, 2)).containsExactly("2|10|a");
  }

  @Test
  void aKeyThatGoesAndComesBackIsFoundOnceByEach() {
    TableIndex index = unique();
    long row = committed(1, 0, "a");
    List<Transaction> readers = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      Transaction reader = beginRepeatable();
      ledger.scan(reader);
      readers.add(reader);
      Transaction t = begin();
      ledger.update(t, row, Ledger.ID, i % 2 == 0 ? 1 : 2);
      ledger.update(t, row, Ledger.BALANCE, i);
      t.commit();
    }
    for (int i = 0; i < 6; i += 2) {
      readers.get(i).commit();
      storage.reclaim();
    }
    for (int i = 1; i < 6; i += 2) {
      Transaction reader = readers.get(i);
      assertThat(Ledger.find(index, reader, 2)).containsExactly("2|" + i + "|a");
      assertThat(Ledger.find(index, reader, 1)).isEmpty();
      try (Snapshot s = reader.snapshot()) {
        assertThat(Ledger.scan(index, s, KeyRange.ALL)).hasSize(1);
      }
      reader.commit();
    }
    storage.reclaim();
    assertThat(index.entryCount()).isEqualTo(1);
    assertThat(Ledger.find(index, begin(), 1)).containsExactly("1|6|a");
  }

  @Test
  void anUpdateThatMovesRowsAlongItsIndexMeetsEachOnce() {
    TableIndex index = add("by_balance", false, Ledger.BALANCE);
    for (int i = 0; i < 200; i++) {
      committed(i, i, "x");
    }
    Transaction t = begin();
    int updated = 0;
    try (Snapshot s = t.snapshot()) {
      BlockCursor cursor = index.scan(s, KeyRange.ALL, false, new int[] {-1, Ledger.BALANCE});
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          String[] row = Ledger.row(block, block.selection().position(i)).split("\\|");
          long id = Long.parseLong(row[0]);
          assertThat(ledger.lock(t, id)).isEqualTo(LockOutcome.LOCKED);
          ledger.set(t, id, Ledger.BALANCE, Long.parseLong(row[1]) + 100);
          updated++;
        }
      }
    }
    assertThat(updated).isEqualTo(200);
  }

  @Test
  void duplicatesAreRefusedAndNothingOfTheRowStays() {
    TableIndex byBalance = add("by_balance", false, Ledger.BALANCE);
    unique();
    long row = committed(1, 10, "a");
    Transaction t = begin();
    Block rows =
        Ledger.rows(
            new Object[] {2, 20, "b"}, new Object[] {1, 30, "dup"}, new Object[] {3, 40, "c"});
    long[] rowIds = new long[3];
    UniqueConflict conflict = new UniqueConflict();
    assertThat(ledger.table().insert(t, rows, rowIds, conflict)).isEqualTo(1);
    assertThat(conflict.position()).isEqualTo(1);
    assertThat(conflict.existingRowId()).isEqualTo(row);
    assertThat(conflict.index().spec().name()).isEqualTo("ledger_pkey");
    t.nextCommand();
    assertThat(ledger.scan(t)).containsExactly("1|10|a", "2|20|b");
    assertThat(byBalance.entryCount()).isEqualTo(2);
    assertThat(ledger.update(t, rowIds[0], Ledger.ID, 1)).isFalse();
    assertThat(ledger.fetch(t, rowIds[0])).isEqualTo("2|20|b");
    assertThat(ledger.insert(t, 2, 0, "own")).isEqualTo(-1 - rowIds[0]);
    t.commit();
    assertThat(ledger.scan(begin())).containsExactly("1|10|a", "2|20|b");
  }

  @Test
  void aKeyMayBeUsedAgainWithinATransaction() {
    TableIndex index = unique();
    long row = committed(1, 10, "a");
    Transaction t = begin();
    ledger.delete(t, row);
    long second = ledger.insert(t, 1, 11, "b");
    assertThat(second).isNotNegative();
    ledger.delete(t, second);
    long third = ledger.insert(t, 1, 12, "c");
    assertThat(third).isNotNegative();
    assertThat(ledger.insert(t, 1, 13, "d")).isNegative();
    assertThat(Ledger.find(index, t, 1)).containsExactly("1|12|c");
    assertThat(Ledger.find(index, begin(), 1)).containsExactly("1|10|a");
    t.commit();
    storage.reclaim();
    assertThat(Ledger.find(index, begin(), 1)).containsExactly("1|12|c");
    assertThat(index.entryCount()).isEqualTo(1);
    Transaction undone = begin();
    ledger.delete(undone, third);
    ledger.insert(undone, 1, 13, "d");
    undone.rollback();
    assertThat(Ledger.find(index, begin(), 1)).containsExactly("1|12|c");
    storage.reclaim();
    assertThat(index.entryCount()).isEqualTo(1);
  }

  @Test
  void anInsertWaitsForTheOpenTransactionThatHasTheKey() {
    unique();
    for (boolean commits : new boolean[] {true, false}) {
      long key = commits ? 1 : 2;
      Transaction first = begin();
      ledger.insert(first, key, 10, "first");
      Transaction second = begin();
      CompletableFuture<Long> waiting =
          asyncUntilParked(() -> ledger.insert(second, key, 20, "second"));
      if (commits) {
        first.commit();
        assertThat(get(waiting)).isNegative();
      } else {
        first.rollback();
        assertThat(get(waiting)).isNotNegative();
      }
      second.commit();
    }
    assertThat(ledger.scan(begin())).containsExactlyInAnyOrder("1|10|first", "2|20|second");
  }

  @Test
  void anInsertWaitsForTheOpenTransactionThatDeletedOrMovedTheKey() {
    unique();
    for (int way = 0; way < 4; way++) {
      boolean commits = way % 2 == 0;
      long key = 10L + way;
      long row = committed(key, 1, "old");
      Transaction first = begin();
      if (way < 2) {
        ledger.delete(first, row);
      } else {
        ledger.update(first, row, Ledger.ID, key + 100);
      }
      Transaction second = begin();
      CompletableFuture<Long> waiting =
          asyncUntilParked(() -> ledger.insert(second, key, 2, "new"));
      if (commits) {
        first.commit();
        assertThat(get(waiting)).isNotNegative();
      } else {
        first.rollback();
        assertThat(get(waiting)).isEqualTo(-1 - row);
      }
      second.commit();
    }
  }

  @Test
  void rollingBackToASavepointLetsAWaitingInsertGoOn() {
    unique();
    Transaction first = begin();
    int mark = first.savepoint();
    ledger.insert(first, 1, 10, "first");
    Transaction second = begin();
    CompletableFuture<Long> waiting =
        asyncUntilParked(() -> ledger.insert(second, 1, 20, "second"));
    first.rollbackTo(mark);
    assertThat(get(waiting)).isNotNegative();
    second.commit();
    first.commit();
    assertThat(ledger.scan(begin())).containsExactly("1|20|second");
  }

  @Test
  void aKeyThatASavepointMayBringBackIsTaken() {
    unique();
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.update(first, row, Ledger.ID, 2);
    int mark = first.savepoint();
    ledger.update(first, row, Ledger.ID, 3);
    Transaction second = begin();
    CompletableFuture<Long> waiting = asyncUntilParked(() -> ledger.insert(second, 2, 20, "b"));
    first.rollbackTo(mark);
    first.commit();
    assertThat(get(waiting)).isEqualTo(-1 - row);
  }

  @Test
  void twoInsertsThatWaitForEachOtherAreADeadlock() {
    unique();
    Transaction first = begin();
    Transaction second = begin();
    ledger.insert(first, 1, 0, "a");
    ledger.insert(second, 2, 0, "b");
    CompletableFuture<Long> waiting = asyncUntilParked(() -> ledger.insert(first, 2, 0, "c"));
    assertThatThrownBy(() -> ledger.insert(second, 1, 0, "d")).hasMessage("deadlock detected");
    second.rollback();
    assertThat(get(waiting)).isNotNegative();
    first.commit();
    assertThat(ledger.scan(begin())).hasSize(2);
  }

  @Test
  void nullsAreDistinctUnlessTheIndexSaysOtherwise() {
    Transaction t = begin();
    ledger.index(t, Ledger.spec("nulls", "btree", true, false, ColumnKeys.of(Ledger.BALANCE)));
    ledger.index(t, Ledger.spec("no_nulls", "btree", true, true, ColumnKeys.of(Ledger.NOTE)));
    assertThat(ledger.insert(t, 1, null, "a")).isNotNegative();
    assertThat(ledger.insert(t, 2, null, null)).isNotNegative();
    assertThat(ledger.insert(t, 3, null, null)).isNegative();
    t.commit();
  }

  @Test
  void partialIndexesHoldOnlyWhatQualifies() {
    Transaction t = begin();
    TableIndex index =
        ledger.index(
            t, Ledger.spec("rich", "btree", true, false, ColumnKeys.partial(100, Ledger.ID)));
    long poor = ledger.insert(t, 1, 10, "a");
    ledger.insert(t, 1, 20, "b");
    ledger.insert(t, 1, 100, "c");
    assertThat(ledger.insert(t, 1, 200, "d")).isNegative();
    assertThat(Ledger.find(index, t, 1)).containsExactly("1|100|c");
    assertThat(ledger.update(t, poor, Ledger.BALANCE, 300)).isFalse();
    long other = ledger.insert(t, 2, 100, "e");
    t.commit();
    Transaction old = beginRepeatable();
    ledger.scan(old);
    Transaction writer = begin();
    ledger.update(writer, other, Ledger.BALANCE, 1);
    ledger.update(writer, poor, Ledger.ID, 2);
    ledger.update(writer, poor, Ledger.BALANCE, 100);
    writer.commit();
    assertThat(Ledger.find(index, old, 2)).containsExactly("2|100|e");
    assertThat(Ledger.find(index, begin(), 2)).containsExactly("2|100|a");
    old.commit();
    storage.reclaim();
    assertThat(index.entryCount()).isEqualTo(2);
  }

  @Test
  void hashIndexesFindEqualKeys() {
    Transaction t = begin();
    TableIndex index =
        ledger.index(
            t, Ledger.spec("by_hash", "hash", false, false, ColumnKeys.of(Ledger.BALANCE)));
    for (int i = 0; i < 100; i++) {
      ledger.put(t, i, i % 10, "x");
    }
    t.nextCommand();
    assertThat(Ledger.find(index, t, 3)).hasSize(10);
    assertThat(storage.hasMethod("hash")).isTrue();
    assertThat(storage.hasMethod("btree")).isTrue();
    assertThat(storage.hasMethod("nonesuch")).isFalse();
  }

  @Test
  void anIndexAddedLaterServesOlderSnapshots() {
    long moved = committed(1, 10, "a");
    long gone = committed(2, 20, "b");
    committed(3, 30, "c");
    Transaction old = beginRepeatable();
    ledger.scan(old);
    Transaction writer = begin();
    ledger.update(writer, moved, Ledger.ID, 5);
    ledger.update(writer, moved, Ledger.ID, 6);
    ledger.delete(writer, gone);
    writer.commit();
    Transaction again = begin();
    ledger.update(again, moved, Ledger.ID, 1);
    ledger.update(again, moved, Ledger.ID, 7);
    again.commit();
    Transaction builder = begin();
    long own = ledger.insert(builder, 8, 80, "own");
    TableIndex index = ledger.index(builder, Ledger.spec("late", true, Ledger.ID));
    ledger.update(builder, own, Ledger.ID, 9);
    assertThat(Ledger.find(index, builder, 9)).hasSize(1);
    assertThat(Ledger.find(index, builder, 8)).isEmpty();
    builder.commit();
    assertThat(Ledger.find(index, old, 1)).containsExactly("1|10|a");
    assertThat(Ledger.find(index, old, 2)).containsExactly("2|20|b");
    assertThat(Ledger.find(index, old, 7)).isEmpty();
    try (Snapshot s = old.snapshot()) {
      assertThat(Ledger.scan(index, s, KeyRange.ALL)).hasSize(3);
    }
    Transaction reader = begin();
    assertThat(Ledger.find(index, reader, 7)).containsExactly("7|10|a");
    assertThat(Ledger.find(index, reader, 1)).isEmpty();
    old.commit();
    storage.reclaim();
    assertThat(index.entryCount()).isEqualTo(3);
  }

  @Test
  void addingAUniqueIndexFindsDuplicates() {
    long a = committed(1, 10, "a");
    long gone = committed(1, 20, "b");
    long b = committed(1, 30, "c");
    Transaction t = begin();
    ledger.delete(t, gone);
    UniqueConflict conflict = new UniqueConflict();
    long[] duplicate = new long[1];
    assertThat(
            ledger
                .table()
                .addIndex(
                    t,
                    Ledger.spec("dup", true, Ledger.ID),
                    conflict,
                    duplicate,
                    new BuildProgress()))
        .isNull();
    assertThat(List.of(conflict.existingRowId(), duplicate[0])).containsExactlyInAnyOrder(a, b);
    assertThat(ledger.table().indexes()).isEmpty();
    ledger.delete(t, b);
    assertThat(ledger.index(t, Ledger.spec("ok", true, Ledger.ID))).isNotNull();
    t.rollback();
    assertThat(ledger.table().indexes()).isEmpty();
  }

  @Test
  void aDroppedIndexGoesOnForItsReaders() {
    TableIndex index = unique();
    for (int i = 0; i < 500; i++) {
      committed(i, i, "x");
    }
    Transaction reader = begin();
    try (Snapshot s = reader.snapshot()) {
      BlockCursor cursor = index.scan(s, KeyRange.ALL, false, new int[] {0});
      cursor.next();
      ledger.table().dropIndex(index);
      assertThat(ledger.table().indexes()).isEmpty();
      assertThat(Ledger.drain(cursor)).isNotEmpty();
    }
    assertThat(committed(1, 1, "dup")).isNotNegative();
  }

  @Test
  void entriesOfDeletedRowsGo() {
    TableIndex index = unique();
    List<Long> rows = new ArrayList<>();
    Transaction t = begin();
    for (int i = 0; i < 3000; i++) {
      rows.add(ledger.put(t, i, i, "x"));
    }
    t.commit();
    Collections.shuffle(rows, new Random(7));
    for (int part = 0; part < 3; part++) {
      Transaction deleter = begin();
      for (long row : rows.subList(part * 1000, part * 1000 + 1000)) {
        ledger.delete(deleter, row);
      }
      deleter.commit();
      storage.reclaim();
      assertThat(index.entryCount()).isEqualTo(2000 - part * 1000L);
      Transaction reader = begin();
      try (Snapshot s = reader.snapshot()) {
        assertThat(Ledger.scan(index, s, KeyRange.ALL)).hasSize(2000 - part * 1000);
      }
    }
    assertThat(index.memoryBytes()).isLessThan(10_000);
  }
}
