package io.quarkgres.engine.exec;

import io.quarkgres.engine.spill.SpillFile;
import io.quarkgres.engine.spill.SpillSpace;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.HeapRoom;
import io.quarkgres.spi.store.Interruption;

/**
 * The memory that the materializing operators of one statement hold. Each may hold so much before
 * it goes on in temporary files; what cannot go there, such as the state of one aggregate, may grow
 * up to a limit for the whole statement (53200). Thread: any; each share is used by one.
 */
public final class MemoryAccount {
  /** The limit when nothing else is configured, in bytes: never more than half of the heap. */
  public static final long DEFAULT_LIMIT_BYTES =
      Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 2);

  /** How much more a statement may take before it is asked whether the heap has room for that. */
  private static final long CHECK_BYTES = 16 << 20;

  private final long limitBytes;
  private final long sortBytes;
  private final long hashBytes;
  private final SpillSpace space;
  private long usedBytes;
  private long checkedBytes = CHECK_BYTES;

  /** Makes an empty account without temporary files: its operators hold everything. */
  public MemoryAccount(long limitBytes) {
    this(limitBytes, Long.MAX_VALUE, Long.MAX_VALUE, null);
  }

  /**
   * Makes an empty account.
   *
   * @param limitBytes what the statement may hold
   * @param sortBytes what one operator may hold that sorts or keeps rows
   * @param hashBytes what one operator may hold that hashes
   * @param space where the temporary files are made
   */
  public MemoryAccount(long limitBytes, long sortBytes, long hashBytes, SpillSpace space) {
    this.limitBytes = limitBytes;
    this.sortBytes = sortBytes;
    this.hashBytes = hashBytes;
    this.space = space;
  }

  /** Returns what one operator may hold that sorts or keeps rows, in bytes. */
  public long sortBytes() {
    return sortBytes;
  }

  /** Returns what one operator may hold that hashes, in bytes. */
  public long hashBytes() {
    return hashBytes;
  }

  /** Opens an empty temporary file. */
  SpillFile openFile(Interruption interruption) {
    return space.open(interruption);
  }

  /** Opens a share of an operator. */
  public Share share() {
    return new Share();
  }

  /** Returns what is held now, in bytes. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  private synchronized void add(long bytes) {
    if (bytes > 0 && usedBytes + bytes > checkedBytes) {
      HeapRoom.ofProcess().requireForWork();
      checkedBytes = usedBytes + bytes + CHECK_BYTES;
    }
    usedBytes += bytes;
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
  public final class Share {
    private long bytes;
    private long peak;

    private Share() {}

    /** Returns how much the operator holds now. */
    public long bytes() {
      return bytes;
    }

    /** Returns the most that the operator held at any time. */
    public long peak() {
      return peak;
    }

    /** Says how much the operator holds now; raises 53200 beyond the limit. */
    public void set(long now) {
      add(now - bytes);
      bytes = now;
      peak = Math.max(peak, bytes);
    }

    /** Says how much more the operator holds; raises 53200 beyond the limit. */
    public void grow(long more) {
      add(more);
      bytes += more;
      peak = Math.max(peak, bytes);
    }

    /** Says that the operator holds nothing any more. */
    public void release() {
      add(-bytes);
      bytes = 0;
    }
  }
}
