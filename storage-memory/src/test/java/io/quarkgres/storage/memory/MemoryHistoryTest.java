package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.HistoryContract;
import io.quarkgres.spi.store.Storage;

/** Random histories, kept in memory. */
class MemoryHistoryTest extends HistoryContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
