package io.quarkgres.engine.type;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors about values and type modifiers. Thread: any. */
public final class TypeErrors {
  private TypeErrors() {}

  /** 42601: the type takes no modifier. */
  public static SqlException noTypeModifier(String typeName, int position) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        "type modifier is not allowed for type \"" + typeName + "\"",
        position);
  }

  /** 22P02: the text is no value of the type. */
  public static SqlException invalidText(String typeName, String text) {
    return new SqlException(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type " + typeName + ": \"" + text + "\"");
  }

  /** 22003: the value is out of the type's range. */
  public static SqlException outOfRange(String what) {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, what + " out of range");
  }
}
