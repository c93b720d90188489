package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.TransactionContract;
import io.quarkgres.spi.store.Storage;

/** The transaction contract, kept in memory. */
class MemoryTransactionTest extends TransactionContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
