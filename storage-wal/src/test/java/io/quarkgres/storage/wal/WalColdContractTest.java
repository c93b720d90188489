package io.quarkgres.storage.wal;

import io.quarkgres.spi.contract.IndexContract;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.contract.RowLockContract;
import io.quarkgres.spi.contract.SerializableContract;
import io.quarkgres.spi.contract.TableContract;
import io.quarkgres.spi.contract.TransactionContract;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.storage.memory.MemoryLimit;
import org.junit.jupiter.api.Nested;

/**
 * The contracts over a restart, without memory for any column: each statement sends all of them to
 * the file of cold data.
 */
class WalColdContractTest {
  private static WalContract withoutMemory() {
    return new WalContract(MemoryLimit.of(0, null));
  }

  @Nested
  class Tables extends TableContract {
    private final WalContract wal = withoutMemory();

    @Override
    protected Storage open() {
      return wal.open();
    }

    @Override
    protected void closing(Ledger last) {
      wal.closing(last, storage);
    }

    @Override
    protected void closed(Ledger last) {
      wal.closed(last, storage);
    }
  }

  @Nested
  class Indexes extends IndexContract {
    private final WalContract wal = withoutMemory();

    @Override
    protected Storage open() {
      return wal.open();
    }

    @Override
    protected void closing(Ledger last) {
      wal.closing(last, storage);
    }

    @Override
    protected void closed(Ledger last) {
      wal.closed(last, storage);
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    private final WalContract wal = withoutMemory();

    @Override
    protected Storage open() {
      return wal.open();
    }

    @Override
    protected void closing(Ledger last) {
      wal.closing(last, storage);
    }

    @Override
    protected void closed(Ledger last) {
      wal.closed(last, storage);
    }
  }

  @Nested
  class RowLocking extends RowLockContract {
    private final WalContract wal = withoutMemory();

    @Override
    protected Storage open() {
      return wal.open();
    }

    @Override
    protected void closing(Ledger last) {
      wal.closing(last, storage);
    }

    @Override
    protected void closed(Ledger last) {
      wal.closed(last, storage);
    }
  }

  @Nested
  class Serializable extends SerializableContract {
    private final WalContract wal = withoutMemory();

    @Override
    protected Storage open() {
      return wal.open();
    }

    @Override
    protected void closing(Ledger last) {
      wal.closing(last, storage);
    }

    @Override
    protected void closed(Ledger last) {
      wal.closed(last, storage);
    }
  }
}
