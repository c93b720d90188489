package io.quarkgres.engine.session.setting;

/** The default of {@code work_mem}, which follows from the heap of this process. Thread: any. */
final class WorkMemory {
  private static final long KILOBYTE = 1024;

  /** The share of the heap that is the default of {@code work_mem}: a 64th. */
  private static final long HEAP_PARTS = 64;

  /** PostgreSQL's default, which is never gone below. */
  private static final long DEFAULT_KILOBYTES_MIN = 4096;

  private static final long DEFAULT_KILOBYTES_MAX = 1 << 18;

  private WorkMemory() {}

  /** Returns the default of {@code work_mem} for the heap of this process, in kilobytes. */
  static long defaultKilobytes() {
    long part = Runtime.getRuntime().maxMemory() / HEAP_PARTS / KILOBYTE;
    long bounded = Math.clamp(part, DEFAULT_KILOBYTES_MIN, DEFAULT_KILOBYTES_MAX);
    return Long.highestOneBit(bounded);
  }
}
