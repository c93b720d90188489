package io.quarkgres.vector;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** The functions of sparsevec. Thread: any. */
final class SparsevecFunctions {
  private static final int TYPE = VectorOids.SPARSEVEC;
  private static final List<Integer> ONE = List.of(TYPE);
  private static final List<Integer> TWO = List.of(TYPE, TYPE);

  private SparsevecFunctions() {}

  static List<FunctionDef> all() {
    return List.of(
        Functions.ofType(16964, "sparsevec_in", List.of(Oids.CSTRING, Oids.OID, Oids.INT4), TYPE),
        Functions.ofType(16965, "sparsevec_out", ONE, Oids.CSTRING),
        Functions.ofType(16966, "sparsevec_typmod_in", List.of(Functions.CSTRING_ARRAY), Oids.INT4),
        Functions.ofType(
            16967, "sparsevec_recv", List.of(Oids.INTERNAL, Oids.OID, Oids.INT4), TYPE),
        Functions.row(16968, "sparsevec_send", ONE, Oids.BYTEA, SparsevecFunctions::send),
        distance(VectorOids.SPARSEVEC_L2_DISTANCE, "l2_distance", Metric.L2),
        distance(16971, "inner_product", Metric.INNER_PRODUCT),
        distance(VectorOids.SPARSEVEC_COSINE_DISTANCE, "cosine_distance", Metric.COSINE),
        distance(VectorOids.SPARSEVEC_L1_DISTANCE, "l1_distance", Metric.L1),
        Functions.row(16974, "l2_norm", ONE, Oids.FLOAT8, SparsevecFunctions::norm),
        Functions.row(16975, "l2_normalize", ONE, TYPE, SparsevecFunctions::normalize),
        comparison(VectorOids.SPARSEVEC_LT, "sparsevec_lt", c -> c < 0),
        comparison(VectorOids.SPARSEVEC_LE, "sparsevec_le", c -> c <= 0),
        comparison(VectorOids.SPARSEVEC_EQ, "sparsevec_eq", c -> c == 0),
        comparison(VectorOids.SPARSEVEC_NE, "sparsevec_ne", c -> c != 0),
        comparison(VectorOids.SPARSEVEC_GE, "sparsevec_ge", c -> c >= 0),
        comparison(VectorOids.SPARSEVEC_GT, "sparsevec_gt", c -> c > 0),
        Functions.row(16982, "sparsevec_cmp", TWO, Oids.INT4, (r, out) -> out.int32(compared(r))),
        distance(16983, "sparsevec_l2_squared_distance", Metric.L2_SQUARED),
        distance(
            VectorOids.SPARSEVEC_NEGATIVE_INNER_PRODUCT,
            "sparsevec_negative_inner_product",
            Metric.NEGATIVE_INNER_PRODUCT),
        cast(VectorOids.SPARSEVEC_FUNCTION, "sparsevec", TYPE, SparsevecFunctions::fit),
        cast(
            VectorOids.VECTOR_TO_SPARSEVEC,
            "vector_to_sparsevec",
            VectorOids.VECTOR,
            SparsevecFunctions::fromDense),
        cast(
            VectorOids.HALFVEC_TO_SPARSEVEC,
            "halfvec_to_sparsevec",
            VectorOids.HALFVEC,
            SparsevecFunctions::fromDense),
        toDense(VectorOids.SPARSEVEC_TO_VECTOR, "sparsevec_to_vector", Precision.SINGLE),
        toDense(VectorOids.SPARSEVEC_TO_HALFVEC, "sparsevec_to_halfvec", Precision.HALF),
        fromArray(VectorOids.INT4_ARRAY_TO_SPARSEVEC, Oids.INT4_ARRAY),
        fromArray(VectorOids.FLOAT4_ARRAY_TO_SPARSEVEC, Oids.FLOAT4_ARRAY),
        fromArray(VectorOids.FLOAT8_ARRAY_TO_SPARSEVEC, Oids.FLOAT8_ARRAY),
        fromArray(VectorOids.NUMERIC_ARRAY_TO_SPARSEVEC, Oids.NUMERIC_ARRAY));
  }

