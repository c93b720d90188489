package io.quarkgres.engine.function;

/**
 * One cast of {@code pg_cast}. Thread: any.
 *
 * @param source oid of the source type
 * @param target oid of the target type
 * @param function oid of the function, 0 for the other methods
 * @param context when it applies
 * @param method how it is done
 */
public record CastDef(int source, int target, int function, Context context, Method method) {
  /** When a cast applies by itself. */
  public enum Context {
    /** Anywhere in an expression. */
    IMPLICIT,
    /** When assigning to a column. */
    ASSIGNMENT,
    /** Only when asked for. */
    EXPLICIT
  }

  /** How a cast is done. */
  public enum Method {
    /** By a function of the value (and modifier, and whether explicit). */
    FUNCTION,
    /** The bytes stay; only the type changes. */
    BINARY,
    /** By printing and parsing. */
    INOUT
  }
}
