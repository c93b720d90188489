package io.quarkgres.storage.memory.serial;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who has read which keys of an index. Prefixes, which look-ups ask for, are found by hashing, once
 * for each length that there is; ranges are looked through. Thread: any, under the graph's monitor.
 */
final class IndexMarks {
  private final Map<Span, Set<SerializableTransaction>> prefixes = new HashMap<>();
  private final Map<Span, Set<SerializableTransaction>> ranges = new HashMap<>();

  /** How many prefixes there are of a length. */
  private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

  boolean isEmpty() {
    return prefixes.isEmpty() && ranges.isEmpty();
  }

  void add(Span span, SerializableTransaction reader) {
    Map<Span, Set<SerializableTransaction>> spans = span.isPrefix() ? prefixes : ranges;
    Set<SerializableTransaction> readers = spans.get(span);
    if (readers == null) {
      readers = new HashSet<>(2);
      spans.put(span, readers);
      if (span.isPrefix()) {
        lengths.merge(span.length(), 1, Integer::sum);
      }
    }
    readers.add(reader);
  }

  void remove(Span span, SerializableTransaction reader) {
    Map<Span, Set<SerializableTransaction>> spans = span.isPrefix() ? prefixes : ranges;
    Set<SerializableTransaction> readers = spans.get(span);
    readers.remove(reader);
    if (readers.isEmpty()) {
      spans.remove(span);
      if (span.isPrefix()) {
        lengths.computeIfPresent(span.length(), (length, n) -> n == 1 ? null : n - 1);
      }
    }
  }

  /** Gives everybody who has read a key. */
  void eachReader(byte[] key, Consumer<SerializableTransaction> receiver) {
    for (int length : lengths.keySet()) {
      if (length > key.length) {
        break;
      }
      Set<SerializableTransaction> readers = prefixes.get(Span.prefix(key, length));
      if (readers != null) {
        readers.forEach(receiver);
      }
    }
    ranges.forEach((range, readers) -> {
      if (range.contains(key)) {
        readers.forEach(receiver);
      }
    });
  }

  /** Tells whether somebody else than a transaction has read anything. */
  boolean hasOtherThan(SerializableTransaction one) {
    return hasOther(prefixes, one) || hasOther(ranges, one);
  }

  private static boolean hasOther(
      Map<Span, Set<SerializableTransaction>> spans, SerializableTransaction one) {
    for (Set<SerializableTransaction> readers : spans.values()) {
      if (readers.size() > 1 || !readers.contains(one)) {
        return true;
      }
    }
    return false;
  }

  /** Gives everybody who has read anything. */
  void eachReader(Consumer<SerializableTransaction> receiver) {
    prefixes.values().forEach(readers -> readers.forEach(receiver));
    ranges.values().forEach(readers -> readers.forEach(receiver));
  }
}
