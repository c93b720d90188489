package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.FrameBound;
import io.quarkgres.engine.bind.tree.Relation.FrameExclusion;
import io.quarkgres.engine.bind.tree.Relation.FrameMode;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Where the frames of a window begin and end (manual, section 4.2.8). Used by one thread. */
final class FrameBounds {
  private final Relation.Frame frame;
  private final Evaluator startOffset;
  private final Evaluator endOffset;
  private final ExecutionContext context;

  /** Makes the bounds; {@code frame} is {@code null} for the default frame. */
  FrameBounds(Relation.Frame frame, Scope scope, ExecutionContext context) {
    this.frame =
        frame != null
            ? frame
            : new Relation.Frame(
                FrameMode.RANGE,
                FrameBound.UNBOUNDED_PRECEDING,
                null,
                FrameBound.CURRENT_ROW,
                null,
                FrameExclusion.NO_OTHERS,
                null,
                null);
    this.context = context;
    this.startOffset =
        this.frame.startOffset() == null ? null : scope.compile(this.frame.startOffset());
    this.endOffset = this.frame.endOffset() == null ? null : scope.compile(this.frame.endOffset());
  }

  FrameExclusion exclusion() {
    return frame.exclusion();
  }

  /** Tells whether every frame begins with its partition and leaves nothing out. */
  boolean onlyGrows() {
    return frame.start() == FrameBound.UNBOUNDED_PRECEDING
        && frame.exclusion() == FrameExclusion.NO_OTHERS;
  }

  /** Tells whether every frame is the whole partition. */
  boolean isWholePartition(boolean hasOrder) {
    boolean endsWithPartition =
        frame.end() == FrameBound.UNBOUNDED_FOLLOWING
            || !hasOrder && frame.end() == FrameBound.CURRENT_ROW && frame.mode() != FrameMode.ROWS;
    boolean startsWithPartition =
        frame.start() == FrameBound.UNBOUNDED_PRECEDING
            || !hasOrder
                && frame.start() == FrameBound.CURRENT_ROW
                && frame.mode() != FrameMode.ROWS;
    return startsWithPartition
        && endsWithPartition
        && frame.exclusion() == FrameExclusion.NO_OTHERS;
  }

  /** The frames of all rows: row {@code i}'s is {@code [starts[i], ends[i])}, maybe empty. */
  record Frames(int[] starts, int[] ends) {}

  /** The frames of some rows, computed when they are first asked for. Used by one thread. */
  final class OfRows {
    private final WindowRows rows;
    private Frames frames;

    /**
     * What depends on expressions is computed at once: their errors must not depend on the call.
     */
    OfRows(WindowRows rows) {
      this.rows = rows;
      if (startOffset != null || endOffset != null) {
        get();
      }
    }

    Frames get() {
      if (frames == null) {
        frames = compute(rows);
      }
      return frames;
    }
  }

  Frames compute(WindowRows rows) {
    Column start = offset(startOffset, "starting");
    Column end = offset(endOffset, "ending");
    int n = rows.count();
    int[] starts = new int[n];
    int[] ends = new int[n];
    for (int p = 0; p < rows.partitions(); p++) {
      int from = rows.partitionStarts()[p];
      int to = rows.partitionStarts()[p + 1];
      switch (frame.mode()) {
        case ROWS -> byRows(from, to, start, end, starts, ends);
        case GROUPS -> byGroups(rows, from, to, start, end, starts, ends);
        case RANGE -> byRange(rows, from, to, start, end, starts, ends);
      }
    }
    for (int i = 0; i < n; i++) {
      ends[i] = Math.max(starts[i], ends[i]);
    }
    return new Frames(starts, ends);
  }

  private Column offset(Evaluator expression, String which) {
    if (expression == null) {
      return null;
    }
    Column value = expression.single(context.frame());
    if (value.isNull(0)) {
      throw new SqlException(
          SqlState.NULL_VALUE_NOT_ALLOWED, "frame " + which + " offset must not be null");
    }
    if (frame.mode() != FrameMode.RANGE && ((LongColumn) value).values()[0] < 0) {
      throw new SqlException(
          SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
          "frame " + which + " offset must not be negative");
    }
    return value;
  }

  private static long number(Column offset) {
    return offset == null ? 0 : ((LongColumn) offset).values()[0];
  }

  private static int clamp(long row, int from, int to) {
    return (int) Math.max(from, Math.min(to, row));
  }

  /** Adds without overflow: offsets may be as large as int8. */
  private static long plus(long row, long offset) {
    return offset > Integer.MAX_VALUE ? row + Integer.MAX_VALUE : row + offset;
  }

  private static long minus(long row, long offset) {
    return offset > Integer.MAX_VALUE ? row - Integer.MAX_VALUE : row - offset;
  }

