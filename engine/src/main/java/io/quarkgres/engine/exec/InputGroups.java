package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;

/** Groups the rows of one input by hashing, with one table for each grouping set. */
final class InputGroups implements GroupSource {
  private final Operator input;
  private final Plan.HashAggregate plan;
  private final Evaluator[] keys;
  private final AggregateInput[] aggregates;
  private final ExecutionContext context;
  private GroupingSet[] sets = {};

  InputGroups(
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
  }

  /** Makes the empty groups, without reading anything. */
  GroupingSet[] open() {
    SqlType[] keyTypes = new SqlType[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keyTypes[i] = plan.spec().keys().get(i).type();
    }
    GroupingSet[] made = new GroupingSet[plan.spec().sets().size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = new GroupingSet(plan.spec().sets().get(i), keyTypes, aggregates, context);
    }
    sets = made;
    return made;
  }

  /** Reads the input into the open groups. */
  void read() {
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      add(block);
    }
  }

  @Override
  public GroupingSet[] collect() {
    open();
    read();
    return finish();
  }

  /** Ends the input. */
  GroupingSet[] finish() {
    for (GroupingSet set : sets) {
      set.finish();
    }
    return sets;
  }

  private void add(Block block) {
    Column[] keyColumns = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keyColumns[i] = keys[i].evaluate(block, block.selection(), context.frame());
    }
    AggregateInput.Values[] values = new AggregateInput.Values[aggregates.length];
    for (int i = 0; i < aggregates.length; i++) {
      values[i] = aggregates[i].evaluate(block, context.frame());
    }
    for (GroupingSet set : sets) {
      set.add(block, keyColumns, values);
    }
  }

  private void release() {
    for (GroupingSet set : sets) {
      if (set != null) {
        set.release();
      }
    }
    sets = new GroupingSet[0];
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
}
