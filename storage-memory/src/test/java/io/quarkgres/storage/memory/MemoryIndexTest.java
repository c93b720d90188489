package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.IndexContract;
import io.quarkgres.spi.store.Storage;

/** The index contract, kept in memory. */
class MemoryIndexTest extends IndexContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
