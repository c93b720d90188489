package io.quarkgres.storage.memory;

import io.quarkgres.spi.index.IndexSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was written down of indexes before a restart, for those that are built again: each is used
 * once. Thread: any.
 */
final class SavedIndexes {
  private record Key(long table, String name) {}

  private record Saved(String definition, Supplier<List<byte[]>> pages) {}

  private final Map<Key, Saved> all = new ConcurrentHashMap<>();

  void add(long table, String name, String definition, Supplier<List<byte[]>> pages) {
    all.put(new Key(table, name), new Saved(definition, pages));
  }

  /** Returns the pages of an index, {@code null} if there are none of one defined like it. */
  List<byte[]> take(long table, IndexSpec spec) {
    Saved saved = all.remove(new Key(table, spec.name()));
    return saved == null || !saved.definition.equals(definition(spec)) ? null : saved.pages.get();
  }

  /** Returns what must be the same for pages to be of use. */
  static String definition(IndexSpec spec) {
    return String.join(
        " ",
        spec.method(),
        spec.operatorClasses().toString(),
        spec.keyTypmods().toString(),
        new TreeMap<>(spec.options()).toString());
  }
}
