package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.HistoryContract;
import io.quarkgres.spi.contract.IndexContract;
import io.quarkgres.spi.contract.LockTableContract;
import io.quarkgres.spi.contract.RowLockContract;
import io.quarkgres.spi.contract.SerializableContract;
import io.quarkgres.spi.contract.TableContract;
import io.quarkgres.spi.contract.TransactionContract;
import io.quarkgres.spi.store.Storage;
import org.junit.jupiter.api.Nested;

/** The contracts without memory for any column: each statement sends all of them to the disk. */
class ColdContractTest {
  private static Storage withoutMemory() {
    return new MemoryStorage(MemoryLimit.of(0, null));
  }

  @Nested
  class Tables extends TableContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class Indexes extends IndexContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class RowLocking extends RowLockContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class TableLocks extends LockTableContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class Serializable extends SerializableContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }

  @Nested
  class Distances extends DistanceIndexTest {
    @Override
    MemoryStorage newStorage() {
      return new MemoryStorage(MemoryLimit.of(0, null));
    }
  }

  @Nested
  class Histories extends HistoryContract {
    @Override
    protected Storage open() {
      return withoutMemory();
    }
  }
}