  private void byRows(int from, int to, Column start, Column end, int[] starts, int[] ends) {
    long startBy = number(start);
    long endBy = number(end);
    for (int i = from; i < to; i++) {
      long first =
          switch (frame.start()) {
            case UNBOUNDED_PRECEDING -> from;
            case PRECEDING -> minus(i, startBy);
            case CURRENT_ROW -> i;
            case FOLLOWING -> plus(i, startBy);
            case UNBOUNDED_FOLLOWING -> to;
          };
      long behind =
          switch (frame.end()) {
            case UNBOUNDED_PRECEDING -> from;
            case PRECEDING -> minus(i, endBy) + 1;
            case CURRENT_ROW -> i + 1L;
            case FOLLOWING -> plus(i, endBy) + 1;
            case UNBOUNDED_FOLLOWING -> to;
          };
      starts[i] = clamp(first, from, to);
      ends[i] = clamp(behind, from, to);
    }
  }

  private void byGroups(
      WindowRows rows, int from, int to, Column start, Column end, int[] starts, int[] ends) {
    int[] groupStarts = new int[to - from + 1];
    int groups = 0;
    int[] groupOf = new int[to - from];
    for (int i = from; i < to; i++) {
      if (rows.peerStart()[i] == i) {
        groupStarts[groups++] = i;
      }
      groupOf[i - from] = groups - 1;
    }
    groupStarts[groups] = to;
    long startBy = number(start);
    long endBy = number(end);
    for (int i = from; i < to; i++) {
      int group = groupOf[i - from];
      long first =
          switch (frame.start()) {
            case UNBOUNDED_PRECEDING -> 0;
            case PRECEDING -> minus(group, startBy);
            case CURRENT_ROW -> group;
            case FOLLOWING -> plus(group, startBy);
            case UNBOUNDED_FOLLOWING -> groups;
          };
      long behind =
          switch (frame.end()) {
            case UNBOUNDED_PRECEDING -> 0;
            case PRECEDING -> minus(group, endBy) + 1;
            case CURRENT_ROW -> group + 1L;
            case FOLLOWING -> plus(group, endBy) + 1;
            case UNBOUNDED_FOLLOWING -> groups;
          };
      starts[i] = groupStarts[clamp(first, 0, groups)];
      ends[i] = groupStarts[clamp(behind, 0, groups)];
    }
  }

  private void byRange(
      WindowRows rows, int from, int to, Column start, Column end, int[] starts, int[] ends) {
    RangeEdge head =
        start == null
            ? null
            : new RangeEdge(
                frame.rangeStartComparison(),
                start,
                frame.start() == FrameBound.PRECEDING,
                false,
                rows,
                context);
    RangeEdge tail =
        end == null
            ? null
            : new RangeEdge(
                frame.rangeEndComparison(),
                end,
                frame.end() == FrameBound.PRECEDING,
                true,
                rows,
                context);
    int first = from;
    int behind = from;
    for (int i = from; i < to; i++) {
      if (rows.peerStart()[i] != i) {
        starts[i] = starts[i - 1];
        ends[i] = ends[i - 1];
        continue;
      }
      while (head != null && first < to && head.isBeforeStart(first, i)) {
        first++;
      }
      while (tail != null && behind < to && tail.isBeforeEnd(behind, i)) {
        behind++;
      }
      starts[i] =
          switch (frame.start()) {
            case UNBOUNDED_PRECEDING -> from;
            case CURRENT_ROW -> i;
            case PRECEDING, FOLLOWING -> first;
            case UNBOUNDED_FOLLOWING -> to;
          };
      ends[i] =
          switch (frame.end()) {
            case UNBOUNDED_PRECEDING -> from;
            case CURRENT_ROW -> rows.peerEnd()[i];
            case PRECEDING, FOLLOWING -> behind;
            case UNBOUNDED_FOLLOWING -> to;
          };
    }
  }

  /** Returns the rows of a frame that its exclusion clause leaves in. */
  int[] included(WindowRows rows, int row, int start, int end) {
    int[] result = new int[end - start];
    int n = 0;
    for (int i = start; i < end; i++) {
      if (!isExcluded(rows, row, i)) {
        result[n++] = i;
      }
    }
    return Arrays.copyOf(result, n);
  }

  boolean isExcluded(WindowRows rows, int row, int other) {
    return switch (frame.exclusion()) {
      case NO_OTHERS -> false;
      case CURRENT_ROW -> other == row;
      case GROUP -> rows.peerStart()[row] == rows.peerStart()[other];
      case TIES -> other != row && rows.peerStart()[row] == rows.peerStart()[other];
    };
  }
}
