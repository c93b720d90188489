package io.quarkgres.bench.vector;

import io.quarkgres.vector.kernel.ArrayKernel;
import io.quarkgres.vector.kernel.Kernel;
import io.quarkgres.vector.kernel.Sum;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time for one distance: from one vector to 1,000 others, in arrays and in native memory, with the
 * kernels that the process chose and with the plain loops. Run by {@code org.openjdk.jmh.Main
 * KernelBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class KernelBenchmark {
  private static final int ROWS = 1000;

  /** How many floats a vector has. */
  @Param({"128", "768"})
  public int dimensions;

  /** What is added up. */
  @Param({"SQUARED_DIFFERENCES", "FUSED_PRODUCTS"})
  public Sum sum;

  private final float[] lanes = new float[Kernel.LANES_MAX];
  private final float[] out = new float[ROWS];
  private final float[] fourSums = new float[4];
  private float[] query;
  private float[] rows;
  private MemorySegment nativeQuery;
  private MemorySegment nativeRows;

  /** Makes the vectors. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    query = new float[dimensions];
    rows = new float[dimensions * ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
      query[i % dimensions] = random.nextFloat();
    }
    nativeQuery = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, query);
    nativeRows = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, rows);
  }

  /** Rows of an array, one after the other. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] array() {
    ArrayKernel kernel = ArrayKernel.of(sum);
    for (int i = 0; i < ROWS; i++) {
      out[i] = kernel.sum(query, 0, rows, i * dimensions, dimensions, lanes);
    }
    return out;
  }

  /** Rows of an array, four at a time. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] arrayFour() {
    ArrayKernel kernel = ArrayKernel.of(sum);
    int size = dimensions;
    for (int i = 0; i < ROWS; i += 4) {
      int at = i * size;
      kernel.sums(
          query, 0, rows, at, at + size, at + 2 * size, at + 3 * size, size, lanes, fourSums);
      System.arraycopy(fourSums, 0, out, i, 4);
    }
    return out;
  }

  /** Rows of native memory, one after the other. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] single() {
    Kernel kernel = Kernel.of(sum);
    long query = nativeQuery.address();
    long row = nativeRows.address();
    for (int i = 0; i < ROWS; i++, row += 4L * dimensions) {
      out[i] = kernel.sum(query, row, dimensions, lanes);
    }
    return out;
  }

  /** Rows of native memory, four at a time. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] four() {
    Kernel kernel = Kernel.of(sum);
    long query = nativeQuery.address();
    long row = nativeRows.address();
    long size = 4L * dimensions;
    for (int i = 0; i < ROWS; i += 4, row += 4 * size) {
      kernel.sums(
          query, row, row + size, row + 2 * size, row + 3 * size, dimensions, lanes, out, i);
    }
    return out;
  }
}
