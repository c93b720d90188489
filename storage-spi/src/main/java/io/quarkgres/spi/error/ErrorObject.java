package io.quarkgres.spi.error;

/**
 * The fields {@code s t c d n} of an error: which schema, table, column, data type or constraint it
 * is about. Each may be {@code null}. Thread: any.
 */
public record ErrorObject(
    String schema, String table, String column, String dataType, String constraint) {
  /** An error that names no object. */
  public static final ErrorObject NONE = new ErrorObject(null, null, null, null, null);

  /** Names a constraint of a table. */
  public static ErrorObject constraint(String schema, String table, String constraint) {
    return new ErrorObject(schema, table, null, null, constraint);
  }

  /** Names a column of a table. */
  public static ErrorObject column(String schema, String table, String column) {
    return new ErrorObject(schema, table, column, null, null);
  }
}
