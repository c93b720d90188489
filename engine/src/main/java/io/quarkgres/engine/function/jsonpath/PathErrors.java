package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors of the path language. Thread: any. */
final class PathErrors {
  private PathErrors() {}

  /** 42601 at a token; an empty one stands for the end. */
  static SqlException at(String message, String near) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        message
            + (near.isEmpty()
                ? " at end of jsonpath input"
                : " at or near \"" + near + "\" of jsonpath input"));
  }

  static SqlException syntax(String near) {
    return at("syntax error", near);
  }

  /** 22P02 about an escape. */
  static SqlException escape(String detail) {
    return new SqlException(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type jsonpath",
        detail,
        null);
  }

  /** 22P05. */
  static SqlException zeroCharacter() {
    return new SqlException(
        SqlState.UNTRANSLATABLE_CHARACTER,
        "unsupported Unicode escape sequence",
        "\\u0000 cannot be converted to text.",
        null);
  }
}
