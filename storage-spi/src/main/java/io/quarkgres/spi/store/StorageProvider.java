package io.quarkgres.spi.store;

import java.util.Map;

/** Opens storages of one kind; found through {@link java.util.ServiceLoader}. Thread: any. */
public interface StorageProvider {
  /** Returns the name that the configuration uses, such as {@code memory}. */
  String name();

  /** Opens a storage. Raises 58xxx when its files cannot be used. */
  Storage open(Map<String, String> options);
}
