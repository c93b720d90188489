package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.RowLockContract;
import io.quarkgres.spi.store.Storage;

/** The transaction contract, kept in memory. */
class MemoryRowLockTest extends RowLockContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
