package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.function.WindowKernel;

/** One partition, as window functions see it: rows are numbered from its first. Thread: any. */
final class WindowPartition implements WindowKernel.Partition {
  private final WindowRows rows;
  private final FrameBounds bounds;
  private final FrameBounds.OfRows frames;
  private final int start;
  private final int count;

  WindowPartition(WindowRows rows, FrameBounds bounds, FrameBounds.OfRows frames, int number) {
    this.rows = rows;
    this.bounds = bounds;
    this.frames = frames;
    this.start = rows.partitionStarts()[number];
    this.count = rows.partitionStarts()[number + 1] - start;
  }

  @Override
  public int rowCount() {
    return count;
  }

  @Override
  public int peerStart(int row) {
    return rows.peerStart()[start + row] - start;
  }

  @Override
  public int peerEnd(int row) {
    return rows.peerEnd()[start + row] - start;
  }

  @Override
  public int frameStart(int row) {
    return frames.get().starts()[start + row] - start;
  }

  @Override
  public int frameEnd(int row) {
    return frames.get().ends()[start + row] - start;
  }

  @Override
  public boolean isExcluded(int row, int frameRow) {
    return bounds.isExcluded(rows, start + row, start + frameRow);
  }
}
