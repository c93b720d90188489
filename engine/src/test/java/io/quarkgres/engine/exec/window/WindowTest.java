package io.quarkgres.engine.exec.window;

import static io.quarkgres.engine.exec.TestPlans.BOOL;
import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.INT8;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.output;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static io.quarkgres.engine.exec.TestPlans.rows;
import static io.quarkgres.engine.exec.TestPlans.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.FrameBound;
import io.quarkgres.engine.bind.tree.Relation.FrameExclusion;
import io.quarkgres.engine.bind.tree.Relation.FrameMode;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.tree.Relation.WindowCall;
import io.quarkgres.engine.exec.RandomRows;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Window functions and frames against a model that looks at every row. */
class WindowTest {
  private static final SqlType[] TYPES = {INT4, INT4, INT4};
  private static final int WINDOW = 7;

  @Test
  void framesEqualTheModel() {
    for (long seed = 0; seed < 300; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> data = random.of(random.random().nextInt(120), "iii", 8);
      Relation.Frame frame = frame(random.random());
      boolean isDescending = random.random().nextBoolean();
      boolean nullsFirst = random.random().nextBoolean();
      List<List<String>> result = run(plan(data, frame, isDescending, nullsFirst));
      assertThat(result)
          .as("seed %d, %s, descending %s, nulls first %s", seed, frame, isDescending, nullsFirst)
          .isEqualTo(new Model(data, frame, isDescending, nullsFirst).compute());
    }
  }

  @Test
  void badOffsetsAreErrors() {
    List<List<String>> data = new RandomRows(1).of(5, "iii", 3);
    assertThatThrownBy(() -> run(plan(data, rowsPreceding("-1"), false, false)))
        .isInstanceOf(SqlException.class)
        .hasMessage("frame starting offset must not be negative");
    assertThatThrownBy(() -> run(plan(data, rowsPreceding(null), false, false)))
        .isInstanceOf(SqlException.class)
        .hasMessage("frame starting offset must not be null");
  }

  private static Relation.Frame rowsPreceding(String offset) {
    return new Relation.Frame(
        FrameMode.ROWS,
        FrameBound.PRECEDING,
        constant(INT8, offset),
        FrameBound.CURRENT_ROW,
        null,
        FrameExclusion.NO_OTHERS,
        null,
        null);
  }

