package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.DoubleBuilder;

/**
 * Casts between vectors, halfvecs and arrays, and to one of a fixed number of dimensions. Their
 * arguments are the value, the type modifier and whether the cast is explicit. Thread: any.
 */
record VectorCasts(Precision precision) {
  void fit(Row row, Out out) {
    VectorType.checkLength(row.floatCount(0), row.int32(1));
    out.copy(row.column(0), row.position());
  }

  /** Makes a vector of this type from one of the other. */
  void convert(Row row, Out out) {
    float[] values = row.floats(0);
    precision.checkDimensions(values.length);
    VectorType.checkLength(values.length, row.int32(1));
    for (int i = 0; i < values.length; i++) {
      values[i] = precision.converted(values[i]);
    }
    out.floats(values);
  }

  void fromSparse(Row row, Out out) {
    SparseVector sparse = SparseVector.read(row.column(0), row.position());
    precision.checkDimensions(sparse.dimensions());
    VectorType.checkLength(sparse.dimensions(), row.int32(1));
    float[] values = new float[sparse.dimensions()];
    for (int i = 0; i < sparse.count(); i++) {
      values[sparse.indices()[i]] = precision.converted(sparse.values()[i]);
    }
    out.floats(values);
  }

  void fromArray(Row row, Out out) {
    ArrayElements elements = ArrayElements.read(row);
    int n = elements.count();
    precision.checkDimensions(n);
    VectorType.checkLength(n, row.int32(1));
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = precision.converted(elements.element(i));
    }
    for (int i = 0; i < n; i++) {
      precision.checked(result[i]);
    }
    out.floats(result);
  }

  void toFloats(Row row, Out out) {
    float[] values = row.floats(0);
    DoubleBuilder elements = new DoubleBuilder(values.length);
    for (float value : values) {
      elements.append(value);
    }
    ArrayValue.of(Oids.FLOAT4, elements.build()).appendTo(out.builder());
  }
}
