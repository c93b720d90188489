package io.quarkgres.engine.type;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

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

  /** 22P02: the bytes are no value of the type. */
  public static SqlException invalidText(String typeName, byte[] text, int start, int length) {
    return invalidText(typeName, string(text, start, length));
  }

  /** 22003: the number that was typed is out of the type's range. */
  public static SqlException valueOutOfRange(String typeName, byte[] text, int start, int length) {
    return new SqlException(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
        "value \"" + string(text, start, length) + "\" is out of range for type " + typeName);
  }

  /** 22P03: bytes of a binary form that the type does not accept. */
  public static SqlException invalidBinary(String message) {
    return new SqlException(SqlState.INVALID_BINARY_REPRESENTATION, message);
  }

  /** 08P01: a binary form that ends too early. */
  public static SqlException insufficientData() {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
  }

  /** 22023: a modifier out of its bounds. */
  public static SqlException invalidModifier(String message, int position) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message, position);
  }

  /** 0A000: the type has a name but nothing else yet. */
  public static SqlException notBuilt(String typeName) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "type " + typeName + " is not supported yet");
  }

  /** 42883: the type has no default order. */
  public static SqlException noOrder(String sqlName) {
    return new SqlException(
        SqlState.UNDEFINED_FUNCTION,
        "could not identify an ordering operator for type " + sqlName,
        null,
        "Use an explicit ordering operator or modify the query.");
  }

  /** 42883: the type has no default equality. */
  public static SqlException noEquality(String sqlName) {
    return new SqlException(
        SqlState.UNDEFINED_FUNCTION, "could not identify an equality operator for type " + sqlName);
  }

  public static String string(byte[] text, int start, int length) {
    return new String(text, start, length, StandardCharsets.UTF_8);
  }
}
