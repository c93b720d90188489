package io.quarkgres.vector;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

/**
 * The two types of dense vectors: {@code vector} of floats and {@code halfvec} of halves. Halves
 * are held as floats that are exactly halves, so that both types share columns, kernels and
 * indexes; a result is rounded where pgvector would store it. Thread: any.
 */
enum Precision {
  /** {@code vector}. */
  SINGLE("vector", VectorOids.VECTOR, VectorOids.VECTOR_ARRAY, Float.BYTES, 0, 0, 0, 0),
  /** {@code halfvec}. */
  HALF("halfvec", VectorOids.HALFVEC, VectorOids.HALFVEC_ARRAY, Short.BYTES, 73, 113, 115, 117);

  private final String typeName;
  private final int oid;
  private final int arrayOid;
  private final int elementBytes;
  private final int inputShift;
  private final int functionShift;
  private final int castShift;
  private final int operatorShift;

  Precision(
      String typeName,
      int oid,
      int arrayOid,
      int elementBytes,
      int inputShift,
      int functionShift,
      int castShift,
      int operatorShift) {
    this.typeName = typeName;
    this.oid = oid;
    this.arrayOid = arrayOid;
    this.elementBytes = elementBytes;
    this.inputShift = inputShift;
    this.functionShift = functionShift;
    this.castShift = castShift;
    this.operatorShift = operatorShift;
  }

  String typeName() {
    return typeName;
  }

  int oid() {
    return oid;
  }

  int arrayOid() {
    return arrayOid;
  }

  /** Returns the bytes of an element in the binary form. */
  int elementBytes() {
    return elementBytes;
  }

  /** Returns the oid of this type's counterpart of one of vector's input and output functions. */
  int inputOid(int vectorOid) {
    return vectorOid + inputShift;
  }

  /** Returns the oid of this type's counterpart of one of vector's functions. */
  int functionOid(int vectorOid) {
    return vectorOid + functionShift;
  }

  /** Returns the oid of this type's counterpart of one of vector's casts from and to arrays. */
  int castOid(int vectorOid) {
    return vectorOid + castShift;
  }

  /** Returns the oid of this type's counterpart of one of vector's operators. */
  int operatorOid(int vectorOid) {
    return vectorOid + operatorShift;
  }

  /** Rounds to what the type holds; infinite when that is too large. */
  float rounded(float value) {
    return switch (this) {
      case SINGLE -> value;
      case HALF -> Float.float16ToFloat(Float.floatToFloat16(value));
    };
  }

  /** Rounds to what the type holds; raises 22003 when a finite value is too large. */
  float converted(float value) {
    float result = rounded(value);
    if (Float.isInfinite(result) && !Float.isInfinite(value)) {
      ByteSink digits = new ByteSink(16);
      FloatDigits.print(value, digits);
      throw outOfRange(new String(digits.toByteArray(), StandardCharsets.ISO_8859_1));
    }
    return result;
  }

  /** 22003: a number is too large for the type. */
  SqlException outOfRange(String number) {
    return VectorErrors.outOfRange(number, typeName);
  }

  /** Returns an element, or raises an error when it is NaN or infinite. */
  float checked(float value) {
    if (!Float.isFinite(value)) {
      throw VectorErrors.notFinite(typeName, value);
    }
    return value;
  }

  /** Raises an error unless a vector may have so many dimensions. */
  void checkDimensions(int dimensions) {
    if (dimensions < 1) {
      throw VectorErrors.noDimension(typeName);
    }
    if (dimensions > VectorType.DIMENSIONS_MAX) {
      throw VectorErrors.tooManyDimensions(typeName);
    }
  }

  /** 22000: two vectors do not go together. */
  SqlException differentDimensions(int left, int right) {
    return new SqlException(
        SqlState.DATA_EXCEPTION, "different " + typeName + " dimensions " + left + " and " + right);
  }
}
