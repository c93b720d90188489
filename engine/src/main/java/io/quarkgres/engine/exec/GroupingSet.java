package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.List;

/** The groups of one grouping set and the states of their aggregates. Used by one thread. */
final class GroupingSet {
  private final int[] keyNumbers;
  private final SqlType[] keyTypes;
  private final KeyTable table;
  private final ColumnBuilder[] keyValues;
  private final AggregateInput[] aggregates;
  private final Accumulator[] accumulators;
  private final SortedAggregation[] sorted;
  private final KeyTable[] distinct;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final MemoryAccount.Share sortShare;
  private int[] numbers = new int[Block.ROWS_MAX];
  private int groups;

  GroupingSet(
      List<Integer> keys,
      SqlType[] allKeyTypes,
      AggregateInput[] aggregates,
      ExecutionContext context) {
    this.context = context;
    this.share = context.memory().share();
    this.sortShare = context.memory().share();
    this.aggregates = aggregates;
    this.keyNumbers = new int[keys.size()];
    this.keyTypes = new SqlType[keys.size()];
    this.keyValues = new ColumnBuilder[keys.size()];
    for (int i = 0; i < keyNumbers.length; i++) {
      keyNumbers[i] = keys.get(i);
      keyTypes[i] = allKeyTypes[keyNumbers[i]];
      keyValues[i] = ColumnBuilder.of(keyTypes[i].layout(), 64);
    }
    this.table = keyNumbers.length == 0 ? null : KeyTable.ofGroups(keyTypes);
    this.accumulators = new Accumulator[aggregates.length];
    this.sorted = new SortedAggregation[aggregates.length];
    this.distinct = new KeyTable[aggregates.length];
    for (int i = 0; i < aggregates.length; i++) {
      open(i);
    }
    if (table == null) {
      groups = 1;
      growAccumulators();
    }
  }

  private void open(int i) {
    AggregateInput aggregate = aggregates[i];
    accumulators[i] = aggregate.accumulator(context.evaluation());
    SqlType groupType = SortedAggregation.groupType(context.catalog().types());
    if (aggregate.isSorted()) {
      sorted[i] = new SortedAggregation(aggregate, groupType, sortShare);
    } else if (aggregate.isDistinct()) {
      SqlType[] arguments = aggregate.call().argumentTypes();
      SqlType[] types = new SqlType[arguments.length + 1];
      types[0] = groupType;
      System.arraycopy(arguments, 0, types, 1, arguments.length);
      distinct[i] = table == null ? KeyTable.ofGroups(arguments) : KeyTable.ofGroups(types);
    }
  }

  private void growAccumulators() {
    for (Accumulator accumulator : accumulators) {
      accumulator.grow(groups);
    }
  }

  /** Adds the rows of a block, given all keys and each aggregate's values for it. */
  void add(Block block, Column[] allKeys, AggregateInput.Values[] values) {
    Selection rows = block.selection();
    if (numbers.length < block.positionCount()) {
      numbers = new int[block.positionCount()];
    }
    if (table != null) {
      assignGroups(allKeys, rows);
    }
    for (int i = 0; i < accumulators.length; i++) {
      if (sorted[i] != null) {
        sorted[i].add(values[i], numbers);
      } else {
        Selection counted =
            distinct[i] == null ? values[i].rows() : firstOfEach(i, values[i], block);
        if (counted.count() > 0) {
          accumulators[i].add(values[i].arguments(), counted, numbers);
        }
      }
    }
    share.set(memoryBytes());
  }

  private void assignGroups(Column[] allKeys, Selection rows) {
    Column[] keys = new Column[keyNumbers.length];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = allKeys[keyNumbers[k]];
    }
    table.assign(keys, rows, numbers);
    if (table.count() == groups) {
      return;
    }
    for (int i = 0; i < rows.count() && groups < table.count(); i++) {
      int position = rows.position(i);
      if (numbers[position] == groups) {
        for (int k = 0; k < keys.length; k++) {
          keyValues[k].append(keys[k], position);
        }
        groups++;
      }
    }
    growAccumulators();
  }

  /** Returns the rows whose arguments come for the first time in their group. */
  private Selection firstOfEach(int aggregate, AggregateInput.Values values, Block block) {
    Column[] keys = values.arguments();
    if (table != null) {
      keys = new Column[values.arguments().length + 1];
      keys[0] = new io.quarkgres.spi.data.IntColumn(numbers, null, numbers.length);
      System.arraycopy(values.arguments(), 0, keys, 1, keys.length - 1);
    }
    return DistinctOperator.fresh(
        distinct[aggregate], new Block(keys, block.positionCount(), values.rows()));
  }

  private long memoryBytes() {
    long bytes = table == null ? 0 : 2 * table.memoryBytes();
    for (int i = 0; i < accumulators.length; i++) {
      bytes += accumulators[i].memoryBytes();
      bytes += distinct[i] == null ? 0 : distinct[i].memoryBytes();
    }
    return bytes;
  }

  /** Ends the input; afterwards the groups can be read. */
  void finish() {
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != null) {
        sorted[i].finish(accumulators[i]);
        sorted[i] = null;
      }
    }
  }

  int groups() {
    return groups;
  }

  /** Gives the memory back. */
  void release() {
    share.release();
    sortShare.release();
  }

  /**
   * Returns the values of the keys: one column for each key number, {@code null} outside the set.
   */
  Column[] keyColumns(int allKeys) {
    Column[] result = new Column[allKeys];
    for (int i = 0; i < keyNumbers.length; i++) {
      result[keyNumbers[i]] = keyValues[i].build();
    }
    return result;
  }

  /** Returns the results of one aggregate for groups {@code from..to)}. */
  Column results(int aggregate, int from, int to) {
    return accumulators[aggregate].results(from, to);
  }

  /** Returns the value of GROUPING() over some keys: a bit for each key outside the set. */
  int grouping(List<Integer> keys) {
    int bits = 0;
    for (int key : keys) {
      bits <<= 1;
      boolean isInside = false;
      for (int number : keyNumbers) {
        isInside |= number == key;
      }
      bits |= isInside ? 0 : 1;
    }
    return bits;
  }
}
