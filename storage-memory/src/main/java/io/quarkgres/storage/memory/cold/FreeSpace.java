package io.quarkgres.storage.memory.cold;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which parts of a file are free: the least that is large enough is taken, neighbours are joined.
 * Used under a lock.
 */
final class FreeSpace {
  /** Frames begin at multiples of this. */
  static final int UNIT_BYTES = 512;

  private record Gap(long length, long offset) implements Comparable<Gap> {
    @Override
    public int compareTo(Gap other) {
      int byLength = Long.compare(length, other.length);
      return byLength != 0 ? byLength : Long.compare(offset, other.offset);
    }
  }

  private final TreeMap<Long, Long> byOffset = new TreeMap<>();
  private final TreeSet<Gap> bySize = new TreeSet<>();
  private long end;
  private long used;

  private static long rounded(long bytes) {
    return (bytes + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
  }

  /** Returns how long the file is. */
  long end() {
    return end;
  }

  /** Returns how much is taken. */
  long used() {
    return used;
  }

  /** Takes space; returns its offset. */
  long take(long bytes) {
    long length = rounded(bytes);
    used += length;
    Gap gap = bySize.ceiling(new Gap(length, 0));
    if (gap == null) {
      long offset = end;
      end += length;
      return offset;
    }
    remove(gap);
    if (gap.length > length) {
      add(gap.offset + length, gap.length - length);
    }
    return gap.offset;
  }

  /** Gives space back. */
  void free(long at, long bytes) {
    long offset = at;
    long length = rounded(bytes);
    used -= length;
    Map.Entry<Long, Long> before = byOffset.lowerEntry(offset);
    if (before != null && before.getKey() + before.getValue() == offset) {
      offset = before.getKey();
      length += before.getValue();
      remove(new Gap(before.getValue(), before.getKey()));
    }
    Long after = byOffset.get(offset + length);
    if (after != null) {
      remove(new Gap(after, offset + length));
      length += after;
    }
    if (offset + length == end) {
      end = offset;
    } else {
      add(offset, length);
    }
  }

  private void add(long offset, long length) {
    byOffset.put(offset, length);
    bySize.add(new Gap(length, offset));
  }

  private void remove(Gap gap) {
    byOffset.remove(gap.offset);
    bySize.remove(gap);
  }
}
