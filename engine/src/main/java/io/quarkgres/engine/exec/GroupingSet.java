package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;
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
  private final int allKeys;
  private int groups;

  GroupingSet(
      List<Integer> keys,
      SqlType[] allKeyTypes,
      AggregateInput[] aggregates,
      ExecutionContext context) {
    this.context = context;
    this.allKeys = allKeyTypes.length;
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
    Selection fresh = firstRows(rows);
    for (int k = 0; k < keys.length; k++) {
      keyValues[k].appendAll(keys[k], fresh);
    }
    growAccumulators();
  }

  /** Returns the row with which each new group begins; counts those groups. */
  private Selection firstRows(Selection rows) {
    int[] first = new int[table.count() - groups];
    int n = 0;
    int next = groups;
    for (int i = 0; n < first.length; i++) {
      int position = rows.position(i);
      if (numbers[position] == next) {
        first[n++] = position;
        next++;
      }
    }
    groups = next;
    return new Selection(first, n);
  }

  /** Returns the rows whose arguments come for the first time in their group. */
  private Selection firstOfEach(int aggregate, AggregateInput.Values values, Block block) {
    Column[] keys = values.arguments();
    if (table != null) {
      keys = new Column[values.arguments().length + 1];
      keys[0] = new IntColumn(numbers, null, numbers.length);
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

  /** Tells whether groups of parts of the input can be put together. */
  boolean isMergeable() {
    for (int i = 0; i < accumulators.length; i++) {
      if (!(accumulators[i] instanceof MergeableAccumulator)
          || sorted[i] != null
          || distinct[i] != null) {
        return false;
      }
    }
    return true;
  }

  /** Adds the groups of another part of the input. */
  void merge(GroupingSet other) {
    int n = other.groups;
    if (n > numbers.length) {
      numbers = new int[n];
    }
    if (table == null) {
      Arrays.fill(numbers, 0, n, 0);
    } else if (n > 0) {
      assignGroups(other.keyColumns(other.allKeys), Selection.dense(n));
    }
    for (int i = 0; i < accumulators.length; i++) {
      ((MergeableAccumulator) accumulators[i]).merge(other.accumulators[i], n, numbers);
    }
    share.set(memoryBytes());
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
