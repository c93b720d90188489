package io.quarkgres.spi.store;

import java.util.Map;

/** Opens storages of one kind; found through {@link java.util.ServiceLoader}. Thread: any. */
public interface StorageProvider {
  /** The option that says how many bytes of memory data may take; a part of the heap without it. */
  String MEMORY_LIMIT = "memory_limit";

  /** Returns the name that the configuration uses, such as {@code memory}. */
  String name();

  /** Opens a storage. Raises 58xxx when its files cannot be used. */
  Storage open(Map<String, String> options);
}
