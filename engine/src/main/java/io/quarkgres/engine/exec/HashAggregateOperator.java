package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntColumn;

/** GROUP BY by hashing, with one hash table for each grouping set. */
final class HashAggregateOperator implements Operator {
  private final Operator input;
  private final Plan.HashAggregate plan;
  private final Evaluator[] keys;
  private final SqlType[] keyTypes;
  private final AggregateInput[] aggregates;
  private final ExecutionContext context;
  private GroupingSet[] sets;
  private int currentSet;
  private int nextGroup;
  private Column[] currentKeys;

  HashAggregateOperator(
      Operator input,
      Plan.HashAggregate plan,
      Evaluator[] keys,
      AggregateInput[] aggregates,
      ExecutionContext context) {
    this.input = input;
    this.plan = plan;
    this.keys = keys;
    this.aggregates = aggregates;
    this.context = context;
    this.keyTypes = new SqlType[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keyTypes[i] = plan.spec().keys().get(i).type();
    }
  }

  @Override
  public Block next() {
    if (sets == null) {
      aggregate();
    }
    while (currentSet < sets.length) {
      GroupingSet set = sets[currentSet];
      int n = Math.min(Block.ROWS_MAX, set.groups() - nextGroup);
      if (n > 0) {
        if (currentKeys == null) {
          currentKeys = set.keyColumns(keys.length);
        }
        Block block = block(set, nextGroup, n);
        nextGroup += n;
        return block;
      }
      currentSet++;
      nextGroup = 0;
      currentKeys = null;
    }
    return null;
  }

  private void aggregate() {
    int n = plan.spec().sets().size();
    GroupingSet[] made = new GroupingSet[n];
    sets = made;
    for (int i = 0; i < n; i++) {
      made[i] = new GroupingSet(plan.spec().sets().get(i), keyTypes, aggregates, context);
    }
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      add(block, made);
    }
    for (GroupingSet set : made) {
      set.finish();
    }
    currentSet = 0;
    nextGroup = 0;
    currentKeys = null;
  }

  private void add(Block block, GroupingSet[] made) {
    Column[] keyColumns = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keyColumns[i] = keys[i].evaluate(block, block.selection(), context.frame());
    }
    AggregateInput.Values[] values = new AggregateInput.Values[aggregates.length];
    for (int i = 0; i < aggregates.length; i++) {
      values[i] = aggregates[i].evaluate(block, context.frame());
    }
    for (GroupingSet set : made) {
      set.add(block, keyColumns, values);
    }
  }

  private Block block(GroupingSet set, int from, int n) {
    Column[] columns = new Column[plan.outputs().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = output(set, plan.outputs().get(i).column(), from, n);
    }
    return new Block(n, columns);
  }

  private Column output(GroupingSet set, int column, int from, int n) {
    Relation.Aggregate spec = plan.spec();
    if (column < keys.length) {
      Column values = currentKeys[column];
      if (values == null) {
        return ColumnBuilder.nulls(keyTypes[column].layout(), n);
      }
      if (from == 0 && n == values.count()) {
        return values;
      }
      int[] positions = new int[n];
      for (int i = 0; i < n; i++) {
        positions[i] = from + i;
      }
      return values.gather(positions, n);
    }
    if (column < keys.length + aggregates.length) {
      return set.results(column - keys.length, from, from + n);
    }
    int grouping = set.grouping(spec.groupings().get(column - keys.length - aggregates.length));
    int[] values = RowOutput.repeat(grouping, n);
    return new IntColumn(values, null, n);
  }

  @Override
  public void reset() {
    release();
    input.reset();
  }

  @Override
  public void close() {
    release();
    input.close();
  }

  private void release() {
    for (int i = 0; sets != null && i < sets.length; i++) {
      if (sets[i] != null) {
        sets[i].release();
      }
    }
    sets = null;
    currentKeys = null;
  }
}
