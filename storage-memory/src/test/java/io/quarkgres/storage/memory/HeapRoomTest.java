package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.HeapRoom;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import org.junit.jupiter.api.Test;

/** A full heap refuses more data, and nothing else. */
class HeapRoomTest {
  private static final long HEAP = 1000;

  private long live;
  private int collections;
  private final HeapRoom heap =
      new HeapRoom(
          HEAP,
          () -> {
            collections++;
            return live;
          });
  private final MemoryStorage storage = new MemoryStorage(heap, MemoryLimit.of(1 << 20, null));
  private final Ledger ledger = new Ledger(storage);

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private static void requireRefusal(Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
  }

  @Test
  void refusesMoreDataButReadsAndDeletes() {
    Transaction first = begin();
    long row = ledger.insert(first, 1, 0, "x");
    first.commit();
    live = 900;
    heap.collected(live);
    Transaction next = begin();
    requireRefusal(() -> ledger.insert(next, 2, 0, "y"));
    requireRefusal(() -> ledger.update(next, row, Ledger.BALANCE, 7));
    assertThat(ledger.fetch(next, row)).isEqualTo("1|0|x");
    heap.requireForWork();
    ledger.delete(next, row);
    next.commit();
    live = 100;
    heap.collected(live);
    Transaction last = begin();
    ledger.insert(last, 3, 0, "z");
    last.commit();
    assertThat(ledger.scan(begin())).hasSize(1);
  }

  @Test
  void whatWasGarbageIsNoReason() {
    live = 100;
    heap.collected(950);
    heap.requireForData(new Interruption());
    assertThat(collections).isEqualTo(1);
    heap.requireForData(new Interruption());
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void workMayTakeMoreThanData() {
    live = 950;
    heap.collected(live);
    requireRefusal(heap::requireForWork);
    live = 850;
    heap.collected(live);
    heap.requireForWork();
    requireRefusal(() -> heap.requireForData(new Interruption()));
  }
}
