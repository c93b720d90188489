package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A table with a column of each layout, whose values follow from a row's number and version. */
final class SampleRows {
  /** A row. */
  record Sample(long id, int version) {
    Sample next() {
      return new Sample(id, version + 1);
    }
  }

  /** The number and the version come first. */
  private static final List<Layout> LAYOUTS =
      List.of(
          Layout.INT64,
          Layout.INT32,
          Layout.BOOLEAN,
          Layout.FLOAT64,
          Layout.DECIMAL,
          Layout.INT128,
          Layout.BYTES,
          Layout.FLOAT_ARRAY);

  /** One of so many rows is looked at whole, as its values take long to compute. */
  static final int CHECKED_PART = 8;

  static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7};

  /** An update leaves the number alone. */
  private static final int[] CHANGED = {1, 2, 3, 4, 5, 6, 7};

  private final TableStore table;

  SampleRows(Storage storage) {
    table = storage.createTable(LAYOUTS);
  }

  TableStore table() {
    return table;
  }

  TableIndex indexById(Transaction t) {
    return index(t, true, 0);
  }

  /** Adds an index on a column of INT64 or BYTES. */
  TableIndex index(Transaction t, boolean isUnique, int column) {
    return table.addIndex(
        t,
        Ledger.spec("by_" + column, "btree", isUnique, false, ColumnKeys.of(column)),
        new UniqueConflict(),
        new long[1],
        new BuildProgress());
  }

  /** Inserts rows; returns their ids. */
  long[] insert(Transaction t, List<Sample> rows) {
    long[] ids = new long[rows.size()];
    assertThat(table.insert(t, block(rows), ids, new UniqueConflict())).isEqualTo(rows.size());
    t.nextCommand();
    return ids;
  }

  /** Gives locked rows their next version. */
  void update(Transaction t, long[] ids, List<Sample> rows) {
    Block next = block(rows.stream().map(Sample::next).toList());
    Column[] values = Arrays.copyOfRange(next.columns(), 1, ALL.length);
    Block block = new Block(rows.size(), values);
    assertThat(table.update(t, ids, CHANGED, block, new UniqueConflict())).isEqualTo(rows.size());
    t.nextCommand();
  }

  private static Block block(List<Sample> rows) {
    ColumnBuilder[] builders = new ColumnBuilder[ALL.length];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = ColumnBuilder.of(LAYOUTS.get(c), rows.size());
    }
    for (Sample row : rows) {
      Random random = new Random(row.id * 7919 + row.version);
      for (ColumnBuilder builder : builders) {
        append(builder, row, random);
      }
    }
    Column[] columns = Arrays.stream(builders).map(ColumnBuilder::build).toArray(Column[]::new);
    return new Block(rows.size(), columns);
  }

  private static void append(ColumnBuilder builder, Sample row, Random random) {
    boolean isNull = random.nextInt(5) == 0;
    switch (builder) {
      case LongBuilder longs -> longs.append(row.id);
      case IntBuilder ints -> ints.append(row.version);
      case ColumnBuilder other when isNull -> other.appendNull();
      case BooleanBuilder booleans -> booleans.append(random.nextBoolean());
      case DoubleBuilder doubles -> doubles.append(random.nextDouble());
      case DecimalBuilder decimals -> {
        BigDecimal small = BigDecimal.valueOf(random.nextLong(), random.nextInt(6));
        decimals.append(random.nextInt(4) == 0 ? small.pow(3) : small);
      }
      case WideBuilder wides -> wides.append(random.nextLong(), random.nextLong());
      case BytesBuilder bytes ->
          bytes.append("text ".repeat(random.nextInt(12)) + random.nextInt());
      case FloatArrayBuilder floats -> {
        float[] values = new float[random.nextInt(40)];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat();
        }
        floats.append(values);
      }
    }
  }

  /** Reads what row lies at a position of a block of all columns. */
  Sample row(Block block, int position) {
    return new Sample(
        ((LongColumn) block.column(0)).values()[position],
        ((IntColumn) block.column(1)).values()[position]);
  }

  /** Compares the values at a position with those that a row has. */
  void requireSame(Block block, int position, Sample row, String where) {
    byte[] expected = bytes(block(List.of(row)), 0);
    assertThat(bytes(block, position)).as("%s: %s", where, row).isEqualTo(expected);
  }

  private static byte[] bytes(Block block, int position) {
    ByteSink sink = new ByteSink(256);
    for (Column column : block.columns()) {
      sink.put(column.isNull(position) ? 1 : 0);
      if (!column.isNull(position)) {
        Datums.write(column, position, sink);
      }
    }
    return sink.toByteArray();
  }

  /** Reads rows by the index, and compares them with those that there should be. */
  void requireIndexed(TableIndex byId, Snapshot snapshot, Map<Long, Sample> rows, String where) {
    List<Sample> found = new ArrayList<>();
    try (BlockCursor cursor = byId.scan(snapshot, KeyRange.ALL, false, ALL)) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          int position = block.selection().position(i);
          Sample row = row(block, position);
          if (found.size() % CHECKED_PART == 0) {
            requireSame(block, position, row, where);
          }
          found.add(row);
        }
      }
    }
    assertThat(found.size()).as(where).isEqualTo(rows.size());
    assertThat(new HashSet<>(found).equals(new HashSet<>(rows.values()))).as(where).isTrue();
  }
}
