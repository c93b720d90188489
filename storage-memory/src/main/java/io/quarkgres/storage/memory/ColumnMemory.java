package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.HeapRoom;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.column.ChunkColumn;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How much memory the columns of all tables take, and the cold file that they leave for when that
 * is too much. Whoever adds or reads back beyond the limit makes room first; a clock's hand chooses
 * what goes. Statements that may not wait have it done by another thread, up to a bound.
 *
 * <p>What is in place counts; arrays that a reader holds on to after they left do not. Threads:
 * any; called without locks on chunks, but for {@link #grown}.
 */
final class ColumnMemory implements HeapRoom.Relief {
  /** Columns may have this part of the limit even when indexes and undo take more than the rest. */
  private static final int LEAST_PART = 8;

  /** So much beyond the limit nobody adds before room is made. */
  private static final int SLACK_PART = 8;

  /** Room is made for this part of the limit at a time. */
  private static final int ROOM_PART = 32;

  /** A scan keeps one in so many of the chunks it reads back while memory is full. */
  private static final int KEPT_PART = 8;

  /** A scan reads ahead up to this part of the limit, and no more than so many bytes. */
  private static final int AHEAD_PART = 16;

  private static final long AHEAD_BYTES_MAX = 8 << 20;

  /** Values of undo that take less are kept in memory, unless that is tiny. */
  private static final long UNDO_BYTES_MIN = 256;

  private static final int UNDO_PART = 4096;

  private static final long OTHERS_NANOS = 1_000_000_000;

  private static final long SHORT_NANOS = 100_000_000;

  /** After a failed write so long passes until the next. */
  private static final long FAILURE_NANOS = 1_000_000_000;

  private final long max;
  private final ColdFile file;
  private final LongSupplier others;
  private final HeapRoom heap;
  private final Eviction eviction;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock evicting = new ReentrantLock();
  private final AtomicBoolean hasHelper = new AtomicBoolean();
  private final AtomicLong scanned = new AtomicLong();

  /** What columns may take now, and when that was found out. */
  private volatile long limit;

  private volatile long limitNanos;

  /** What columns may take because the heap was full, whatever the limit says. */
  private volatile long cap = Long.MAX_VALUE;

  /** When the last room was made that was not enough; the hand then rests for a while. */
  private volatile long shortNanos = System.nanoTime() - SHORT_NANOS;

  private volatile SqlException failure;
  private volatile long failureNanos;

  /**
   * Makes the memory of a storage.
   *
   * @param others returns what indexes and undo take
   */
  ColumnMemory(MemoryLimit options, ClockHand.Tables tables, LongSupplier others, HeapRoom heap) {
    max = options.bytes();
    limit = max;
    limitNanos = System.nanoTime();
    file = new ColdFile(options.cold());
    this.others = others;
    this.heap = heap;
    eviction = new Eviction(this, new ClockHand(tables));
    heap.addRelief(this);
  }

  ColdFile file() {
    return file;
  }

  /** Returns how many bytes of columns are in memory. */
  long used() {
    return used.get();
  }

  /** Counts memory that was taken, or given back. */
  void grown(long growth) {
    used.addAndGet(growth);
  }

  /** Returns how large values of undo must be to be worth a place in the cold file. */
  long undoBytesMin() {
    return Math.min(UNDO_BYTES_MIN, max / UNDO_PART);
  }

  /** Reads a column; returns {@code null} if it is not at that place any more. */
  ChunkColumn read(ColdPlace place, Layout layout) {
    return file.read(place, in -> ChunkColumn.load(layout, in));
  }

  /** Tells whether a scan is to put what it reads back in place. */
  boolean keepsScanned() {
    return !heap.isTight() && (used.get() < limit || scanned.incrementAndGet() % KEPT_PART == 0);
  }

  /** Returns how much a scan may read before it is there, but for one chunk. */
  long aheadBytes() {
    return heap.isTight() ? 0 : Math.min(AHEAD_BYTES_MAX, limit / AHEAD_PART);
  }

  /**
   * Makes room before data is added; raises 53100 or 58030 if there is none and none can be made.
   */
  void requireForData(Interruption interruption) {
    measureAtTimes();
    if (used.get() <= limit) {
      return;
    }
    if (interruption.mayWait()) {
      makeRoom();
    } else if (isFarBeyond()) {
      interruption.requireMayWait();
    } else {
      makeRoomAside();
    }
    SqlException why = failure;
    if (why != null && isFarBeyond()) {
      throw new SqlException(why.state(), why.getMessage()).withHint(why.hint());
    }
  }

  private boolean isFarBeyond() {
    return used.get() > limit + limit / SLACK_PART;
  }

  /** Makes room if columns take too much; called by those who may wait. */
  void makeRoom() {
    if (used.get() <= limit || System.nanoTime() - shortNanos < SHORT_NANOS) {
      return;
    }
    if (isFarBeyond()) {
      evicting.lock();
    } else if (!evicting.tryLock()) {
      return;
    }
    try {
      measureAtTimes();
      if (used.get() > limit) {
        evictTo(limit - limit / ROOM_PART);
        shortNanos = used.get() > limit ? System.nanoTime() : shortNanos;
      }
    } finally {
      evicting.unlock();
    }
  }

  private void makeRoomAside() {
    if (hasHelper.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          makeRoom();
        } finally {
          hasHelper.set(false);
        }
      });
    }
  }

  private void measureAtTimes() {
    if (System.nanoTime() - limitNanos > OTHERS_NANOS) {
      measure();
    }
  }

  private void measure() {
    if (!heap.isTight()) {
      cap = Long.MAX_VALUE;
    }
    limit = Math.min(cap, Math.max(max / LEAST_PART, max - others.getAsLong()));
    limitNanos = System.nanoTime();
  }

  private void evictTo(long bytes) {
    boolean mayWrite = failure == null || System.nanoTime() - failureNanos > FAILURE_NANOS;
    try {
      eviction.run(bytes, mayWrite);
      if (mayWrite) {
        failure = null;
      }
    } catch (SqlException e) {
      failureNanos = System.nanoTime();
      failure = e;
    }
  }

  @Override
  public boolean relieve(long bytes) {
    evicting.lock();
    try {
      long before = used.get();
      evictTo(Math.max(0, before - bytes));
      long after = used.get();
      cap = after;
      measure();
      return after < before;
    } finally {
      evicting.unlock();
    }
  }

  /** Removes the cold file. */
  void close() {
    evicting.lock();
    try {
      file.close();
    } finally {
      evicting.unlock();
    }
  }
}
