package io.quarkgres.spi.index;

/**
 * How far the build of an index is, how many threads may share it, and the way to stop it: whoever
 * builds says what it does, and hears with every step of a cancel request. Written by the thread
 * that builds; read by any.
 */
public final class BuildProgress {
  private final Runnable interruption;
  private final int threads;
  private volatile String phase = "initializing";
  private volatile long blocks;
  private volatile long blocksDone;
  private volatile long rows;
  private volatile long rowsDone;

  /** Makes the progress of a build on all processors that cannot be stopped. */
  public BuildProgress() {
    this(() -> {}, Integer.MAX_VALUE);
  }

  /**
   * Makes the progress of a build.
   *
   * @param interruption raises an error when the build has to stop
   * @param threadsMax how many threads may take part, that of the caller included
   */
  public BuildProgress(Runnable interruption, int threadsMax) {
    this.interruption = interruption;
    this.threads = Math.clamp(threadsMax, 1, Runtime.getRuntime().availableProcessors());
  }

  /** Returns how many threads may share the work; never more than there are processors. */
  public int threads() {
    return threads;
  }

  /**
   * Begins a phase, of which nothing is done yet.
   *
   * @param name PostgreSQL's name of it, without what all phases of a build begin with
   * @param blockCount how many blocks of rows it reads, 0 for none
   * @param rowCount how many rows it handles, 0 when that is not known
   */
  public void begin(String name, long blockCount, long rowCount) {
    check();
    blocksDone = 0;
    rowsDone = 0;
    blocks = blockCount;
    rows = rowCount;
    phase = name;
  }

  /** Says that rows were handled; raises an error when the build has to stop. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void advance(long count) {
    rowsDone += count;
    check();
  }

  /** Says that a block was handled; raises an error when the build has to stop. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void advanceBlock() {
    blocksDone++;
    check();
  }

  /** Raises an error when the build has to stop. */
  public void check() {
    interruption.run();
  }

  /** Returns the name of the phase. */
  public String phase() {
    return phase;
  }

  /** Returns how many blocks the phase reads. */
  public long blocks() {
    return blocks;
  }

  /** Returns how many blocks the phase has read. */
  public long blocksDone() {
    return blocksDone;
  }

  /** Returns how many rows the phase handles. */
  public long rows() {
    return rows;
  }

  /** Returns how many rows the phase has handled. */
  public long rowsDone() {
    return rowsDone;
  }
}
