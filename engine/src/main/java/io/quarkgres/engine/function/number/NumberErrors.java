package io.quarkgres.engine.function.number;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors of arithmetic. Thread: any. */
public final class NumberErrors {
  private NumberErrors() {}

  /** 22003 for int2. */
  public static SqlException smallintOutOfRange() {
    return outOfRange("smallint");
  }

  /** 22003 for int4. */
  public static SqlException integerOutOfRange() {
    return outOfRange("integer");
  }

  /** 22003 for int8. */
  public static SqlException bigintOutOfRange() {
    return outOfRange("bigint");
  }

  /** 22003: the value does not fit the type. */
  public static SqlException outOfRange(String type) {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type + " out of range");
  }

  /** 22012. */
  public static SqlException divisionByZero() {
    return new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
  }

  /** 22003: a float became infinite. */
  public static SqlException floatOverflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
  }

  /** 22003: a float became zero. */
  public static SqlException floatUnderflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
  }

  /** 22003: more digits than numeric may have. */
  public static SqlException numericOverflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
  }

  /** 22003 of a function's argument. */
  public static SqlException inputOutOfRange() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
  }

  /** 0A000: NaN or an infinity has no integer. */
  public static SqlException cannotConvert(String what, String type) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "cannot convert " + what + " to " + type);
  }

  /** 2201E: logarithm of zero. */
  public static SqlException logarithmOfZero() {
    return new SqlException(SqlState.INVALID_ARGUMENT_FOR_LOG, "cannot take logarithm of zero");
  }

  /** 2201E: logarithm of a negative number. */
  public static SqlException logarithmOfNegative() {
    return new SqlException(
        SqlState.INVALID_ARGUMENT_FOR_LOG, "cannot take logarithm of a negative number");
  }

  /** 2201F with a message. */
  public static SqlException power(String message) {
    return new SqlException(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, message);
  }

  /** 2201F: square root of a negative number. */
  public static SqlException rootOfNegative() {
    return power("cannot take square root of a negative number");
  }
}
