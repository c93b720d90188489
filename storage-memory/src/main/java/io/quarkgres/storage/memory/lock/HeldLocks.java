package io.quarkgres.storage.memory.lock;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The heavyweight locks of one owner: a short list, with a map beside it when it is long. Used by
 * the owner's thread.
 */
public final class HeldLocks {
  private static final int LIST_MAX = 16;

  private LockQueue.Hold[] holds = {};
  private int count;
  private Map<LockQueue, LockQueue.Hold> byQueue;

  /** Returns what is held of an object, or {@code null}. */
  LockQueue.Hold find(LockQueue queue) {
    if (byQueue != null) {
      return byQueue.get(queue);
    }
    for (int i = 0; i < count; i++) {
      if (holds[i].queue() == queue) {
        return holds[i];
      }
    }
    return null;
  }

  void add(LockQueue.Hold hold) {
    if (count == holds.length) {
      holds = Arrays.copyOf(holds, Math.max(4, count * 2));
    }
    holds[count++] = hold;
    if (byQueue != null) {
      byQueue.put(hold.queue(), hold);
    } else if (count > LIST_MAX) {
      byQueue = new IdentityHashMap<>(count * 2);
      for (int i = 0; i < count; i++) {
        byQueue.put(holds[i].queue(), holds[i]);
      }
    }
  }

  void remove(LockQueue.Hold hold) {
    for (int i = 0; i < count; i++) {
      if (holds[i] == hold) {
        holds[i] = holds[--count];
        holds[count] = null;
      }
    }
    if (byQueue != null) {
      byQueue.remove(hold.queue());
    }
  }

  /** Takes one of the locks out of the list; {@code null} when there is none left. */
  LockQueue.Hold removeLast() {
    if (count == 0) {
      byQueue = null;
      return null;
    }
    LockQueue.Hold last = holds[--count];
    holds[count] = null;
    return last;
  }

  boolean isEmpty() {
    return count == 0;
  }
}
