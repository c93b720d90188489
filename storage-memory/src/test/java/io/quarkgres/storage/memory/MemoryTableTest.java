package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.TableContract;
import io.quarkgres.spi.store.Storage;

/** The table contract, kept in memory. */
class MemoryTableTest extends TableContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
