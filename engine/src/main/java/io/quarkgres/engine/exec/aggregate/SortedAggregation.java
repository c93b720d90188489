package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.sort.RowSorter;
import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/**
 * Keeps the arguments of an aggregate with ORDER BY or DISTINCT for all groups, and gives them to
 * the accumulator sorted by group and sort keys, without duplicates if so asked. Used by one
 * thread.
 */
final class SortedAggregation {
  private final AggregateInput aggregate;
  private final RowSorter sorter;
  private final Layout[] layouts;
  private final RowOrder argumentOrder;
  private final int argumentCount;
  private int lastGroup = -1;
  private Column[] lastArguments;

  SortedAggregation(AggregateInput aggregate, SqlType intType, ExecutionContext context) {
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
    RowOrder order = new RowOrder(types, descending, nullsFirst);
    this.argumentOrder = RowOrder.ascending(argumentTypes);
    this.layouts = layouts(argumentTypes, keys);
    this.sorter = new RowSorter(layouts, Selection.dense(n).toPositions(), order, context);
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
    sorter.add(columns, values.rows());
  }

  /** Gives everything to the accumulator. */
  void finish(Accumulator accumulator) {
    BlockCursor rows = sorter.finish(layouts.length);
    for (Block block = rows.next(); block != null; block = rows.next()) {
      Column[] all = block.columns();
      Column[] arguments = Arrays.copyOfRange(all, all.length - argumentCount, all.length);
      int[] groups = ((IntColumn) all[0]).values();
      Selection kept = block.selection();
      if (aggregate.isDistinct()) {
        kept = withoutDuplicates(kept, groups, arguments);
      }
      if (kept.count() > 0) {
        accumulator.add(arguments, kept, groups);
      }
    }
    close();
  }

  /** Returns the rows that are not the same as the one before them. */
  private Selection withoutDuplicates(Selection rows, int[] groups, Column[] arguments) {
    int[] kept = new int[rows.count()];
    int n = 0;
    Column[] previous = lastArguments;
    int at = 0;
    int group = lastGroup;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      boolean isRepeated =
          group == groups[position]
              && argumentOrder.compare(previous, at, arguments, position) == 0;
      if (!isRepeated) {
        kept[n++] = position;
      }
      previous = arguments;
      at = position;
      group = groups[position];
    }
    lastGroup = group;
    lastArguments = RowOutput.gather(arguments, new int[] {at}, 1);
    return new Selection(kept, n);
  }

  /** Lets go of what is kept. */
  void close() {
    sorter.close();
  }

  /** The type by which groups are sorted. */
  static SqlType groupType(TypeRegistry types) {
    return types.byOid(Oids.INT4);
  }
}
