package io.quarkgres.spi.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What committed transactions read and wrote of some keys, and the proof that they could have run
 * one after another (Adya, "Weak Consistency", 1999: their dependencies have no cycle).
 *
 * <p>Every value is written once, and only over one that the transaction has read: so it is known
 * who wrote what a transaction read, and which value came after which. That a key is not there is a
 * value, too. Used by one thread.
 */
public final class History {
  /** One transaction. Used by one thread. */
  public static final class Entry {
    private final String name;
    private final Map<Integer, Long> reads = new HashMap<>();
    private Map<Integer, Long> writes = new HashMap<>();

    /** Names a transaction, for messages. */
    public Entry(String name) {
      this.name = name;
    }

    /** Notes what a key was read as; fails if the transaction's snapshot or own write is not it. */
    public void read(int key, long value) {
      Long known = writes.containsKey(key) ? writes.get(key) : reads.putIfAbsent(key, value);
      if (known != null && known != value) {
        throw new AssertionError(
            name + " reads " + key + " as " + value + ", which was " + known + " before");
      }
    }

    /** Tells whether a key was read. */
    public boolean hasRead(int key) {
      return reads.containsKey(key);
    }

    /** Tells whether a key was written. */
    public boolean hasWritten(int key) {
      return writes.containsKey(key);
    }

    /** Notes a write of a key that was read. */
    public void write(int key, long value) {
      writes.put(key, value);
    }

    /** Returns what was written so far. */
    public Map<Integer, Long> writes() {
      return new HashMap<>(writes);
    }

    /** Goes back to what was written at a savepoint. */
    public void rollbackTo(Map<Integer, Long> before) {
      writes = new HashMap<>(before);
    }

    @Override
    public String toString() {
      return name + reads + " -> " + writes;
    }
  }

  private record Version(int key, long value) {}

  private final List<Entry> committed = new ArrayList<>();
  private final Map<Version, Entry> writers = new HashMap<>();
  private final Map<Version, Entry> overwriters = new HashMap<>();

  /** Adds a committed transaction. */
  public void committed(Entry entry) {
    committed.add(entry);
  }

  /** Returns how many transactions were added. */
  public int size() {
    return committed.size();
  }

  /**
   * Returns what is wrong: a lost update, a read of what nobody committed, or a cycle; {@code null}
   * if the transactions could have run one after another.
   *
   * @param initial the values of the keys before
   */
  public String problem(Map<Integer, Long> initial) {
    for (Entry entry : committed) {
      for (Map.Entry<Integer, Long> write : entry.writes.entrySet()) {
        writers.put(new Version(write.getKey(), write.getValue()), entry);
        Version before = new Version(write.getKey(), entry.reads.get(write.getKey()));
        Entry other = overwriters.put(before, entry);
        if (other != null) {
          return "both overwrite " + before + ":\n" + other + "\n" + entry;
        }
      }
    }
    Map<Entry, Set<Entry>> after = new LinkedHashMap<>();
    for (Entry entry : committed) {
      after.put(entry, new LinkedHashSet<>());
    }
    for (Entry entry : committed) {
      for (Map.Entry<Integer, Long> read : entry.reads.entrySet()) {
        Version version = new Version(read.getKey(), read.getValue());
        Entry writer = writers.get(version);
        if (writer == null && !read.getValue().equals(initial.get(read.getKey()))) {
          return "nobody committed " + version + ", read by\n" + entry;
        }
        if (writer != null && writer != entry) {
          after.get(writer).add(entry);
        }
        Entry overwriter = overwriters.get(version);
        if (overwriter != null && overwriter != entry) {
          after.get(entry).add(overwriter);
        }
      }
    }
    return cycle(after);
  }

  /** Removes what nothing comes before, as long as there is something. */
  private static String cycle(Map<Entry, Set<Entry>> after) {
    Map<Entry, Integer> before = new LinkedHashMap<>();
    after.keySet().forEach(entry -> before.put(entry, 0));
    after.values().forEach(set -> set.forEach(entry -> before.merge(entry, 1, Integer::sum)));
    Deque<Entry> free = new ArrayDeque<>();
    before.forEach((entry, n) -> {
      if (n == 0) {
        free.add(entry);
      }
    });
    while (!free.isEmpty()) {
      Entry first = free.poll();
      before.remove(first);
      for (Entry next : after.get(first)) {
        if (before.merge(next, -1, Integer::sum) == 0) {
          free.add(next);
        }
      }
    }
    return before.isEmpty() ? null : "among these is a cycle:\n" + lines(before.keySet());
  }

  private static String lines(Set<Entry> entries) {
    StringBuilder out = new StringBuilder();
    entries.forEach(entry -> out.append(entry).append('\n'));
    return out.toString();
  }
}
