package io.quarkgres.engine.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpilledRowsTest {
  @TempDir Path folder;

  private SpillSpace space() {
    return new SpillSpace(new SpillFolder(folder));
  }

  private static SpilledRows rows(SpillSpace space, Layout... layouts) {
    return new SpilledRows(space.open(new Interruption()), layouts);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void readsWhatWasAppended(Layout layout) {
    Random random = new Random(layout.ordinal());
    for (int round = 0; round < 20; round++) {
      SpillSpace space = space();
      SpilledRows rows = rows(space, layout);
      List<String> wanted = new ArrayList<>();
      for (int part = random.nextInt(12); part > 0; part--) {
        Column column = column(layout, 1 + random.nextInt(1024), random);
        Selection selected = selection(column.count(), random);
        rows.append(new Column[] {column}, selected);
        for (int i = 0; i < selected.count(); i++) {
          wanted.add(value(column, selected.position(i)));
        }
      }
      rows.finish();
      List<String> read = new ArrayList<>();
      for (int b = 0; b < rows.blocks(); b++) {
        Block block = rows.read(b);
        assertThat(block.rowCount()).isEqualTo(rows.rowCount(b)).isBetween(1, Block.ROWS_MAX);
        for (int i = 0; i < block.rowCount(); i++) {
          read.add(value(block.column(0), i));
        }
      }
      assertThat(read).as("round %s", round).isEqualTo(wanted);
      assertThat(rows.rows()).isEqualTo(wanted.size());
      assertThat(space.usedBytes()).isEqualTo(rows.bytes());
      rows.release();
      assertThat(space.usedBytes()).isZero();
    }
  }

  @Test
  void largeValuesAreBlocksOfTheirOwn() {
    SpilledRows rows = rows(space(), Layout.BYTES);
    ColumnBuilder builder = ColumnBuilder.of(Layout.BYTES, 3);
    Column large = text("x".repeat(3_000_000));
    for (int i = 0; i < 3; i++) {
      builder.append(large, 0);
    }
    rows.append(new Column[] {builder.build()}, Selection.dense(3));
    rows.finish();
    assertThat(rows.blocks()).isEqualTo(3);
    assertThat(rows.read(2).column(0).memoryBytes()).isBetween(3_000_000L, 3_001_000L);
    rows.release();
  }

  @Test
  void filesHaveNoNamesAndLeftOnesGo() throws IOException {
    Files.writeString(folder.resolve("left"), "by a crash");
    SpillSpace space = space();
    SpilledRows rows = rows(space, Layout.BYTES);
    rows.append(new Column[] {text("a")}, Selection.dense(1));
    rows.finish();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    assertThat(value(rows.read(0).column(0), 0)).isEqualTo("a");
    rows.release();
  }

  @Test
  void theLimitIsForAllFiles() {
    SpillSpace space = space();
    space.setLimit(100);
    SpilledRows first = rows(space, Layout.BYTES);
    SpilledRows second = rows(space, Layout.BYTES);
    Column sixty = text("x".repeat(60 << 10));
    first.append(new Column[] {sixty}, Selection.dense(1));
    first.finish();
    second.append(new Column[] {sixty}, Selection.dense(1));
    assertThatExceptionOfType(SqlException.class)
        .isThrownBy(second::finish)
        .withMessage("temporary file size exceeds temp_file_limit (100kB)")
        .satisfies(e -> assertThat(e.state()).isEqualTo(SqlState.CONFIGURATION_LIMIT_EXCEEDED));
    first.release();
    second.finish();
    second.release();
    assertThat(space.usedBytes()).isZero();
  }

  @Test
  void equalKeysAreInTheSamePartitionAtEveryLevel() {
    SqlType number = BuiltinTypes.registry().byOid(Oids.NUMERIC);
    SpillSpace space = space();
    Layout[] layouts = {Layout.DECIMAL};
    for (int level = 0; level < SpillPartitions.LEVELS; level++) {
      KeyHash hash = new KeyHash(new SqlType[] {number}, new boolean[] {true});
      SpillPartitions partitions =
          new SpillPartitions(space.open(null), hash, level, layouts, layouts);
      int n = 1000;
      Column[] left = {decimals(n, 1)};
      Column[] right = {decimals(n, 3)};
      partitions.add(0, left, Selection.dense(n), left);
      partitions.add(1, right, Selection.dense(n), right);
      partitions.finish();
      long sum = 0;
      for (int p = 0; p < SpillPartitions.COUNT; p++) {
        assertThat(partitions.rows(0, p).rows()).isEqualTo(partitions.rows(1, p).rows());
        sum += partitions.rows(0, p).rows();
      }
      assertThat(sum).isEqualTo(n);
      assertThat(partitions.rows(0, 3).rows()).isBetween(1L, 100L);
      partitions.release();
    }
    assertThat(space.usedBytes()).isZero();
  }

  private static Column decimals(int n, int zeros) {
    ColumnBuilder builder = ColumnBuilder.of(Layout.DECIMAL, n);
    for (int i = 0; i < n; i++) {
      long power = (long) Math.pow(10, zeros);
      long[] unscaled = {i * power};
      builder.append(new DecimalColumn(unscaled, new short[] {(short) zeros}, null, null, 1), 0);
    }
    return builder.build();
  }

  private static Column text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new BytesColumn(bytes, new int[1], new int[] {bytes.length}, null, 1);
  }

  private static Selection selection(int count, Random random) {
    if (random.nextBoolean()) {
      return Selection.dense(1 + random.nextInt(count));
    }
    int[] positions = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      positions[n] = i;
      n += random.nextInt(3) == 0 ? 0 : 1;
    }
    return new Selection(positions, n);
  }

  private static Column column(Layout layout, int n, Random random) {
    ColumnBuilder builder = ColumnBuilder.of(layout, n);
    boolean hasNulls = random.nextBoolean();
    for (int i = 0; i < n; i++) {
      if (hasNulls && random.nextInt(4) == 0) {
        builder.appendNull();
      } else {
        builder.append(one(layout, random), 0);
      }
    }
    return builder.build();
  }

  private static Column one(Layout layout, Random random) {
    return switch (layout) {
      case BOOLEAN -> new BooleanColumn(new boolean[] {random.nextBoolean()}, null, 1);
      case INT32 -> new IntColumn(new int[] {random.nextInt()}, null, 1);
      case INT64 -> new LongColumn(new long[] {random.nextLong()}, null, 1);
      case FLOAT64 -> new DoubleColumn(new double[] {random.nextGaussian()}, null, 1);
      case INT128 ->
          new WideColumn(new long[] {random.nextLong()}, new long[] {random.nextLong()}, null, 1);
      case DECIMAL ->
          random.nextInt(3) > 0
              ? new DecimalColumn(
                  new long[] {random.nextLong()},
                  new short[] {(short) random.nextInt(9)},
                  null,
                  null,
                  1)
              : new DecimalColumn(
                  new long[1],
                  new short[] {DecimalColumn.BIG},
                  new BigDecimal[] {
                    new BigDecimal("-12345678901234567890.5").scaleByPowerOfTen(random.nextInt(9))
                  },
                  null,
                  1);
      case BYTES -> text("t".repeat(random.nextInt(50)) + random.nextInt());
      case FLOAT_ARRAY ->
          new FloatArrayColumn(
              new float[] {random.nextFloat(), 2, 3},
              new int[1],
              new int[] {random.nextInt(4)},
              null,
              1);
    };
  }

  private static String value(Column column, int p) {
    if (column.isNull(p)) {
      return null;
    }
    return switch (column) {
      case BooleanColumn c -> "" + c.values()[p];
      case IntColumn c -> "" + c.values()[p];
      case LongColumn c -> "" + c.values()[p];
      case DoubleColumn c -> "" + c.values()[p];
      case WideColumn c -> c.high()[p] + " " + c.low()[p];
      case DecimalColumn c -> c.decimal(p).toString();
      case BytesColumn c -> c.string(p);
      case FloatArrayColumn c -> Arrays.toString(c.copy(p));
    };
  }
}
