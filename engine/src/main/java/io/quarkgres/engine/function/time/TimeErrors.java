package io.quarkgres.engine.function.time;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors of date and time functions. Thread: any. */
final class TimeErrors {
  private TimeErrors() {}

  /** 22008. */
  static SqlException overflow(String message) {
    return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, message);
  }

  static SqlException timestampOutOfRange() {
    return overflow("timestamp out of range");
  }

  static SqlException dateOutOfRange() {
    return overflow("date out of range");
  }

  /** 22023: no such zone. */
  static SqlException unknownZone(String name) {
    return parameter("time zone \"" + name + "\" not recognized");
  }

  /** 22023. */
  static SqlException parameter(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  /** 22023: no such unit. */
  static SqlException unknownUnit(String unit, String type) {
    return parameter("unit \"" + unit + "\" not recognized for type " + type);
  }

  /** 0A000: a unit that a type does not have. */
  static SqlException unsupportedUnit(String unit, String type, String detail) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "unit \"" + unit + "\" not supported for type " + type,
        detail,
        null);
  }
}
