package io.quarkgres.engine.exec;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Keeps the arguments of an aggregate with ORDER BY or DISTINCT for all groups, and gives them to
 * the accumulator sorted by group and sort keys, without duplicates if so asked. Used by one
 * thread.
 */
final class SortedAggregation {
  private final AggregateInput aggregate;
  private final RowBuffer buffer;
  private final RowOrder order;
  private final RowOrder argumentOrder;
  private final int argumentCount;

  SortedAggregation(AggregateInput aggregate, SqlType intType, MemoryAccount.Share share) {
    this.aggregate = aggregate;
    SqlType[] argumentTypes = aggregate.call().argumentTypes();
    this.argumentCount = argumentTypes.length;
    RowOrder keys = aggregate.order();
    int distinctKeys = aggregate.isDistinct() ? argumentCount : 0;
    int n = 1 + keys.size() + distinctKeys;
    SqlType[] types = new SqlType[n];
    boolean[] descending = new boolean[n];
    boolean[] nullsFirst = new boolean[n];
    types[0] = intType;
    for (int i = 0; i < keys.size(); i++) {
      types[1 + i] = keys.type(i);
      descending[1 + i] = keys.isDescending(i);
      nullsFirst[1 + i] = keys.nullsFirst(i);
    }
    System.arraycopy(argumentTypes, 0, types, 1 + keys.size(), distinctKeys);
    this.order = new RowOrder(types, descending, nullsFirst);
    this.argumentOrder = RowOrder.ascending(argumentTypes);
    this.buffer = new RowBuffer(layouts(argumentTypes, keys), share);
  }

  private static Layout[] layouts(SqlType[] argumentTypes, RowOrder keys) {
    Layout[] result = new Layout[1 + keys.size() + argumentTypes.length];
    result[0] = Layout.INT32;
    for (int i = 0; i < keys.size(); i++) {
      result[1 + i] = keys.type(i).layout();
    }
    for (int i = 0; i < argumentTypes.length; i++) {
      result[1 + keys.size() + i] = argumentTypes[i].layout();
    }
    return result;
  }

  /** Keeps the values of a block. */
  void add(AggregateInput.Values values, int[] groups) {
    int keyCount = values.orderKeys().length;
    Column[] columns = new Column[1 + keyCount + argumentCount];
    columns[0] = new IntColumn(groups, null, groups.length);
    System.arraycopy(values.orderKeys(), 0, columns, 1, keyCount);
    System.arraycopy(values.arguments(), 0, columns, 1 + keyCount, argumentCount);
    buffer.append(columns, values.rows());
  }

  /** Gives everything to the accumulator. */
  void finish(Accumulator accumulator) {
    int n = buffer.count();
    Column[] all = buffer.build();
    int[] positions = Sorter.sort(Arrays.copyOf(all, order.size()), order, n);
    Column[] arguments = Arrays.copyOfRange(all, all.length - argumentCount, all.length);
    int[] groups = ((IntColumn) all[0]).values();
    int kept = aggregate.isDistinct() ? dropDuplicates(positions, groups, arguments) : n;
    int[] blockGroups = new int[Block.ROWS_MAX];
    for (int from = 0; from < kept; from += Block.ROWS_MAX) {
      int size = Math.min(Block.ROWS_MAX, kept - from);
      int[] slice = Arrays.copyOfRange(positions, from, from + size);
      for (int i = 0; i < size; i++) {
        blockGroups[i] = groups[slice[i]];
      }
      accumulator.add(RowOutput.gather(arguments, slice, size), Selection.dense(size), blockGroups);
    }
  }

  private int dropDuplicates(int[] positions, int[] groups, Column[] arguments) {
    int kept = 0;
    for (int position : positions) {
      boolean isRepeated =
          kept > 0
              && groups[positions[kept - 1]] == groups[position]
              && argumentOrder.compare(arguments, positions[kept - 1], arguments, position) == 0;
      if (!isRepeated) {
        positions[kept++] = position;
      }
    }
    return kept;
  }

  /** The type by which groups are sorted. */
  static SqlType groupType(io.quarkgres.engine.type.TypeRegistry types) {
    return types.byOid(Oids.INT4);
  }
}
