package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.HistoryContract;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.storage.memory.serial.ConflictGraph;

/** Random histories with so few marks that most are forgotten. */
class MemoryFewMarksTest extends HistoryContract {
  @Override
  protected Storage open() {
    return new MemoryStorage(new ConflictGraph(4));
  }
}
