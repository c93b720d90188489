package io.quarkgres.spi.store;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Refuses to fill the heap of the process, so that what is left suffices for reading, deleting and
 * the server itself. What the last collection left in the heap is known at no cost; only when that
 * is too much, all garbage is collected to be sure. A refusal stands for ten times as long as that
 * took, so that collecting never takes most of the time. Thread: any.
 */
public final class HeapRoom {
  /** The part of the heap that may be taken when data is added, in percent. */
  private static final int DATA_PERCENT = 80;

  /** The part of the heap that may be taken when a statement needs much for its work. */
  private static final int WORK_PERCENT = 92;

  /** The part of the heap beyond which it is not known to have room enough, in percent. */
  private static final int TIGHT_PERCENT = 70;

  /** Others give back so much more than is needed now. */
  private static final int RELIEF_PART = 16;

  private static final int REFUSAL_FACTOR = 10;

  private final long heapBytes;
  private final LongSupplier collector;
  private volatile long liveBytes;
  private volatile long refusedBytes;
  private long refusedUntil;

  /** Those who can do with less; they go without a word. */
  private final List<WeakReference<Relief>> reliefs = new CopyOnWriteArrayList<>();

  /** Somebody who can give memory back when there is too little. */
  public interface Relief {
    /** Lets go of about so many bytes; tells whether of any. */
    boolean relieve(long bytes);
  }

  /**
   * Makes one without a process, for tests.
   *
   * @param heapBytes the size of the heap
   * @param collector collects all garbage and returns how much is left
   */
  public HeapRoom(long heapBytes, LongSupplier collector) {
    this.heapBytes = heapBytes;
    this.collector = collector;
    this.refusedUntil = System.nanoTime();
  }

  /** Returns that of this process, which watches its collections from the first call on. */
  public static HeapRoom ofProcess() {
    return OfProcess.ROOM;
  }

  /** Asks somebody for memory before anything is refused, as long as anybody holds it. */
  public void addRelief(Relief relief) {
    reliefs.removeIf(reference -> reference.get() == null);
    reliefs.add(new WeakReference<>(relief));
  }

  /** Tells whether the last collection left so much that there may be no room for data soon. */
  public boolean isTight() {
    return liveBytes > heapBytes / 100 * TIGHT_PERCENT;
  }

  /**
   * Raises 53200 when there is no room for more data, even after others gave back what they can.
   *
   * @param interruption that of who adds it, as finding out may take long
   */
  public void requireForData(Interruption interruption) {
    long bytesMax = heapBytes / 100 * DATA_PERCENT;
    if (liveBytes > bytesMax) {
      interruption.requireMayWait();
      requireSurely(bytesMax);
    }
  }

  /** Raises 53200 when there is no room for what a statement needs for its work. */
  public void requireForWork() {
    long bytesMax = heapBytes / 100 * WORK_PERCENT;
    if (liveBytes > bytesMax) {
      requireSurely(bytesMax);
    }
  }

  private synchronized void requireSurely(long bytesMax) {
    long start = System.nanoTime();
    if (start - refusedUntil < 0 && refusedBytes > bytesMax) {
      throw refusal(refusedBytes);
    }
    liveBytes = collector.getAsLong();
    while (liveBytes > bytesMax && relieve(liveBytes - bytesMax + heapBytes / RELIEF_PART)) {
      liveBytes = collector.getAsLong();
    }
    if (liveBytes > bytesMax) {
      long end = System.nanoTime();
      refusedUntil = end + REFUSAL_FACTOR * (end - start);
      refusedBytes = liveBytes;
      throw refusal(liveBytes);
    }
  }

  private boolean relieve(long bytes) {
    boolean isAny = false;
    for (WeakReference<Relief> reference : reliefs) {
      Relief relief = reference.get();
      isAny |= relief != null && relief.relieve(bytes);
    }
    return isAny;
  }

  private SqlException refusal(long bytes) {
    return new SqlException(
        SqlState.OUT_OF_MEMORY,
        "out of memory",
        "The server's data takes " + (bytes >> 20) + " MB of " + (heapBytes >> 20) + " MB.",
        "Delete rows or drop tables, or start the server with a larger heap (-Xmx).");
  }

  /** Says that data was removed: a refusal does not stand any more. */
  public void freed() {
    if (refusedBytes > 0) {
      refusedBytes = 0;
    }
  }

  /** Says how much a collection has left. */
  public void collected(long bytes) {
    liveBytes = bytes;
  }

  /** That of the process, made when it is first asked for. */
  private static final class OfProcess {
    private static final HeapRoom ROOM =
        new HeapRoom(Runtime.getRuntime().maxMemory(), OfProcess::collect);

    static {
      Set<String> heap =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .map(MemoryPoolMXBean::getName)
              .collect(Collectors.toSet());
      for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (bean instanceof NotificationEmitter emitter) {
          emitter.addNotificationListener((event, x) -> note(event, heap), null, null);
        }
      }
    }

    private static void note(Notification event, Set<String> heap) {
      if (event.getUserData() instanceof CompositeData data) {
        long left =
            GarbageCollectionNotificationInfo.from(data)
                .getGcInfo()
                .getMemoryUsageAfterGc()
                .entrySet()
                .stream()
                .filter(pool -> heap.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        ROOM.collected(left);
      }
    }

    private static long collect() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }
}
