package io.quarkgres.vector;

import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.Kernel;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.function.kernel.RowKernel;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.Column;
import java.util.List;

/** The extension's functions, all strict and immutable. Thread: any. */
final class VectorFunctions {
  private static final List<Integer> ONE = List.of(VectorOids.VECTOR);
  private static final List<Integer> TWO = List.of(VectorOids.VECTOR, VectorOids.VECTOR);

  private static final int CSTRING_ARRAY = 1263;

  private VectorFunctions() {}

  static List<FunctionDef> all() {
    return List.of(
        ofType(
            VectorOids.VECTOR_IN,
            "vector_in",
            List.of(Oids.CSTRING, Oids.OID, Oids.INT4),
            VectorOids.VECTOR),
        ofType(VectorOids.VECTOR_OUT, "vector_out", ONE, Oids.CSTRING),
        ofType(VectorOids.VECTOR_TYPMOD_IN, "vector_typmod_in", List.of(CSTRING_ARRAY), Oids.INT4),
        ofType(
            VectorOids.VECTOR_RECV,
            "vector_recv",
            List.of(Oids.INTERNAL, Oids.OID, Oids.INT4),
            VectorOids.VECTOR),
        row(VectorOids.VECTOR_SEND, "vector_send", ONE, Oids.BYTEA, VectorParts::send),
        distance(VectorOids.L2_DISTANCE, "l2_distance", Metric.L2),
        distance(VectorOids.INNER_PRODUCT, "inner_product", Metric.INNER_PRODUCT),
        distance(VectorOids.COSINE_DISTANCE, "cosine_distance", Metric.COSINE),
        distance(VectorOids.L1_DISTANCE, "l1_distance", Metric.L1),
        distance(
            VectorOids.VECTOR_L2_SQUARED_DISTANCE, "vector_l2_squared_distance", Metric.L2_SQUARED),
        distance(
            VectorOids.VECTOR_NEGATIVE_INNER_PRODUCT,
            "vector_negative_inner_product",
            Metric.NEGATIVE_INNER_PRODUCT),
        distance(
            VectorOids.VECTOR_SPHERICAL_DISTANCE, "vector_spherical_distance", Metric.SPHERICAL),
        row(VectorOids.VECTOR_DIMS, "vector_dims", ONE, Oids.INT4, VectorParts::dimensions),
        row(VectorOids.VECTOR_NORM, "vector_norm", ONE, Oids.FLOAT8, VectorParts::norm),
        row(
            VectorOids.L2_NORMALIZE,
            "l2_normalize",
            ONE,
            VectorOids.VECTOR,
            VectorParts::normalize),
        row(
            VectorOids.SUBVECTOR,
            "subvector",
            List.of(VectorOids.VECTOR, Oids.INT4, Oids.INT4),
            VectorOids.VECTOR,
            VectorParts::subvector),
        row(VectorOids.VECTOR_ADD, "vector_add", TWO, VectorOids.VECTOR, VectorArithmetic::add),
        row(
            VectorOids.VECTOR_SUB,
            "vector_sub",
            TWO,
            VectorOids.VECTOR,
            VectorArithmetic::subtract),
        row(
            VectorOids.VECTOR_MUL,
            "vector_mul",
            TWO,
            VectorOids.VECTOR,
            VectorArithmetic::multiply),
        row(
            VectorOids.VECTOR_CONCAT,
            "vector_concat",
            TWO,
            VectorOids.VECTOR,
            VectorArithmetic::concat),
        comparison(VectorOids.VECTOR_LT, "vector_lt", c -> c < 0),
        comparison(VectorOids.VECTOR_LE, "vector_le", c -> c <= 0),
        comparison(VectorOids.VECTOR_EQ, "vector_eq", c -> c == 0),
        comparison(VectorOids.VECTOR_NE, "vector_ne", c -> c != 0),
        comparison(VectorOids.VECTOR_GE, "vector_ge", c -> c >= 0),
        comparison(VectorOids.VECTOR_GT, "vector_gt", c -> c > 0),
        row(
            VectorOids.VECTOR_CMP,
            "vector_cmp",
            TWO,
            Oids.INT4,
            (row, out) -> out.int32(compared(row.column(0), row.column(1), row.position()))),
        aggregate(VectorOids.AVG, "avg", (call, context) -> new VectorAverage()),
        aggregate(VectorOids.SUM, "sum", (call, context) -> new VectorSum()),
        cast(VectorOids.VECTOR_FUNCTION, "vector", VectorOids.VECTOR, VectorCasts::fit),
        cast(
            VectorOids.INT4_ARRAY_TO_VECTOR,
            "array_to_vector",
            Oids.INT4_ARRAY,
            VectorCasts::fromInts),
        cast(
            VectorOids.FLOAT4_ARRAY_TO_VECTOR,
            "array_to_vector",
            Oids.FLOAT4_ARRAY,
            VectorCasts::fromDoubles),
        cast(
            VectorOids.FLOAT8_ARRAY_TO_VECTOR,
            "array_to_vector",
            Oids.FLOAT8_ARRAY,
            VectorCasts::fromDoubles),
        cast(
            VectorOids.NUMERIC_ARRAY_TO_VECTOR,
            "array_to_vector",
            Oids.NUMERIC_ARRAY,
            VectorCasts::fromNumerics),
        row(
            VectorOids.VECTOR_TO_FLOAT4,
            "vector_to_float4",
            List.of(VectorOids.VECTOR, Oids.INT4, Oids.BOOL),
            Oids.FLOAT4_ARRAY,
            VectorCasts::toFloats));
  }

  /** A function that catalogs name and nobody can call. */
  private static FunctionDef ofType(int oid, String name, List<Integer> arguments, int result) {
    return define(oid, name, FunctionKind.SCALAR, arguments, result, null);
  }

  private static FunctionDef distance(int oid, String name, Metric metric) {
    return define(oid, name, FunctionKind.SCALAR, TWO, Oids.FLOAT8, new DistanceKernel(metric));
  }

  private static FunctionDef comparison(int oid, String name, ComparisonTest test) {
    return row(
        oid,
        name,
        TWO,
        Oids.BOOL,
        (row, out) -> out.bool(test.holds(compared(row.column(0), row.column(1), row.position()))));
  }

  private static int compared(Column left, Column right, int position) {
    return VectorType.INSTANCE.compare(left, position, right, position);
  }

  private static FunctionDef cast(int oid, String name, int source, RowFunction function) {
    return row(oid, name, List.of(source, Oids.INT4, Oids.BOOL), VectorOids.VECTOR, function);
  }

  private static FunctionDef row(
      int oid, String name, List<Integer> arguments, int result, RowFunction function) {
    return define(oid, name, FunctionKind.SCALAR, arguments, result, new RowKernel(function));
  }

  private static FunctionDef aggregate(int oid, String name, AggregateKernel kernel) {
    return define(oid, name, FunctionKind.AGGREGATE, ONE, VectorOids.VECTOR, kernel);
  }

  private static FunctionDef define(
      int oid, String name, FunctionKind kind, List<Integer> arguments, int result, Kernel kernel) {
    return new FunctionDef(
        oid,
        "public",
        name,
        kind,
        arguments,
        List.of(),
        0,
        0,
        result,
        false,
        true,
        Volatility.IMMUTABLE,
        List.of(),
        List.of(),
        kernel);
  }

  /** Tells what a comparison says of the order of two vectors. */
  private interface ComparisonTest {
    boolean holds(int order);
  }
}
