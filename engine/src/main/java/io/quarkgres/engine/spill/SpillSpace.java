package io.quarkgres.engine.spill;

import io.quarkgres.spi.store.Interruption;

/**
 * The temporary files of one session, and how much they may hold together. Thread: any of the
 * session's.
 */
public final class SpillSpace {
  private final SpillFolder folder;
  private long limitKilobytes = -1;
  private long usedBytes;

  /** Makes a space without files and without a limit. */
  public SpillSpace(SpillFolder folder) {
    this.folder = folder;
  }

  /** Says what all files may take together, negative for any amount. */
  public synchronized void setLimit(long kilobytes) {
    limitKilobytes = kilobytes;
  }

  /** Opens an empty file; {@code interruption}, if there is one, tells who may wait for disks. */
  public SpillFile open(Interruption interruption) {
    if (interruption != null) {
      interruption.enterWait();
      interruption.leaveWait();
    }
    return new SpillFile(this, folder.open());
  }

  /** Returns how much the files hold now. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  synchronized void grow(long bytes) {
    if (limitKilobytes >= 0 && usedBytes + bytes > limitKilobytes * 1024) {
      throw SpillErrors.beyondLimit(limitKilobytes);
    }
    usedBytes += bytes;
  }

  synchronized void shrink(long bytes) {
    usedBytes -= bytes;
  }
}
