package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** What one aggregate call takes from its input: arguments, FILTER, ORDER BY, DISTINCT. */
public final class AggregateInput {
  private final Call call;
  private final Evaluator[] arguments;
  private final Evaluator filter;
  private final Evaluator[] orderKeys;
  private final RowOrder order;
  private final boolean isDistinct;

  private AggregateInput(
      Call call,
      Evaluator[] arguments,
      Evaluator filter,
      Evaluator[] orderKeys,
      RowOrder order,
      boolean isDistinct) {
    this.call = call;
    this.arguments = arguments;
    this.filter = filter;
    this.orderKeys = orderKeys;
    this.order = order;
    this.isDistinct = isDistinct;
  }

  /** Compiles a call of GROUP BY. */
  public static AggregateInput of(Relation.AggregateCall aggregate, Scope scope) {
    List<Relation.SortKey> sort = aggregate.orderBy();
    Evaluator[] keys = new Evaluator[sort.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = scope.compile(sort.get(i).expression());
    }
    return new AggregateInput(
        aggregate.call(),
        scope.compileAll(aggregate.arguments()),
        aggregate.filter() == null ? null : scope.compile(aggregate.filter()),
        keys,
        RowOrder.of(sort),
        aggregate.isDistinct());
  }

  /** Compiles an aggregate over a window. */
  public static AggregateInput of(Relation.WindowCall aggregate, Scope scope) {
    return new AggregateInput(
        aggregate.call(),
        scope.compileAll(aggregate.arguments()),
        aggregate.filter() == null ? null : scope.compile(aggregate.filter()),
        new Evaluator[0],
        RowOrder.ascending(),
        false);
  }

  public Call call() {
    return call;
  }

  RowOrder order() {
    return order;
  }

  boolean isDistinct() {
    return isDistinct;
  }

  /** Tells whether values have to be sorted before the accumulator sees them. */
  boolean isSorted() {
    return order.size() > 0 || isDistinct && !OrderFreeAggregates.contains(call);
  }

  public Accumulator accumulator(EvalContext context) {
    if (!(call.function().kernel() instanceof AggregateKernel kernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "aggregate " + call.function().name() + " is not supported");
    }
    return kernel.create(call, context);
  }

  /** The rows of a block that count, with their arguments and sort keys. */
  public record Values(Column[] arguments, Column[] orderKeys, Selection rows) {}

  /** Computes the arguments for the rows that pass FILTER and a strict transition. */
  public Values evaluate(Block block, Frame frame) {
    Selection rows = block.selection();
    if (filter != null) {
      rows = filter.select(block, rows, frame);
    }
    Column[] values = new Column[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(block, rows, frame);
    }
    Column[] keys = new Column[orderKeys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = orderKeys[i].evaluate(block, rows, frame);
    }
    if (call.function().strict()) {
      for (Column value : values) {
        rows = rows.withoutNulls(value.nulls());
      }
    }
    return new Values(values, keys, rows);
  }
}
