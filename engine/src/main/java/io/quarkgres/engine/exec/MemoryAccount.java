package io.quarkgres.engine.exec;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * The memory that the materializing operators of one statement hold, with a hard limit. Thread:
 * any; each share is used by one.
 */
public final class MemoryAccount {
  /** The limit when nothing else is configured, in bytes. */
  public static final long DEFAULT_LIMIT_BYTES = 2L << 30;

  private final long limitBytes;
  private long usedBytes;
  private long peakBytes;

  /** Makes an empty account. */
  public MemoryAccount(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Returns the most that was held at any time, in bytes. */
  public synchronized long peakBytes() {
    return peakBytes;
  }

  /** Returns what is held now, in bytes. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  /** Opens a share of an operator. */
  Share share() {
    return new Share();
  }

  private synchronized void add(long bytes) {
    usedBytes += bytes;
    if (usedBytes > peakBytes) {
      peakBytes = usedBytes;
    }
    if (bytes > 0 && usedBytes > limitBytes) {
      long used = usedBytes;
      usedBytes -= bytes;
      throw new SqlException(
          SqlState.OUT_OF_MEMORY,
          "out of memory",
          "The statement needs "
              + used
              + " bytes of working memory; the limit is "
              + limitBytes
              + " bytes.",
          null);
    }
  }

  /** What one operator holds. */
  final class Share {
    private long bytes;

    private Share() {}

    /** Says how much the operator holds now; raises 53200 beyond the limit. */
    void set(long now) {
      add(now - bytes);
      bytes = now;
    }

    /** Says how much more the operator holds; raises 53200 beyond the limit. */
    void grow(long more) {
      add(more);
      bytes += more;
    }

    /** Says that the operator holds nothing any more. */
    void release() {
      add(-bytes);
      bytes = 0;
    }
  }
}
