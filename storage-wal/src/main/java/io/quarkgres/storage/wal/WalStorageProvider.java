package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageProvider;
import io.quarkgres.storage.memory.MemoryLimit;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens the storage in a data directory, which the option {@code data} names; {@code fsync} is
 * {@code off} for a server that may lose all of it when the machine stops; {@link #MEMORY_LIMIT} is
 * how much memory data may take. Thread: any.
 */
public final class WalStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Storage open(Map<String, String> options) {
    DiskFiles files =
        DiskFiles.open(Path.of(options.get("data")), !"off".equals(options.get("fsync")));
    try {
      WalStorage storage =
          WalStorage.unconfigured(
              files, WalOptions.DEFAULT, MemoryLimit.of(options, files.temporaryFolder()));
      storage.startWorker();
      return storage;
    } catch (SqlException e) {
      files.close();
      throw e;
    }
  }
}
