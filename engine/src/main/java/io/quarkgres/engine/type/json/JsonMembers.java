package io.quarkgres.engine.type.json;

import io.quarkgres.spi.data.ByteSink;
import java.util.Arrays;

/**
 * The members of one object that lie in a sink as they were read, and their arrangement by key. One
 * use; one thread.
 */
final class JsonMembers {
  private record Member(byte[] key, int from, int to) {}

  private final int start;
  private Member[] members = new Member[8];
  private int count;
  private byte[] key;
  private int from;
  private boolean isSorted = true;

  JsonMembers(int start) {
    this.start = start;
  }

  void start(byte[] newKey, int offset) {
    key = newKey;
    from = offset;
  }

  void finish(int to) {
    if (count == members.length) {
      members = Arrays.copyOf(members, count * 2);
    }
    isSorted = isSorted && (count == 0 || compareKeys(members[count - 1].key, key) < 0);
    members[count++] = new Member(key, from, to);
  }

  /** The order of keys in jsonb: shorter ones first. */
  static int compareKeys(byte[] a, byte[] b) {
    return a.length != b.length
        ? Integer.compare(a.length, b.length)
        : Arrays.compareUnsigned(a, b);
  }

  /** Rewrites the members in order of their keys, of equal keys the last one only. */
  void arrange(ByteSink out) {
    if (isSorted) {
      return;
    }
    byte[] copy = Arrays.copyOfRange(out.array(), start, out.size());
    Member[] sorted = Arrays.copyOf(members, count);
    Arrays.sort(sorted, (a, b) -> compareKeys(a.key, b.key));
    out.truncate(start);
    for (int i = 0; i < count; i++) {
      boolean last = i + 1 == count || compareKeys(sorted[i].key, sorted[i + 1].key) != 0;
      if (last) {
        if (out.size() > start) {
          out.put(',');
          out.put(' ');
        }
        out.put(copy, sorted[i].from - start, sorted[i].to - sorted[i].from);
      }
    }
  }
}
