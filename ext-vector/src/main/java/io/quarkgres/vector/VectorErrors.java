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

  /** 22000: two halfvecs do not go together. */
  public static SqlException differentHalfvecDimensions(int left, int right) {
    return Precision.HALF.differentDimensions(left, right);
  }

  static SqlException unexpectedDimensions(int expected, int actual) {
    return new SqlException(
        SqlState.DATA_EXCEPTION, "expected " + expected + " dimensions, not " + actual);
  }

  static SqlException noDimension(String type) {
    return new SqlException(SqlState.DATA_EXCEPTION, type + " must have at least 1 dimension");
  }

  static SqlException tooManyDimensions(String type) {
    return new SqlException(
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        type + " cannot have more than " + VectorType.DIMENSIONS_MAX + " dimensions");
  }

  static SqlException notFinite(String type, float value) {
    return new SqlException(
        SqlState.DATA_EXCEPTION,
        (Float.isNaN(value) ? "NaN" : "infinite value") + " not allowed in " + type);
  }

  static SqlException outOfRange(String number, String type) {
    return new SqlException(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + number + "\" is out of range for type " + type);
  }

  static SqlException overflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
  }

  static SqlException underflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
  }
}
