package io.quarkgres.engine.function.json;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors of json functions. Thread: any. */
final class JsonErrors {
  private JsonErrors() {}

  /** 22023. */
  static SqlException parameter(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  /** 22023 with a hint. */
  static SqlException parameter(String message, String hint) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message, null, hint);
  }

  /** 22P02: a path element that should have been a number. */
  static SqlException notAnInteger(int element, String text) {
    return new SqlException(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "path element at position " + element + " is not an integer: \"" + text + "\"");
  }
}
