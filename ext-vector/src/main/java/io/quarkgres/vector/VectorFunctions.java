package io.quarkgres.vector;

import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.Column;
import java.util.List;

/** The functions of vector or halfvec. Thread: any. */
final class VectorFunctions {
  private final Precision precision;
  private final VectorType vectorType;
  private final int type;
  private final String name;
  private final boolean isHalf;
  private final List<Integer> one;
  private final List<Integer> two;
  private final VectorParts parts;
  private final VectorArithmetic arithmetic;
  private final VectorCasts casts;
  private final AverageStates states;

  VectorFunctions(Precision precision) {
    this.precision = precision;
    vectorType = VectorType.of(precision);
    type = precision.oid();
    name = precision.typeName();
    isHalf = precision == Precision.HALF;
    one = List.of(type);
    two = List.of(type, type);
    parts = new VectorParts(precision);
    arithmetic = new VectorArithmetic(precision);
    casts = new VectorCasts(precision);
    states = new AverageStates(precision);
  }

  List<FunctionDef> all() {
    return List.of(
        Functions.ofType(
            precision.inputOid(VectorOids.VECTOR_IN),
            name + "_in",
            List.of(Oids.CSTRING, Oids.OID, Oids.INT4),
            type),
        Functions.ofType(
            precision.inputOid(VectorOids.VECTOR_OUT), name + "_out", one, Oids.CSTRING),
        Functions.ofType(
            precision.inputOid(VectorOids.VECTOR_TYPMOD_IN),
            name + "_typmod_in",
            List.of(Functions.CSTRING_ARRAY),
            Oids.INT4),
        Functions.ofType(
            precision.inputOid(VectorOids.VECTOR_RECV),
            name + "_recv",
            List.of(Oids.INTERNAL, Oids.OID, Oids.INT4),
            type),
        Functions.row(
            precision.inputOid(VectorOids.VECTOR_SEND),
            name + "_send",
            one,
            Oids.BYTEA,
            parts::send),
        distance(precision.functionOid(VectorOids.L2_DISTANCE), "l2_distance", Metric.L2),
        distance(
            precision.functionOid(VectorOids.INNER_PRODUCT), "inner_product", Metric.INNER_PRODUCT),
        distance(
            precision.functionOid(VectorOids.COSINE_DISTANCE), "cosine_distance", Metric.COSINE),
        distance(precision.functionOid(VectorOids.L1_DISTANCE), "l1_distance", Metric.L1),
        distance(
            precision.functionOid(VectorOids.VECTOR_L2_SQUARED_DISTANCE),
            name + "_l2_squared_distance",
            Metric.L2_SQUARED),
        distance(
            precision.functionOid(VectorOids.VECTOR_NEGATIVE_INNER_PRODUCT),
            name + "_negative_inner_product",
            Metric.NEGATIVE_INNER_PRODUCT),
        distance(
            precision.functionOid(VectorOids.VECTOR_SPHERICAL_DISTANCE),
            name + "_spherical_distance",
            Metric.SPHERICAL),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_DIMS),
            "vector_dims",
            one,
            Oids.INT4,
            parts::dimensions),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_NORM),
            isHalf ? "l2_norm" : "vector_norm",
            one,
            Oids.FLOAT8,
            parts::norm),
        Functions.row(
            precision.functionOid(VectorOids.L2_NORMALIZE),
            "l2_normalize",
            one,
            type,
            parts::normalize),
        Functions.row(
            precision.functionOid(VectorOids.SUBVECTOR),
            "subvector",
            List.of(type, Oids.INT4, Oids.INT4),
            type,
            parts::subvector),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_ADD),
            name + "_add",
            two,
            type,
            arithmetic::add),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_SUB),
            name + "_sub",
            two,
            type,
            arithmetic::subtract),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_MUL),
            name + "_mul",
            two,
            type,
            arithmetic::multiply),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_CONCAT),
            name + "_concat",
            two,
            type,
            arithmetic::concat),
        comparison(precision.functionOid(VectorOids.VECTOR_LT), name + "_lt", c -> c < 0),
        comparison(precision.functionOid(VectorOids.VECTOR_LE), name + "_le", c -> c <= 0),
        comparison(precision.functionOid(VectorOids.VECTOR_EQ), name + "_eq", c -> c == 0),
        comparison(precision.functionOid(VectorOids.VECTOR_NE), name + "_ne", c -> c != 0),
        comparison(precision.functionOid(VectorOids.VECTOR_GE), name + "_ge", c -> c >= 0),
        comparison(precision.functionOid(VectorOids.VECTOR_GT), name + "_gt", c -> c > 0),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_CMP),
            name + "_cmp",
            two,
            Oids.INT4,
            (row, out) -> out.int32(compared(row.column(0), row.column(1), row.position()))),
        Functions.row(
            precision.functionOid(VectorOids.BINARY_QUANTIZE),
            "binary_quantize",
            one,
            Oids.BIT,
            parts::binaryQuantize),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_ACCUM),
            name + "_accum",
            List.of(Oids.FLOAT8_ARRAY, type),
            Oids.FLOAT8_ARRAY,
            states::accumulate),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_AVG),
            name + "_avg",
            List.of(Oids.FLOAT8_ARRAY),
            type,
            states::average),
        Functions.row(
            precision.functionOid(VectorOids.VECTOR_COMBINE),
            name + "_combine",
            List.of(Oids.FLOAT8_ARRAY, Oids.FLOAT8_ARRAY),
            Oids.FLOAT8_ARRAY,
            states::combine),
        aggregate(
            precision.functionOid(VectorOids.AVG),
            "avg",
            (call, context) -> new VectorAverage(precision)),
        aggregate(
            precision.functionOid(VectorOids.SUM),
            "sum",
            (call, context) -> new VectorSum(precision)),
        cast(precision.functionOid(VectorOids.VECTOR_FUNCTION), name, type, casts::fit),
        cast(
            precision.castOid(VectorOids.INT4_ARRAY_TO_VECTOR),
            "array_to_" + name,
            Oids.INT4_ARRAY,
            casts::fromArray),
        cast(
            precision.castOid(VectorOids.FLOAT4_ARRAY_TO_VECTOR),
            "array_to_" + name,
            Oids.FLOAT4_ARRAY,
            casts::fromArray),
        cast(
            precision.castOid(VectorOids.FLOAT8_ARRAY_TO_VECTOR),
            "array_to_" + name,
            Oids.FLOAT8_ARRAY,
            casts::fromArray),
        cast(
            precision.castOid(VectorOids.NUMERIC_ARRAY_TO_VECTOR),
            "array_to_" + name,
            Oids.NUMERIC_ARRAY,
            casts::fromArray),
        Functions.row(
            precision.castOid(VectorOids.VECTOR_TO_FLOAT4),
            name + "_to_float4",
            List.of(type, Oids.INT4, Oids.BOOL),
            Oids.FLOAT4_ARRAY,
            casts::toFloats));
  }

  private FunctionDef distance(int oid, String functionName, Metric metric) {
    DistanceKernel kernel = new DistanceKernel(metric, precision);
    return Functions.define(oid, functionName, FunctionKind.SCALAR, two, Oids.FLOAT8, kernel);
  }

  private FunctionDef comparison(int oid, String functionName, Functions.ComparisonTest test) {
    return Functions.row(
        oid,
        functionName,
        two,
        Oids.BOOL,
        (row, out) -> out.bool(test.holds(compared(row.column(0), row.column(1), row.position()))));
  }

  private int compared(Column left, Column right, int position) {
    return vectorType.compare(left, position, right, position);
  }

  private FunctionDef cast(int oid, String functionName, int source, RowFunction function) {
    List<Integer> arguments = List.of(source, Oids.INT4, Oids.BOOL);
    return Functions.row(oid, functionName, arguments, type, function);
  }

  private FunctionDef aggregate(int oid, String functionName, AggregateKernel kernel) {
    return Functions.define(oid, functionName, FunctionKind.AGGREGATE, one, type, kernel);
  }

  /** The casts between the two types. */
  static List<FunctionDef> conversions() {
    return List.of(
        Functions.row(
            VectorOids.HALFVEC_TO_VECTOR,
            "halfvec_to_vector",
            List.of(VectorOids.HALFVEC, Oids.INT4, Oids.BOOL),
            VectorOids.VECTOR,
            new VectorCasts(Precision.SINGLE)::convert),
        Functions.row(
            VectorOids.VECTOR_TO_HALFVEC,
            "vector_to_halfvec",
            List.of(VectorOids.VECTOR, Oids.INT4, Oids.BOOL),
            VectorOids.HALFVEC,
            new VectorCasts(Precision.HALF)::convert));
  }
}
