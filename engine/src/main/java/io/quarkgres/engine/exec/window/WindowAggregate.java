package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.aggregate.AggregateInput;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * An aggregate over window frames. Whole partitions are aggregated as groups; frames that only grow
 * are aggregated row by row; others are computed anew where they differ from the one before. Used
 * by one thread.
 */
final class WindowAggregate {
  private final AggregateInput aggregate;
  private final Column[] arguments;
  private final boolean[] isCounted;
  private final WindowRows rows;
  private final FrameBounds bounds;
  private final ExecutionContext context;

  /**
   * Makes one.
   *
   * @param arguments over all rows in window order
   * @param isCounted which rows pass FILTER and a strict transition; {@code null} for all
   */
  WindowAggregate(
      AggregateInput aggregate,
      Column[] arguments,
      boolean[] isCounted,
      WindowRows rows,
      FrameBounds bounds,
      ExecutionContext context) {
    this.aggregate = aggregate;
    this.arguments = arguments;
    this.isCounted = isCounted;
    this.rows = rows;
    this.bounds = bounds;
    this.context = context;
  }

  /** Returns the results of all rows. */
  Column compute() {
    Accumulator accumulator = aggregate.accumulator(context.evaluation());
    if (bounds.isWholePartition(rows.order().size() > 0)) {
      return wholePartitions(accumulator);
    }
    FrameBounds.Frames frames = bounds.compute(rows);
    accumulator.grow(1);
    return bounds.onlyGrows() ? growing(accumulator, frames) : moving(accumulator, frames);
  }

  private Selection counted(int[] positions, int n) {
    if (isCounted == null) {
      return new Selection(positions, n);
    }
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      kept[count] = positions[i];
      count += isCounted[positions[i]] ? 1 : 0;
    }
    return new Selection(kept, count);
  }

  private Selection countedRange(int from, int to) {
    int[] positions = new int[Math.max(0, to - from)];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from + i;
    }
    return counted(positions, positions.length);
  }

  private Column wholePartitions(Accumulator accumulator) {
    int n = rows.count();
    int partitions = rows.partitions();
    int[] partitionOf = new int[n];
    for (int p = 0; p < partitions; p++) {
      Arrays.fill(partitionOf, rows.partitionStarts()[p], rows.partitionStarts()[p + 1], p);
    }
    accumulator.grow(partitions);
    Selection all = isCounted == null ? Selection.dense(n) : countedRange(0, n);
    if (all.count() > 0) {
      accumulator.add(arguments, all, partitionOf);
    }
    return accumulator.results(0, partitions).gather(partitionOf, n);
  }

  private Column growing(Accumulator accumulator, FrameBounds.Frames frames) {
    int n = rows.count();
    int[] group = new int[n];
    int[] resultOf = new int[n];
    ColumnBuilder results = ColumnBuilder.of(aggregate.call().returnType().layout(), n);
    int partition = 0;
    int added = 0;
    for (int i = 0; i < n; i++) {
      boolean isNew = rows.partitionStarts()[partition] == i;
      if (isNew) {
        context.checkInterruption();
        accumulator.reset(0);
        added = i;
        partition++;
      }
      int end = frames.ends()[i];
      if (isNew || end != added) {
        Selection more = countedRange(added, end);
        if (more.count() > 0) {
          accumulator.add(arguments, more, group);
        }
        added = Math.max(added, end);
        results.append(accumulator.results(0, 1), 0);
      }
      resultOf[i] = results.count() - 1;
    }
    return results.build().gather(resultOf, n);
  }

  private Column moving(Accumulator accumulator, FrameBounds.Frames frames) {
    int n = rows.count();
    int[] group = new int[n];
    int[] resultOf = new int[n];
    ColumnBuilder results = ColumnBuilder.of(aggregate.call().returnType().layout(), n);
    for (int i = 0; i < n; i++) {
      int start = frames.starts()[i];
      int end = frames.ends()[i];
      boolean isSame =
          i > 0
              && bounds.exclusion() == Relation.FrameExclusion.NO_OTHERS
              && frames.starts()[i - 1] == start
              && frames.ends()[i - 1] == end;
      if (!isSame) {
        context.checkInterruption();
        int[] frame = bounds.included(rows, i, start, end);
        accumulator.reset(0);
        Selection counted = counted(frame, frame.length);
        if (counted.count() > 0) {
          accumulator.add(arguments, counted, group);
        }
        results.append(accumulator.results(0, 1), 0);
      }
      resultOf[i] = results.count() - 1;
    }
    return results.build().gather(resultOf, n);
  }
}
