package io.quarkgres.storage.memory.serial;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one transaction has read of a table: all of it, or some keys. Thread: any, under the graph's
 * monitor.
 */
final class TableReads {
  boolean isWhole;

  /** Empty if the whole table was read. */
  final Map<Object, Set<Span>> byIndex = new IdentityHashMap<>(2);

  /** How many spans there are. */
  int count;

  /** Adds a span; false if it is there. */
  boolean add(Object index, Span span) {
    boolean isNew = byIndex.computeIfAbsent(index, key -> new HashSet<>(2)).add(span);
    count += isNew ? 1 : 0;
    return isNew;
  }
}
