package io.quarkgres.vector.index;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexSpec;

/** Checks what an index of vectors is asked to be. Thread: any. */
public final class Keys {
  private Keys() {}

  /** Raises an error for an index of several columns and for a unique one. */
  public static void checkShape(IndexSpec spec) {
    if (spec.keyLayouts().size() != 1) {
      throw notSupported(spec, "multicolumn indexes");
    }
    if (spec.unique()) {
      throw notSupported(spec, "unique indexes");
    }
  }

  /** Returns the dimensions or bits of the key column; raises an error without or with too many. */
  public static int dimensions(IndexSpec spec, Layout layout, int maximum) {
    if (spec.keyLayouts().get(0) != layout) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "type not supported for " + spec.method() + " index");
    }
    int dimensions = spec.keyTypmods().get(0);
    if (dimensions < 0) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "column does not have dimensions");
    }
    if (dimensions > maximum) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "column cannot have more than "
              + maximum
              + " dimensions for "
              + spec.method()
              + " index");
    }
    return dimensions;
  }

  /** Makes the error of an operator class that the method does not have. */
  public static SqlException missing(IndexSpec spec) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "operator class \""
            + spec.operatorClasses().get(0)
            + "\" does not exist for access method \""
            + spec.method()
            + "\"");
  }

  /** Reads a parameter of WITH that is a whole number; raises 22023 when it is none or too far. */
  public static int integer(String name, String text, int minimum, int maximum) {
    double value;
    try {
      // PostgreSQL rounds a fraction to the nearest whole number.
      value = Math.rint(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(Math.abs(value) <= Integer.MAX_VALUE)) {
      throw invalid("invalid value for integer option \"" + name + "\": " + text);
    }
    if (!(value >= minimum && value <= maximum)) {
      throw invalid("value " + text + " out of bounds for option \"" + name + "\"")
          .withDetail("Valid values are between \"" + minimum + "\" and \"" + maximum + "\".");
    }
    return (int) value;
  }

  /** Makes the error of a parameter of WITH that the method does not take. */
  public static SqlException invalid(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  private static SqlException notSupported(IndexSpec spec, String what) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "access method \"" + spec.method() + "\" does not support " + what);
  }
}
