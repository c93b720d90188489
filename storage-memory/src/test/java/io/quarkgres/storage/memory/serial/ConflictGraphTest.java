package io.quarkgres.storage.memory.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much the graph keeps, and that what it forgets is not lost. */
class ConflictGraphTest {
  private static final long TABLE = 7;
  private static final SerializableTransaction.WrittenKeys NO_KEYS = index -> List.of();

  private final ConflictGraph graph = new ConflictGraph(100);
  private long id;

  private SerializableTransaction begin() {
    return graph.begin(null, ++id, false, () -> {});
  }

  private static void commit(SerializableTransaction transaction) {
    transaction.prepare();
    transaction.committed();
  }

  private static KeyRange key(int value) {
    return KeyRange.prefix(new byte[] {1, (byte) (value >> 8), (byte) value, 0});
  }

  @Test
  void marksGoWithTheLastTransactionThatCouldMeetThem() {
    SerializableTransaction old = begin();
    SerializableTransaction reader = begin();
    reader.readKeys(TABLE, "index", key(1));
    reader.readTable(TABLE + 1);
    commit(reader);
    assertThat(graph.markCount()).isEqualTo(2);
    commit(old);
    assertThat(graph.markCount()).isZero();
  }

  @Test
  void manyKeysOfATableBecomeTheTable() {
    SerializableTransaction reader = begin();
    for (int i = 0; i < 1000; i++) {
      reader.readKeys(TABLE, "index" + i % 3, key(i));
    }
    assertThat(graph.markCount()).isEqualTo(1);
    SerializableTransaction writer = begin();
    writer.wrote(TABLE, NO_KEYS);
    assertThat(writer.before).containsExactly(reader);
  }

  @Test
  void theMarksOfThoseThatHaveCommittedAreBounded() {
    SerializableTransaction old = begin();
    for (int i = 0; i < 1000; i++) {
      SerializableTransaction reader = begin();
      reader.readKeys(TABLE, "index", key(i));
      reader.readKeys(TABLE + 1, "other", key(i));
      reader.wrote(TABLE + 2, NO_KEYS);
      commit(reader);
    }
    assertThat(graph.markCount()).isLessThanOrEqualTo(100);
    old.wrote(TABLE, NO_KEYS);
    assertThat(old.lastIn).as("a forgotten reader comes before").isPositive();
    commit(old);
    assertThat(graph.markCount()).isZero();
    SerializableTransaction later = begin();
    later.wrote(TABLE, NO_KEYS);
    assertThat(later.lastIn).isZero();
  }

  @Test
  void aForgottenReaderIsStillInTheWay() {
    SerializableTransaction pivot = begin();
    pivot.readTable(TABLE + 5);
    SerializableTransaction third = begin();
    third.wrote(TABLE + 5, NO_KEYS);
    commit(third);
    List<SerializableTransaction> readers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SerializableTransaction reader = begin();
      reader.readKeys(TABLE, "index", key(i));
      reader.wrote(TABLE + 2, NO_KEYS);
      commit(reader);
      readers.add(reader);
    }
    assertThat(readers.getFirst().reads).isEmpty();
    assertThatThrownBy(() -> pivot.wrote(TABLE, NO_KEYS))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("read/write dependencies");
  }

  @Test
  void thoseBeforeAnOpenTransactionAreFolded() {
    SerializableTransaction old = begin();
    old.wrote(TABLE, NO_KEYS);
    for (int i = 0; i < 1000; i++) {
      SerializableTransaction reader = begin();
      reader.readTable(TABLE + 1);
      reader.passedOver(old);
      commit(reader);
    }
    assertThat(old.before).hasSizeLessThan(100);
    assertThat(old.lastIn).isPositive();
  }

  @Test
  void keysAreFoundByPrefixesOfAllLengthsAndByRanges() {
    SerializableTransaction a = begin();
    SerializableTransaction b = begin();
    SerializableTransaction c = begin();
    a.readKeys(TABLE, "index", KeyRange.prefix(new byte[] {5}));
    b.readKeys(TABLE, "index", KeyRange.prefix(new byte[] {5, 6}));
    c.readKeys(TABLE, "index", new KeyRange(new byte[] {5, 7}, null));
    SerializableTransaction writer = begin();
    writer.wrote(TABLE, index -> List.of(new byte[] {5, 6, 1}));
    assertThat(writer.before).containsExactlyInAnyOrder(a, b);
    SerializableTransaction other = begin();
    other.wrote(TABLE, index -> List.of(new byte[] {5, 7}));
    assertThat(other.before).containsExactlyInAnyOrder(a, c);
    SerializableTransaction none = begin();
    none.wrote(TABLE, index -> List.of(new byte[] {4, 7}, new byte[] {}));
    assertThat(none.before).isEmpty();
  }
}
