package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.Overflow;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;
import java.util.List;

/** The groups of one grouping set and the states of their aggregates. Used by one thread. */
final class GroupingSet {
  private final List<Integer> keys;
  private final SqlType[] allKeyTypes;
  private final int[] keyNumbers;
  private final SqlType[] keyTypes;
  private final KeyTable table;
  private final ColumnBuilder[] keyValues;
  private final AggregateInput[] aggregates;
  private final Accumulator[] accumulators;
  private final SortedAggregation[] sorted;
  private final DistinctKeys[] distinct;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private Overflow overflow;
  private int[] numbers = new int[Block.ROWS_MAX];
  private int groups;

  /**
   * Makes a set without groups.
   *
   * @param keys which of all keys it groups by
   * @param layouts the layouts of the rows that wait when there is no room for their groups
   */
  GroupingSet(
      List<Integer> keys,
      SqlType[] allKeyTypes,
      AggregateInput[] aggregates,
      Layout[] layouts,
      ExecutionContext context) {
    this(
        keys,
        allKeyTypes,
        aggregates,
        new Overflow(picked(keys, allKeyTypes), context, layouts),
        context);
  }

  private static SqlType[] picked(List<Integer> keys, SqlType[] allKeyTypes) {
    return keys.stream().map(key -> allKeyTypes[key]).toArray(SqlType[]::new);
  }

  private GroupingSet(
      List<Integer> keys,
      SqlType[] allKeyTypes,
      AggregateInput[] aggregates,
      Overflow overflow,
      ExecutionContext context) {
    this.context = context;
    this.overflow = overflow;
    this.keys = keys;
    this.allKeyTypes = allKeyTypes;
    this.share = context.memory().share();
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
    this.distinct = new DistinctKeys[aggregates.length];
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
      sorted[i] = new SortedAggregation(aggregate, groupType, context);
    } else if (aggregate.isDistinct()) {
      SqlType[] arguments = aggregate.call().argumentTypes();
      SqlType[] types = new SqlType[arguments.length + 1];
      types[0] = groupType;
      System.arraycopy(arguments, 0, types, 1, arguments.length);
      distinct[i] = new DistinctKeys(table == null ? arguments : types, context);
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

  private Column[] own(Column[] allKeys) {
    return Columns.pick(allKeys, keyNumbers);
  }

  private void assignGroups(Column[] allKeys, Selection rows) {
    Column[] keys = own(allKeys);
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
    return distinct[aggregate].fresh(new Block(keys, block.positionCount(), values.rows()));
  }

  private long memoryBytes() {
    long bytes = table == null ? 0 : 2 * table.memoryBytes();
    for (int i = 0; i < accumulators.length; i++) {
      bytes += accumulators[i].memoryBytes();
    }
    return bytes;
  }

  /** Tells whether there is no room for new groups. */
  boolean isFull() {
    return table != null && overflow.isFull(share.bytes());
  }

  /** Lets rows of groups that are not there wait; returns the others. */
  Selection keepKnown(Block block, Column[] keyValues) {
    Column[] own = own(keyValues);
    Selection rows = block.selection();
    Selection unknown = DistinctKeys.unknown(table, own, rows, block.positionCount());
    overflow.add(0, block.columns(), unknown, own);
    return without(rows, unknown);
  }

  /** Returns the rows that are not among others, which are some of them in the same order. */
  static Selection without(Selection rows, Selection others) {
    if (others.count() == 0) {
      return rows;
    }
    int[] kept = new int[rows.count() - others.count()];
    int n = 0;
    int next = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (next < others.count() && others.position(next) == position) {
        next++;
      } else {
        kept[n++] = position;
      }
    }
    return new Selection(kept, n);
  }

  /** Returns where the rows wait; those that will wait from now on do so elsewhere. */
  Overflow takeOverflow() {
    Overflow taken = overflow;
    overflow = taken.empty();
    return taken;
  }

  /** Returns where the rows wait. */
  Overflow overflow() {
    return overflow;
  }

  /** Returns an empty set for the rows of the next partition that waits, or {@code null}. */
  GroupingSet ofNextPartition() {
    return overflow.nextPartition()
        ? new GroupingSet(keys, allKeyTypes, aggregates, overflow, context)
        : null;
  }

  void describe(OperatorStatistics statistics) {
    if (table != null) {
      overflow.describe(statistics, share.peak());
    }
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
      assignGroups(other.keyColumns(other.allKeyTypes.length), Selection.dense(n));
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
      if (distinct[i] != null) {
        addWaiting(i);
      }
    }
    share.set(memoryBytes());
  }

  /** Adds the values that were found to be distinct only now. */
  private void addWaiting(int i) {
    int first = table == null ? 0 : 1;
    for (Block block = distinct[i].waiting(); block != null; block = distinct[i].waiting()) {
      Column[] columns = block.columns();
      int[] of = first == 0 ? new int[columns[0].count()] : ((IntColumn) columns[0]).values();
      Column[] arguments = Arrays.copyOfRange(columns, first, columns.length);
      accumulators[i].add(arguments, block.selection(), of);
    }
    distinct[i].close();
  }

  int groups() {
    return groups;
  }

  /** Gives the memory back. */
  void release() {
    share.release();
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != null) {
        sorted[i].close();
      }
      if (distinct[i] != null) {
        distinct[i].close();
      }
    }
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
