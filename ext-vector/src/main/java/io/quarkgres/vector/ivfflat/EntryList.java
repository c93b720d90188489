package io.quarkgres.vector.ivfflat;

import java.util.Arrays;
import java.util.List;

/** The entries of one list, in no order. Guarded by the index's lock. */
final class EntryList {
  /** A key with the row it belongs to. Entries of one row form a chain. */
  static final class Entry {
    final long rowId;
    final Object key;

    /** The next entry of the same row with another key. */
    Entry next;

    private EntryList list;
    private int slot;

    Entry(long rowId, Object key) {
      this.rowId = rowId;
      this.key = key;
    }

    /** Takes the entry out of its list. */
    void leave() {
      list.remove(slot);
    }
  }

  private Entry[] entries = new Entry[4];
  private int count;

  /** With fewer entries there is no use in splitting the list. */
  private int splitMin;

  int count() {
    return count;
  }

  Entry entry(int i) {
    return entries[i];
  }

  /** Puts all entries into a list. */
  void addTo(List<Entry> all) {
    all.addAll(Arrays.asList(entries).subList(0, count));
  }

  boolean isWorthSplitting() {
    return count >= splitMin;
  }

  /** Says that the list cannot be split: all its entries are in one place. */
  void splitLater() {
    splitMin = 2 * count;
  }

  void add(Entry entry) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
    }
    entry.list = this;
    entry.slot = count;
    entries[count++] = entry;
  }

  private void remove(int slot) {
    Entry last = entries[--count];
    entries[slot] = last;
    last.slot = slot;
    entries[count] = null;
  }
}
