package io.quarkgres.bench.vector;

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
  private MemorySegment heapQuery;
  private MemorySegment heapRows;
  private MemorySegment nativeQuery;
  private MemorySegment nativeRows;

  /** Makes the vectors. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    float[] query = new float[dimensions];
    float[] rows = new float[dimensions * ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
      query[i % dimensions] = random.nextFloat();
    }
    heapQuery = MemorySegment.ofArray(query);
    heapRows = MemorySegment.ofArray(rows);
    nativeQuery = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, query);
    nativeRows = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, rows);
  }

  /** Rows of an array, one after the other. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] heap() {
    return each(Kernel.ofHeap(sum), heapQuery, heapRows);
  }

  /** Rows of native memory, one after the other. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] single() {
    return each(Kernel.ofNative(sum), nativeQuery, nativeRows);
  }

  /** Rows of native memory, four at a time. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] four() {
    Kernel kernel = Kernel.ofNative(sum);
    long size = 4L * dimensions;
    for (int i = 0; i < ROWS; i += 4) {
      long at = i * size;
      kernel.sums(
          nativeQuery,
          0,
          nativeRows,
          at,
          nativeRows,
          at + size,
          nativeRows,
          at + 2 * size,
          nativeRows,
          at + 3 * size,
          dimensions,
          lanes,
          out,
          i);
    }
    return out;
  }

  private float[] each(Kernel kernel, MemorySegment query, MemorySegment rows) {
    for (int i = 0; i < ROWS; i++) {
      out[i] = kernel.sum(query, 0, rows, 4L * i * dimensions, dimensions, lanes);
    }
    return out;
  }
}
