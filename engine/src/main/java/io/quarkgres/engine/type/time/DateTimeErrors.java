package io.quarkgres.engine.type.time;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors about dates and times. Thread: any. */
final class DateTimeErrors {
  private DateTimeErrors() {}

  /** 22007: no such date or time. */
  static SqlException badFormat(String typeName, String text) {
    return new SqlException(
        SqlState.INVALID_DATETIME_FORMAT,
        "invalid input syntax for type " + typeName + ": \"" + text + "\"");
  }

  /** 22008: a field that is out of its bounds. */
  static SqlException fieldOverflow(String text) {
    return new SqlException(
        SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
  }

  /** 22008: a month or day that is out of its bounds, maybe because their order is another. */
  static SqlException fieldOrder(String text) {
    return fieldOverflow(text).withHint("Perhaps you need a different \"datestyle\" setting.");
  }

  /** 22015: a field of an interval that is too big. */
  static SqlException intervalOverflow(String text) {
    return new SqlException(
        SqlState.INTERVAL_FIELD_OVERFLOW, "interval field value out of range: \"" + text + "\"");
  }

  /** 22009: an offset that no zone has. */
  static SqlException displacement(String text) {
    return new SqlException(
        SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
        "time zone displacement out of range: \"" + text + "\"");
  }

  /** 22023: no such zone. */
  static SqlException unknownZone(String name) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
  }

  /** 22008: a value outside the type's bounds, as it was typed. */
  static SqlException outOfRange(String typeName, String text) {
    return new SqlException(
        SqlState.DATETIME_FIELD_OVERFLOW, typeName + " out of range: \"" + text + "\"");
  }

  /** 22008: a value outside the type's bounds. */
  static SqlException outOfRange(String typeName) {
    return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, typeName + " out of range");
  }
}
