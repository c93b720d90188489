package io.quarkgres.vector;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors about vectors. Thread: any. */
public final class VectorErrors {
  private VectorErrors() {}

  /** 22000: two vectors do not go together. */
  public static SqlException differentDimensions(int left, int right) {
    return new SqlException(
        SqlState.DATA_EXCEPTION, "different vector dimensions " + left + " and " + right);
  }

  static SqlException unexpectedDimensions(int expected, int actual) {
    return new SqlException(
        SqlState.DATA_EXCEPTION, "expected " + expected + " dimensions, not " + actual);
  }

  static SqlException noDimension() {
    return new SqlException(SqlState.DATA_EXCEPTION, "vector must have at least 1 dimension");
  }

  static SqlException tooManyDimensions() {
    return new SqlException(
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "vector cannot have more than " + VectorType.DIMENSIONS_MAX + " dimensions");
  }

  static SqlException notFinite(float value) {
    return new SqlException(
        SqlState.DATA_EXCEPTION,
        Float.isNaN(value) ? "NaN not allowed in vector" : "infinite value not allowed in vector");
  }

  static SqlException overflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
  }

  static SqlException underflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
  }
}
