package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.bind.tree.BoundExpr.SubqueryKind;
import io.quarkgres.engine.expr.Broadcast;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.HashMap;
import java.util.Map;

/**
 * A subquery in an expression. One without parameters is run once an execution; any other once for
 * each distinct set of parameter values, as long as the memo holds. Belongs to one execution.
 */
public final class SubplanEvaluator extends Evaluator {
  private static final int MEMO_MAX = 10_000;

  private final SubplanRun run;
  private final SubplanTest test;
  private final OuterBinding binding;
  private final SqlType type;
  private final boolean isOnce;
  private final boolean isMemoised;
  private final Map<OuterBinding.Key, SubplanRun.Result> memo = new HashMap<>();
  private SubplanRun.Result onlyResult;
  private SubplanRun.Result lastResult;

  /**
   * Makes one.
   *
   * @param test for ANY and ALL, else {@code null}
   * @param binding the parameters
   * @param isRepeatable whether running it twice with the same parameters gives the same
   */
  public SubplanEvaluator(
      SubplanRun run,
      SubplanTest test,
      OuterBinding binding,
      SqlType type,
      boolean isRepeatable,
      boolean isOnce) {
    this.run = run;
    this.test = test;
    this.binding = binding;
    this.type = type;
    this.isOnce = isOnce;
    this.isMemoised = isRepeatable;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    if (rows.count() == 0) {
      return ColumnBuilder.nulls(type.layout(), size);
    }
    if (isOnce) {
      if (onlyResult == null) {
        onlyResult = run.run();
      }
      return test == null
          ? Broadcast.to(onlyResult.value(), size)
          : test.evaluate(onlyResult, block, rows, frame);
    }
    return perRow(block, rows, frame);
  }

  private Column perRow(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    ColumnBuilder result = ColumnBuilder.of(type.layout(), size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      if (next == rows.count() || rows.position(next) != position) {
        result.appendNull();
        continue;
      }
      next++;
      binding.set(block, position, frame);
      SubplanRun.Result set = result(frame);
      if (test == null) {
        result.append(set.value(), 0);
      } else {
        Selection one = new Selection(new int[] {position}, 1);
        result.append(test.evaluate(set, block, one, frame), position);
      }
    }
    return result.build();
  }

  private SubplanRun.Result result(Frame frame) {
    if (!isMemoised) {
      if (lastResult != null) {
        lastResult.release();
      }
      lastResult = run.run();
      return lastResult;
    }
    OuterBinding.Key key = binding.key(frame);
    SubplanRun.Result known = memo.get(key);
    if (known == null) {
      known = run.run();
      if (memo.size() >= MEMO_MAX) {
        memo.values().forEach(SubplanRun.Result::release);
        memo.clear();
      }
      memo.put(key, known);
    }
    return known;
  }

  public static boolean isQuantified(SubqueryKind kind) {
    return kind == SubqueryKind.ANY || kind == SubqueryKind.ALL;
  }
}
