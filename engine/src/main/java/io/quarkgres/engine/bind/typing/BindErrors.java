package io.quarkgres.engine.bind.typing;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of the binder's errors, as PostgreSQL words them. Thread: any. */
public final class BindErrors {
  private static final String CAST_HINT_MANY =
      "No %s matches the given name and argument types. You might need to add explicit type casts.";

  private BindErrors() {}

  public static SqlException notSupported(String message, int position) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, message, position);
  }

  /** 0A000 for what PostgreSQL has and this server has not. */
  public static SqlException notBuilt(String feature, int position) {
    return notSupported(feature + " is not supported yet", position);
  }

  public static SqlException syntax(String message, int position) {
    return new SqlException(SqlState.SYNTAX_ERROR, message, position);
  }

  public static SqlException mismatch(String message, int position) {
    return new SqlException(SqlState.DATATYPE_MISMATCH, message, position);
  }

  public static SqlException grouping(String message, int position) {
    return new SqlException(SqlState.GROUPING_ERROR, message, position);
  }

  public static SqlException windowing(String message, int position) {
    return new SqlException(SqlState.WINDOWING_ERROR, message, position);
  }

  public static SqlException columnReference(String message, int position) {
    return new SqlException(SqlState.INVALID_COLUMN_REFERENCE, message, position);
  }

  public static SqlException undefinedColumn(String message, int position) {
    return new SqlException(SqlState.UNDEFINED_COLUMN, message, position);
  }

  public static SqlException undefinedTable(String message, int position) {
    return new SqlException(SqlState.UNDEFINED_TABLE, message, position);
  }

  public static SqlException undefinedObject(String message, int position) {
    return new SqlException(SqlState.UNDEFINED_OBJECT, message, position);
  }

  public static SqlException ambiguousColumn(String name, int position) {
    return new SqlException(
        SqlState.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous", position);
  }

  public static SqlException undefinedOperator(String signature, boolean isPrefix, int position) {
    String hint =
        isPrefix
            ? "No operator matches the given name and argument type. "
                + "You might need to add an explicit type cast."
            : CAST_HINT_MANY.formatted("operator");
    return new SqlException(
        SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + signature, null, hint, position);
  }

  public static SqlException ambiguousOperator(String signature, int position) {
    return new SqlException(
        SqlState.AMBIGUOUS_FUNCTION,
        "operator is not unique: " + signature,
        null,
        "Could not choose a best candidate operator. You might need to add explicit type casts.",
        position);
  }

  public static SqlException undefinedFunction(String signature, int position) {
    return new SqlException(
        SqlState.UNDEFINED_FUNCTION,
        "function " + signature + " does not exist",
        null,
        CAST_HINT_MANY.formatted("function"),
        position);
  }

  public static SqlException ambiguousFunction(String signature, int position) {
    return new SqlException(
        SqlState.AMBIGUOUS_FUNCTION,
        "function " + signature + " is not unique",
        null,
        "Could not choose a best candidate function. You might need to add explicit type casts.",
        position);
  }

  public static SqlException cannotCast(String source, String target, int position) {
    return new SqlException(
        SqlState.CANNOT_COERCE, "cannot cast type " + source + " to " + target, position);
  }

  static SqlException undefinedParameter(int number, int position) {
    return new SqlException(
        SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + number, position);
  }

  public static SqlException tooComplex() {
    return new SqlException(
        SqlState.STATEMENT_TOO_COMPLEX,
        "stack depth limit exceeded",
        null,
        "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after "
            + "ensuring the platform's stack depth limit is adequate.");
  }
}
