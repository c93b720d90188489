package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntColumn;

/** GROUP BY by hashing: yields the groups that its {@link GroupSource} has collected. */
public final class HashAggregateOperator implements Operator {
  private final GroupSource source;
  private final Plan.HashAggregate plan;
  private final OperatorStatistics statistics;
  private final int keys;
  private final int aggregates;
  private GroupingSet[] sets;
  private int currentSet;
  private int nextGroup;
  private Column[] currentKeys;

  /** Makes one; {@code statistics} is {@code null} where nobody wants to know. */
  public HashAggregateOperator(
      GroupSource source, Plan.HashAggregate plan, OperatorStatistics statistics) {
    this.statistics = statistics;
    this.source = source;
    this.plan = plan;
    this.keys = plan.spec().keys().size();
    this.aggregates = plan.spec().aggregates().size();
  }

  @Override
  public Block next() {
    if (sets == null) {
      sets = source.collect();
      currentSet = 0;
      nextGroup = 0;
      currentKeys = null;
    }
    while (currentSet < sets.length) {
      GroupingSet set = sets[currentSet];
      int n = Math.min(Block.ROWS_MAX, set.groups() - nextGroup);
      if (n > 0) {
        if (currentKeys == null) {
          currentKeys = set.keyColumns(keys);
        }
        Block block = block(set, nextGroup, n);
        nextGroup += n;
        return block;
      }
      set.describe(statistics);
      nextGroup = 0;
      currentKeys = null;
      sets[currentSet] = source.more(currentSet);
      if (sets[currentSet] == null) {
        currentSet++;
      }
    }
    return null;
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
    if (column < keys) {
      Column values = currentKeys[column];
      if (values == null) {
        return ColumnBuilder.nulls(plan.spec().keys().get(column).type().layout(), n);
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
    if (column < keys + aggregates) {
      return set.results(column - keys, from, from + n);
    }
    int grouping = set.grouping(spec.groupings().get(column - keys - aggregates));
    int[] values = RowOutput.repeat(grouping, n);
    return new IntColumn(values, null, n);
  }

  @Override
  public void reset() {
    forget();
    source.reset();
  }

  @Override
  public void close() {
    forget();
    source.close();
  }

  private void forget() {
    sets = null;
    currentKeys = null;
  }
}
