package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageProvider;
import java.util.Map;

/**
 * Opens storages in memory; all there is to configure is how much memory they may take. Thread:
 * any.
 */
public final class MemoryStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Storage open(Map<String, String> options) {
    return new MemoryStorage(MemoryLimit.of(options, null));
  }
}
