package io.quarkgres.storage.memory;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * The timestamps of all live snapshots, in slots that are taken and given back without a lock.
 *
 * <p>A snapshot first puts an older reading of the clock into its slot, as a negative number, and
 * then reads the clock again: whoever computes the horizon either sees the slot, or read the clock
 * before the slot was filled, and so before the snapshot's own timestamp was read. Thread: any.
 */
final class SnapshotRegistry {
  private static final int SEGMENT_SLOTS = 128;
  private static final int SPREAD = 8;

  private final CommitClock clock;
  private final Runnable onRelease;
  private volatile AtomicLongArray[] segments = {new AtomicLongArray(SEGMENT_SLOTS)};

  SnapshotRegistry(CommitClock clock, Runnable onRelease) {
    this.clock = clock;
    this.onRelease = onRelease;
  }

  /** Takes a slot that holds the timestamp of now. */
  int register() {
    int slot = take(-clock.now());
    segments[slot / SEGMENT_SLOTS].setRelease(slot % SEGMENT_SLOTS, clock.now());
    return slot;
  }

  /** Takes a slot that holds the timestamp of now, or of a decided commit that comes after. */
  int registerAtLeast(long timestamp) {
    int slot = take(-clock.now());
    segments[slot / SEGMENT_SLOTS].setRelease(
        slot % SEGMENT_SLOTS, Math.max(clock.now(), timestamp));
    return slot;
  }

  /** Takes a slot for a timestamp that another slot holds all the while. */
  int registerAt(long timestamp) {
    return take(timestamp);
  }

  private int take(long timestamp) {
    int start = (int) (Thread.currentThread().threadId() * SPREAD);
    while (true) {
      AtomicLongArray[] seen = segments;
      for (int s = 0; s < seen.length; s++) {
        AtomicLongArray segment = seen[s];
        for (int i = 0; i < SEGMENT_SLOTS; i++) {
          int at = start + i & SEGMENT_SLOTS - 1;
          if (segment.getPlain(at) == 0 && segment.compareAndSet(at, 0, timestamp)) {
            return s * SEGMENT_SLOTS + at;
          }
        }
      }
      grow(seen.length);
    }
  }

  private synchronized void grow(int full) {
    if (segments.length == full) {
      AtomicLongArray[] more = new AtomicLongArray[full * 2];
      System.arraycopy(segments, 0, more, 0, full);
      for (int i = full; i < more.length; i++) {
        more[i] = new AtomicLongArray(SEGMENT_SLOTS);
      }
      segments = more;
    }
  }

  long timestamp(int slot) {
    return segments[slot / SEGMENT_SLOTS].get(slot % SEGMENT_SLOTS);
  }

  void release(int slot) {
    segments[slot / SEGMENT_SLOTS].set(slot % SEGMENT_SLOTS, 0);
    onRelease.run();
  }

  /** Returns a timestamp at or below that of every live and future snapshot. */
  long horizon() {
    long oldest = clock.now();
    for (AtomicLongArray segment : segments) {
      for (int i = 0; i < SEGMENT_SLOTS; i++) {
        long timestamp = Math.abs(segment.get(i));
        if (timestamp != 0 && timestamp < oldest) {
          oldest = timestamp;
        }
      }
    }
    return oldest;
  }

  /**
   * Returns the timestamps of all live snapshots, ascending, and behind them one at or below that
   * of every snapshot whose timestamp is not known yet.
   */
  long[] timestamps() {
    long unknown = clock.now();
    LongStream.Builder known = LongStream.builder();
    for (AtomicLongArray segment : segments) {
      for (int i = 0; i < SEGMENT_SLOTS; i++) {
        long timestamp = segment.get(i);
        if (timestamp < 0) {
          unknown = Math.min(unknown, -timestamp);
        } else if (timestamp > 0) {
          known.add(timestamp);
        }
      }
    }
    long last = unknown;
    return LongStream.concat(
            known.build().filter(timestamp -> timestamp < last).sorted(), LongStream.of(last))
        .toArray();
  }
}
