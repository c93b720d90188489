package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.LockTableContract;
import io.quarkgres.spi.store.Storage;

/** The lock table contract, kept in memory. */
class MemoryLockTableTest extends LockTableContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