  private static Relation.Frame frame(Random random) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    FrameMode mode = FrameMode.values()[random.nextInt(3)];
    FrameBound[] bounds = FrameBound.values();
    int start = random.nextInt(4);
    int end = Math.max(1, start + random.nextInt(5 - start));
    SqlType offsetType = mode == FrameMode.RANGE ? INT4 : INT8;
    Call inRange =
        mode == FrameMode.RANGE
            ? TestPlans.call("in_range", BOOL, INT4, INT4, INT4, BOOL, BOOL)
            : null;
    return new Relation.Frame(
        mode,
        bounds[start],
        offset(bounds[start], offsetType, random),
        bounds[end],
        offset(bounds[end], offsetType, random),
        FrameExclusion.values()[random.nextInt(4)],
        inRange,
        inRange);
  }

  private static BoundExpr offset(FrameBound bound, SqlType type, Random random) {
    boolean hasOffset = bound == FrameBound.PRECEDING || bound == FrameBound.FOLLOWING;
    return hasOffset ? constant(type, Integer.toString(random.nextInt(4))) : null;
  }

  /**
   * sum(n), count(*), row_number(), rank() over partitions by the first, in order of the second.
   */
  private static Plan plan(
      List<List<String>> data, Relation.Frame frame, boolean isDescending, boolean nullsFirst) {
    List<WindowCall> calls =
        List.of(
            new WindowCall(TestPlans.call("sum", INT8, INT4), List.of(ref(1, 2, INT4)), null),
            new WindowCall(TestPlans.call("count", INT8), List.of(), null),
            new WindowCall(TestPlans.call("row_number", INT8), List.of(), null),
            new WindowCall(TestPlans.call("rank", INT8), List.of(), null));
    List<OutputColumn> outputs = new ArrayList<>(TestPlans.outputs(1, TYPES));
    for (int i = 0; i < calls.size(); i++) {
      outputs.add(output(WINDOW, i, INT8));
    }
    Relation.Window spec =
        new Relation.Window(
            WINDOW,
            new Relation.SingleRow(),
            List.of(ref(1, 0, INT4)),
            List.of(new SortKey(ref(1, 1, INT4), isDescending, nullsFirst)),
            frame,
            calls,
            outputs);
    return new Plan.Window(spec, rows(1, TYPES, data), false, outputs);
  }

  private static final class Model {
    private final List<List<String>> rows;
    private final Relation.Frame frame;
    private final boolean isDescending;
    private final boolean nullsFirst;

    Model(List<List<String>> data, Relation.Frame frame, boolean isDescending, boolean nullsFirst) {
      this.frame = frame;
      this.isDescending = isDescending;
      this.nullsFirst = nullsFirst;
      Comparator<String> number = Comparator.comparingInt(Integer::parseInt);
      Comparator<String> key = isDescending ? number.reversed() : number;
      Comparator<String> second =
          nullsFirst ? Comparator.nullsFirst(key) : Comparator.nullsLast(key);
      this.rows = new ArrayList<>(data);
      Comparator<List<String>> order =
          Comparator.comparing(r -> r.get(0), Comparator.nullsLast(number));
      rows.sort(order.thenComparing(r -> r.get(1), second));
    }

    List<List<String>> compute() {
      List<List<String>> result = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        long sum = 0;
        boolean hasSum = false;
        long count = 0;
        int rowNumber = 0;
        int rank = 0;
        for (int j = 0; j < rows.size(); j++) {
          if (!Objects.equals(rows.get(i).get(0), rows.get(j).get(0))) {
            continue;
          }
          rowNumber += j <= i ? 1 : 0;
          rank += j < i && !isPeer(i, j) ? 1 : 0;
          if (isInFrame(i, j)) {
            count++;
            if (rows.get(j).get(2) != null) {
              hasSum = true;
              sum += Integer.parseInt(rows.get(j).get(2));
            }
          }
        }
        List<String> row = new ArrayList<>(rows.get(i));
        row.add(hasSum ? Long.toString(sum) : null);
        row.add(Long.toString(count));
        row.add(Integer.toString(rowNumber));
        row.add(Integer.toString(rank + 1));
        result.add(row);
      }
      return result;
    }

    private boolean isPeer(int i, int j) {
      return Objects.equals(rows.get(i).get(1), rows.get(j).get(1));
    }

    private boolean isInFrame(int i, int j) {
      if (frame == null) {
        return j <= i || isPeer(i, j);
      }
      boolean isOut =
          switch (frame.exclusion()) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> i == j;
            case GROUP -> isPeer(i, j);
            case TIES -> i != j && isPeer(i, j);
          };
      return !isOut
          && behindStart(i, j, frame.start(), number(frame.startOffset()))
          && beforeEnd(i, j, frame.end(), number(frame.endOffset()));
    }

    private static int number(BoundExpr offset) {
      return offset == null
          ? 0
          : Integer.parseInt(
              TestPlans.text(offset.type(), ((BoundExpr.Constant) offset).value(), 0));
    }

    /** With an offset, NULL is in the range of NULL, however far. */
    private boolean isNullRange(int i, int j) {
      return frame.mode() == FrameMode.RANGE
          && rows.get(i).get(1) == null
          && rows.get(j).get(1) == null;
    }

    private boolean behindStart(int i, int j, FrameBound bound, int offset) {
      if (isNullRange(i, j)) {
        return true;
      }
      return switch (bound) {
        case UNBOUNDED_PRECEDING -> true;
        case PRECEDING -> distance(i, j) >= -offset;
        case CURRENT_ROW -> distance(i, j) >= 0;
        case FOLLOWING -> distance(i, j) >= offset;
        case UNBOUNDED_FOLLOWING -> false;
      };
    }

    private boolean beforeEnd(int i, int j, FrameBound bound, int offset) {
      if (isNullRange(i, j)) {
        return true;
      }
      return switch (bound) {
        case UNBOUNDED_PRECEDING -> false;
        case PRECEDING -> distance(i, j) <= -offset;
        case CURRENT_ROW -> distance(i, j) <= 0;
        case FOLLOWING -> distance(i, j) <= offset;
        case UNBOUNDED_FOLLOWING -> true;
      };
    }

    /** How far row j lies behind row i, in the unit of the mode. */
    private long distance(int i, int j) {
      return switch (frame.mode()) {
        case ROWS -> j - i;
        case GROUPS -> groupsBetween(i, j);
        case RANGE -> rangeBetween(i, j);
      };
    }

    private long groupsBetween(int i, int j) {
      int low = Math.min(i, j);
      int high = Math.max(i, j);
      long groups = 0;
      for (int k = low + 1; k <= high; k++) {
        groups += isPeer(k, k - 1) ? 0 : 1;
      }
      return i <= j ? groups : -groups;
    }

    private long rangeBetween(int i, int j) {
      String a = rows.get(i).get(1);
      String b = rows.get(j).get(1);
      long far = 1 << 20;
      if (a == null || b == null) {
        if (Objects.equals(a, b)) {
          return 0;
        }
        boolean isFirst = (b == null) == nullsFirst;
        return isFirst ? -far : far;
      }
      long difference = Long.parseLong(b) - Long.parseLong(a);
      return isDescending ? -difference : difference;
    }
  }
}
