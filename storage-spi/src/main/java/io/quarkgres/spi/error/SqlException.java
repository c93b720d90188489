package io.quarkgres.spi.error;

/**
 * The one exception that carries a user's error: a condition with PostgreSQL's wording and fields.
 *
 * <p>It has a stack trace only when its class is {@code XX} or {@code 58}, because all others are
 * the user's business and are raised often. Optional fields are {@code null} when absent. Thread:
 * any.
 */
public final class SqlException extends RuntimeException {
  /** The value of {@link #position()} when the error points at no place in the statement. */
  public static final int NO_POSITION = -1;

  private final SqlState state;
  private final String detail;
  private final String hint;
  private final int position;
  private final ErrorObject object;
  private final String context;

  /** Makes an error without detail, hint or position. */
  public SqlException(SqlState state, String message) {
    this(state, message, null, null, NO_POSITION, ErrorObject.NONE, null);
  }

  /** Makes an error that points at {@code position}, a 0-based character offset in the query. */
  public SqlException(SqlState state, String message, int position) {
    this(state, message, null, null, position, ErrorObject.NONE, null);
  }

  /** Makes an error with detail and hint, either of which may be {@code null}. */
  public SqlException(SqlState state, String message, String detail, String hint) {
    this(state, message, detail, hint, NO_POSITION, ErrorObject.NONE, null);
  }

  /** Makes an error with detail, hint and position. */
  public SqlException(SqlState state, String message, String detail, String hint, int position) {
    this(state, message, detail, hint, position, ErrorObject.NONE, null);
  }

  private SqlException(
      SqlState state,
      String message,
      String detail,
      String hint,
      int position,
      ErrorObject object,
      String context) {
    super(message, null, false, keepsTrace(state));
    this.state = state;
    this.detail = detail;
    this.hint = hint;
    this.position = position;
    this.object = object;
    this.context = context;
  }

  private static boolean keepsTrace(SqlState state) {
    return state.code().startsWith("XX") || state.code().startsWith("58");
  }

  /** Returns the same error with another detail. */
  public SqlException withDetail(String newDetail) {
    return copy(newDetail, hint, position, object, context);
  }

  /** Returns the same error with another hint. */
  public SqlException withHint(String newHint) {
    return copy(detail, newHint, position, object, context);
  }

  /** Returns the same error pointing at a 0-based character offset of the query text. */
  public SqlException withPosition(int newPosition) {
    return copy(detail, hint, newPosition, object, context);
  }

  /** Returns the same error naming the objects it is about. */
  public SqlException withObject(ErrorObject newObject) {
    return copy(detail, hint, position, newObject, context);
  }

  /** Returns the same error with the text of field {@code W} (where it happened). */
  public SqlException withContext(String newContext) {
    return copy(detail, hint, position, object, newContext);
  }

  private SqlException copy(String d, String h, int p, ErrorObject o, String c) {
    SqlException result = new SqlException(state, getMessage(), d, h, p, o, c);
    if (keepsTrace(state)) {
      result.setStackTrace(getStackTrace());
    }
    return result;
  }

  /** Returns the condition. */
  public SqlState state() {
    return state;
  }

  /** Returns field {@code D}, or {@code null}. */
  public String detail() {
    return detail;
  }

  /** Returns field {@code H}, or {@code null}. */
  public String hint() {
    return hint;
  }

  /** Returns the 0-based character offset in the query text, or {@link #NO_POSITION}. */
  public int position() {
    return position;
  }

  /** Returns the objects the error is about; {@link ErrorObject#NONE} when it names none. */
  public ErrorObject object() {
    return object;
  }

  /** Returns field {@code W}, or {@code null}. */
  public String context() {
    return context;
  }
}
