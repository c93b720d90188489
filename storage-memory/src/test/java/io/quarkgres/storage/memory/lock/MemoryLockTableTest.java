package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.contract.LockTableContract;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.storage.memory.MemoryStorage;

/** The lock table contract, kept in memory. */
class MemoryLockTableTest extends LockTableContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
