package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ComputedColumns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.GatheringOperator;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.aggregate.AggregateInput;
import io.quarkgres.engine.exec.sort.RowSorter;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.WindowKernel;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;
import java.util.List;

/**
 * Window functions over one window: sorts the rows by partition and order, computes each call, and
 * yields the rows in window order. Rows that do not fit into working memory are sorted in temporary
 * files and computed some partitions at a time; one partition is always held whole.
 */
public final class WindowOperator extends GatheringOperator {
  private final Plan.Window plan;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final ComputedColumns kept;
  private final int[] partitionKeys;
  private final RowOrder partitionOrder;
  private final int[] orderKeys;
  private final RowOrder order;
  private final RowOrder sortOrder;
  private final int[][] arguments;
  private final int[] filters;
  private final AggregateInput[] aggregates;
  private final FrameBounds bounds;
  private final int[] outputs;
  private final OperatorStatistics statistics;
  private RowSorter sorter;
  private PartitionBatches batches;
  private RowOutput output;

  /** Makes one; {@code statistics} is {@code null} where nobody wants to know. */
  public WindowOperator(
      Operator input,
      Plan.Window plan,
      Scope scope,
      OperatorStatistics statistics,
      ExecutionContext context) {
    super(input);
    this.plan = plan;
    this.statistics = statistics;
    this.context = context;
    this.share = context.memory().share();
    Relation.Window spec = plan.spec();
    this.kept = new ComputedColumns(RowBuffer.layouts(plan.input().outputs()));
    this.partitionKeys = new int[spec.partitionBy().size()];
    SqlType[] partitionTypes = new SqlType[partitionKeys.length];
    for (int i = 0; i < partitionKeys.length; i++) {
      partitionTypes[i] = spec.partitionBy().get(i).type();
      partitionKeys[i] =
          kept.add(scope.compile(spec.partitionBy().get(i)), partitionTypes[i].layout());
    }
    this.partitionOrder = RowOrder.ascending(partitionTypes);
    this.order = RowOrder.of(spec.orderBy());
    this.orderKeys = new int[order.size()];
    for (int i = 0; i < orderKeys.length; i++) {
      Evaluator key = scope.compile(spec.orderBy().get(i).expression());
      orderKeys[i] = kept.add(key, order.type(i).layout());
    }
    this.sortOrder = RowOrder.concat(partitionOrder, order);
    this.outputs = outputs(scope);
    int calls = spec.calls().size();
    this.arguments = new int[calls][];
    this.filters = new int[calls];
    this.aggregates = new AggregateInput[calls];
    for (int c = 0; c < calls; c++) {
      if (isComputed(c)) {
        prepare(c, spec.calls().get(c), scope);
      }
    }
    this.bounds = new FrameBounds(spec.frame(), scope, context);
  }

  private boolean isComputed(int call) {
    for (int output : outputs) {
      if (output == -1 - call) {
        return true;
      }
    }
    return false;
  }

  private void prepare(int c, Relation.WindowCall call, Scope scope) {
    arguments[c] = new int[call.arguments().size()];
    for (int i = 0; i < arguments[c].length; i++) {
      arguments[c][i] =
          kept.add(scope.compile(call.arguments().get(i)), call.arguments().get(i).type().layout());
    }
    filters[c] =
        call.filter() == null ? -1 : kept.add(scope.compile(call.filter()), Layout.BOOLEAN);
    boolean isAggregate = call.call().function().kernel() instanceof AggregateKernel;
    aggregates[c] = isAggregate ? AggregateInput.of(call, scope) : null;
    if (!isAggregate && !(call.call().function().kernel() instanceof WindowKernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "window function " + call.call().function().name() + " is not supported");
    }
  }

  /** Maps the outputs: columns of the input, then (by negative numbers) calls. */
  private int[] outputs(Scope scope) {
    List<OutputColumn> wanted = plan.outputs();
    int[] result = new int[wanted.size()];
    for (int i = 0; i < result.length; i++) {
      OutputColumn column = wanted.get(i);
      result[i] =
          column.relation() == plan.spec().relation()
              ? -1 - column.column()
              : scope.position(column.relation(), column.column());
    }
    return result;
  }

  @Override
  public Block next() {
    if (batches == null) {
      batches = open();
    }
    while (true) {
      Block block = output == null ? null : output.next();
      if (block != null) {
        return block;
      }
      output = null;
      Block batch = batches.next();
      if (batch == null) {
        return null;
      }
      output = compute(batch.columns(), batch.positionCount());
    }
  }

