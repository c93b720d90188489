package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.Image;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a checkpoint writes the file of an index, and when it keeps the one there is. */
class IndexFilesTest {
  private static final int STEPS = 128;
  private static final String METHOD = "written";

  private final SimulatedDisk disk = new SimulatedDisk();
  private WalStorage storage;
  private Ledger ledger;
  private int restored;

  /** Has no entries, and writes that down. */
  private final class Written implements DistanceIndex {
    @Override
    public void insert(Block keys, int position, long rowId) {}

    @Override
    public void remove(Block keys, int position, long rowId) {}

    @Override
    public boolean isSaved() {
      return true;
    }

    @Override
    public void save(Consumer<ByteSink> pages) {
      ByteSink page = new ByteSink(16);
      page.put(1);
      pages.accept(page);
    }

    @Override
    public void restore(List<byte[]> pages, LongUnaryOperator rowOf) {
      assertThat(pages).containsExactly(new byte[] {1});
      restored++;
    }

    @Override
    public long entryCount() {
      return 0;
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public Cursor search(Column query, SearchOptions options, RowFilter filter) {
      return (rowIds, distances) -> 0;
    }
  }

  private final class Method implements IndexMethod {
    @Override
    public String name() {
      return METHOD;
    }

    @Override
    public DistanceIndex create(IndexSpec spec) {
      return new Written();
    }
  }

  @BeforeEach
  void fill() {
    open();
    ledger = new Ledger(storage);
    Transaction t = begin();
    t.attach(ledger.table());
    WalContract.fill(ledger, t, STEPS * Image.STEP);
    t.commit();
    addIndex();
    storage.checkpoint();
    assertThat(names()).hasSize(1);
  }

  private void open() {
    storage = WalStorage.open(disk.files(), WalContract.rowFiles(100_000));
    storage.register(new Method());
  }

  /** Starts again as after a kill; indexes are added by who knows of them. */
  private void reopen() {
    open();
    ledger = new Ledger(storage.table(ledger.table().id()));
    addIndex();
  }

  private void addIndex() {
    Transaction t = begin();
    ledger.index(t, Ledger.spec("i", METHOD, false, false, ColumnKeys.of(Ledger.BALANCE)));
    t.commit();
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void update(int step) {
    Transaction t = begin();
    ledger.update(t, (long) step * Image.STEP, Ledger.BALANCE, 1);
    t.commit();
  }

  private List<String> names() {
    return disk.list().stream().filter(name -> name.endsWith(DataDirectory.INDEX)).toList();
  }

  /** Makes a checkpoint of something; tells whether it wrote the index's file. */
  private boolean writes() {
    List<String> before = names();
    Transaction t = begin();
    t.put("key", new byte[] {1});
    t.commit();
    storage.checkpoint();
    assertThat(names()).hasSize(1);
    return !names().equals(before);
  }

  @Test
  void isKeptUntilSomePartOfTheRowsHasChanged() {
    assertThat(writes()).isFalse();
    update(5);
    assertThat(writes()).isFalse();
    update(5);
    assertThat(writes()).isFalse();
    update(6);
    assertThat(writes()).isTrue();
    update(6);
    assertThat(writes()).as("what counts has changed since").isFalse();
  }

  @Test
  void isKeptOverARestartIfItIsAsOldAsTheRows() {
    reopen();
    assertThat(restored).isEqualTo(1);
    assertThat(writes()).isFalse();
    update(5);
    assertThat(writes()).isFalse();
    reopen();
    assertThat(restored).isEqualTo(2);
    assertThat(writes()).as("nobody knows how much has changed").isTrue();
    reopen();
    assertThat(writes()).isFalse();
  }

  @Test
  void countsWhatWasReplayed() {
    update(5);
    update(6);
    reopen();
    assertThat(writes()).isTrue();
  }

  @Test
  void isWrittenAnewIfItIsDamaged() {
    String name = names().getFirst();
    disk.flip(name, disk.size(name) * 4);
    reopen();
    assertThat(restored).isZero();
    assertThat(writes()).isTrue();
    reopen();
    assertThat(restored).isEqualTo(1);
  }
}
