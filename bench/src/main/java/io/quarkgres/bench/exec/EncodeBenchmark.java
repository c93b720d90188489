package io.quarkgres.bench.exec;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.encode.ColumnEncoder;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The text forms of a block's values: a column at once, and value by value. Run it with {@code java
 * -cp ... org.openjdk.jmh.Main EncodeBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  /** The values. */
  public enum Kind {
    /** Numbers of one to five digits. */
    INT4(Oids.INT4),
    /** Numbers of any length. */
    INT8(Oids.INT8),
    /** Decimals with two digits behind the point. */
    FLOAT8(Oids.FLOAT8),
    /** Texts of six to ten bytes. */
    TEXT(Oids.TEXT);

    private final int oid;

    Kind(int oid) {
      this.oid = oid;
    }

    private String value(Random random) {
      int n = random.nextInt(100_000);
      return switch (this) {
        case INT4 -> Integer.toString(n >> random.nextInt(16));
        case INT8 -> Long.toString(random.nextLong() >> random.nextInt(64));
        case FLOAT8 -> Double.toString(n / 100.0);
        case TEXT -> "item-" + n;
      };
    }
  }

  /** What is encoded. */
  @Param public Kind kind;

  private final int[] positions = new int[ColumnEncoder.VALUES_MAX];
  private final int[] offsets = new int[ColumnEncoder.VALUES_MAX];
  private final byte[] target = new byte[1 << 16];
  private final ByteSink sink = new ByteSink(1 << 16);
  private SqlType type;
  private Column column;
  private ColumnEncoder encoder;

  /** Makes the values. */
  @Setup
  public void fill() {
    type = BuiltinTypes.registry().byOid(kind.oid);
    encoder = ColumnEncoder.of(type, false, TypeContext.DEFAULT);
    Random random = new Random(1);
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), positions.length);
    for (int i = 0; i < positions.length; i++) {
      byte[] text = kind.value(random).getBytes(StandardCharsets.UTF_8);
      type.parse(text, 0, text.length, -1, builder, TypeContext.DEFAULT);
      positions[i] = i;
    }
    column = builder.build();
  }

  /** A column at once. */
  @Benchmark
  public int columnwise() {
    encoder.measure(column, positions, positions.length);
    int[] lengths = encoder.lengths();
    int end = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = end;
      end += lengths[i];
    }
    encoder.write(target, offsets, 0, offsets.length);
    return end;
  }

  /** Value by value. */
  @Benchmark
  public int valuewise() {
    sink.truncate(0);
    for (int position : positions) {
      type.print(column, position, sink, TypeContext.DEFAULT);
    }
    return sink.size();
  }
}