  /** Returns the rows in window order, whole partitions at a time. */
  private PartitionBatches open() {
    BlockCursor sorted = plan.isSorted() || sortOrder.size() == 0 ? this::read : sorted();
    return new PartitionBatches(sorted, kept.layouts(), partitionKeys, partitionOrder, context);
  }

  private Block read() {
    context.checkInterruption();
    Block block = input.next();
    return block == null
        ? null
        : new Block(kept.of(block, context.frame()), block.positionCount(), block.selection());
  }

  private BlockCursor sorted() {
    int[] keys = Arrays.copyOf(partitionKeys, sortOrder.size());
    System.arraycopy(orderKeys, 0, keys, partitionKeys.length, orderKeys.length);
    sorter = new RowSorter(kept.layouts(), keys, sortOrder, context);
    for (Block block = read(); block != null; block = read()) {
      sorter.add(block.columns(), block.selection());
    }
    BlockCursor result = sorter.finishWhole();
    sorter.describe(statistics, "quicksort");
    return result;
  }

  /** Computes rows of whole partitions in window order. */
  private RowOutput compute(Column[] all, int n) {
    WindowRows rows =
        WindowRows.of(
            all,
            Columns.pick(all, partitionKeys),
            partitionOrder,
            Columns.pick(all, orderKeys),
            order,
            n);
    share.set(24L * n);
    return new RowOutput(results(all, rows), n);
  }

  private Column[] results(Column[] all, WindowRows rows) {
    Column[] calls = new Column[aggregates.length];
    FrameBounds.OfRows frames = null;
    for (int c = 0; c < calls.length && rows.count() > 0; c++) {
      if (!isComputed(c)) {
        continue;
      }
      Column[] values = Columns.pick(all, arguments[c]);
      if (aggregates[c] != null) {
        boolean[] isCounted = counted(c, values, all, rows.count());
        calls[c] =
            new WindowAggregate(aggregates[c], values, isCounted, rows, bounds, context).compute();
      } else {
        frames = frames == null ? bounds.new OfRows(rows) : frames;
        calls[c] = windowFunction(c, values, rows, frames);
      }
    }
    Column[] result = new Column[outputs.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = outputs[i] < 0 ? calls[-1 - outputs[i]] : all[outputs[i]];
    }
    return result;
  }

  /** Returns which rows an aggregate counts: those that pass FILTER and a strict transition. */
  private boolean[] counted(int c, Column[] values, Column[] all, int n) {
    boolean isStrict = plan.spec().calls().get(c).call().function().strict();
    boolean[] result = null;
    if (filters[c] >= 0) {
      result = new boolean[n];
      Selection passing = Selection.dense(n).whereTrue((BooleanColumn) all[filters[c]]);
      for (int i = 0; i < passing.count(); i++) {
        result[passing.position(i)] = true;
      }
    }
    for (int a = 0; isStrict && a < values.length; a++) {
      if (values[a].nulls() == null) {
        continue;
      }
      if (result == null) {
        result = new boolean[n];
        Arrays.fill(result, true);
      }
      for (int i = 0; i < n; i++) {
        result[i] &= !values[a].isNull(i);
      }
    }
    return result;
  }

  private Column windowFunction(
      int c, Column[] values, WindowRows rows, FrameBounds.OfRows frames) {
    Relation.WindowCall call = plan.spec().calls().get(c);
    WindowKernel kernel = (WindowKernel) call.call().function().kernel();
    if (rows.partitions() == 1) {
      WindowPartition partition = new WindowPartition(rows, bounds, frames, 0);
      return kernel.evaluate(call.call(), values, partition, context.evaluation());
    }
    ColumnBuilder result = ColumnBuilder.of(call.call().returnType().layout(), rows.count());
    for (int p = 0; p < rows.partitions(); p++) {
      context.checkInterruption();
      int from = rows.partitionStarts()[p];
      int n = rows.partitionStarts()[p + 1] - from;
      int[] positions = new int[n];
      for (int i = 0; i < n; i++) {
        positions[i] = from + i;
      }
      Column part =
          kernel.evaluate(
              call.call(),
              RowOutput.gather(values, positions, n),
              new WindowPartition(rows, bounds, frames, p),
              context.evaluation());
      result.appendAll(part, Selection.dense(n));
    }
    return result.build();
  }

  @Override
  protected void forget() {
    output = null;
    if (batches != null) {
      batches.close();
      batches = null;
    }
    if (sorter != null) {
      sorter.close();
      sorter = null;
    }
    share.release();
  }
}
