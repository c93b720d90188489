package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ComputedColumns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.Overflow;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Groups the rows of one input by hashing, with one table for each grouping set. */
public final class InputGroups implements GroupSource {
  private final Operator input;
  private final Plan.HashAggregate plan;
  private final ComputedColumns kept;
  private final int[] keys;
  private final AggregateInput[] aggregates;
  private final ExecutionContext context;
  private GroupingSet[] sets = {};

  public InputGroups(
      Operator input,
      Plan.HashAggregate plan,
      Evaluator[] keys,
      AggregateInput[] aggregates,
      ExecutionContext context) {
    this.input = input;
    this.plan = plan;
    this.kept = new ComputedColumns(RowBuffer.layouts(plan.input().outputs()));
    this.keys = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      this.keys[i] = kept.add(keys[i], plan.spec().keys().get(i).type().layout());
    }
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
      made[i] =
          new GroupingSet(plan.spec().sets().get(i), keyTypes, aggregates, kept.layouts(), context);
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

  private void add(Block input) {
    Column[] columns = kept.of(input, context.frame());
    Block block = new Block(columns, input.positionCount(), input.selection());
    AggregateInput.Values[] values = null;
    for (GroupingSet set : sets) {
      if (set.isFull()) {
        add(set, block);
      } else {
        values = values == null ? evaluate(block) : values;
        set.add(block, Columns.pick(columns, keys), values);
      }
    }
  }

  /** Adds rows with their computed keys to one set; those that it has no room for wait. */
  private void add(GroupingSet set, Block block) {
    Column[] keyColumns = Columns.pick(block.columns(), keys);
    Selection rows = set.isFull() ? set.keepKnown(block, keyColumns) : block.selection();
    if (rows.count() > 0) {
      Block part = block.select(rows);
      set.add(part, keyColumns, evaluate(part));
    }
  }

  private AggregateInput.Values[] evaluate(Block block) {
    AggregateInput.Values[] values = new AggregateInput.Values[aggregates.length];
    for (int i = 0; i < aggregates.length; i++) {
      values[i] = aggregates[i].evaluate(block, context.frame());
    }
    return values;
  }

  /** Adds the rows that wait for another's groups to a set of the same number here. */
  void addWaiting(int set, Overflow overflow) {
    while (overflow.nextPartition()) {
      for (Block block = overflow.next(0); block != null; block = overflow.next(0)) {
        add(sets[set], block);
      }
    }
  }

  @Override
  public GroupingSet more(int set) {
    sets[set].release();
    GroupingSet fresh = sets[set].ofNextPartition();
    if (fresh != null) {
      sets[set] = fresh;
      Overflow overflow = fresh.overflow();
      for (Block block = overflow.next(0); block != null; block = overflow.next(0)) {
        add(fresh, block);
      }
      fresh.finish();
    }
    return fresh;
  }

  private void release() {
    for (GroupingSet set : sets) {
      if (set != null) {
        set.release();
        set.overflow().close();
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
