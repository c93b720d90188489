package io.quarkgres.storage.memory;

import io.quarkgres.spi.contract.SerializableContract;
import io.quarkgres.spi.store.Storage;

/** The contract of SERIALIZABLE, kept in memory. */
class MemorySerializableTest extends SerializableContract {
  @Override
  protected Storage open() {
    return new MemoryStorage();
  }
}