  private static FunctionDef distance(int oid, String name, Metric metric) {
    return Functions.row(
        oid,
        name,
        TWO,
        Oids.FLOAT8,
        (row, out) -> {
          SparseVector a = SparseVector.read(row.column(0), row.position());
          SparseVector b = SparseVector.read(row.column(1), row.position());
          if (a.dimensions() != b.dimensions()) {
            throw new SqlException(
                SqlState.DATA_EXCEPTION,
                "different sparsevec dimensions " + a.dimensions() + " and " + b.dimensions());
          }
          out.float64(SparseSums.distance(metric, a, b));
        });
  }

  private static FunctionDef comparison(int oid, String name, Functions.ComparisonTest test) {
    return Functions.row(
        oid, name, TWO, Oids.BOOL, (row, out) -> out.bool(test.holds(compared(row))));
  }

  private static int compared(Row row) {
    Column left = row.column(0);
    return SparsevecType.INSTANCE.compare(left, row.position(), row.column(1), row.position());
  }

  private static FunctionDef cast(int oid, String name, int source, RowFunction function) {
    return Functions.row(oid, name, List.of(source, Oids.INT4, Oids.BOOL), TYPE, function);
  }

  private static FunctionDef fromArray(int oid, int source) {
    return cast(oid, "array_to_sparsevec", source, SparsevecFunctions::fromArray);
  }

  private static FunctionDef toDense(int oid, String name, Precision precision) {
    return Functions.row(
        oid,
        name,
        List.of(TYPE, Oids.INT4, Oids.BOOL),
        precision.oid(),
        new VectorCasts(precision)::fromSparse);
  }

  private static void send(Row row, Out out) {
    ByteSink bytes = new ByteSink(64);
    SparsevecType.INSTANCE.send(row.column(0), row.position(), bytes, row.context().types());
    out.bytes(bytes);
  }

  private static void norm(Row row, Out out) {
    SparseVector a = SparseVector.read(row.column(0), row.position());
    out.float64(FloatSums.norm(a.values(), 0, a.count()));
  }

  /** Scales to length 1; elements that become 0 are left out. */
  private static void normalize(Row row, Out out) {
    SparseVector a = SparseVector.read(row.column(0), row.position());
    double norm = FloatSums.norm(a.values(), 0, a.count());
    int[] indices = new int[a.count()];
    float[] values = new float[a.count()];
    int n = 0;
    for (int i = 0; norm > 0 && i < a.count(); i++) {
      values[n] = (float) (a.values()[i] / norm);
      indices[n] = a.indices()[i];
      VectorArithmetic.checkOverflow(values, n, 1);
      n += values[n] == 0 ? 0 : 1;
    }
    write(new SparseVector(a.dimensions(), n, indices, values), out);
  }

  private static void fit(Row row, Out out) {
    BytesColumn column = (BytesColumn) row.column(0);
    VectorType.checkLength(SparseVector.dimensions(column, row.position()), row.int32(1));
    out.copy(column, row.position());
  }

  private static void fromDense(Row row, Out out) {
    VectorType.checkLength(row.floatCount(0), row.int32(1));
    write(SparseVector.ofDense(row.floats(0)), out);
  }

  private static void fromArray(Row row, Out out) {
    ArrayElements elements = ArrayElements.read(row);
    int n = elements.count();
    SparsevecType.checkDimensions(n);
    VectorType.checkLength(n, row.int32(1));
    float[] dense = new float[n];
    for (int i = 0; i < n; i++) {
      dense[i] = elements.element(i);
    }
    SparseVector vector = SparseVector.ofDense(dense);
    SparsevecType.checkCount(vector.count(), n);
    for (int i = 0; i < vector.count(); i++) {
      SparsevecType.checked(vector.values()[i]);
    }
    write(vector, out);
  }

  private static void write(SparseVector vector, Out out) {
    ByteSink bytes = new ByteSink(8 + 8 * vector.count());
    vector.write(bytes);
    out.bytes(bytes);
  }
}
