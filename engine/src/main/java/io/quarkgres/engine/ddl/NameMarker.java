package io.quarkgres.engine.ddl;

/**
 * Marks the name that a column's CHECK constraint is to get: PostgreSQL puts the column's name into
 * it, unlike that of a table's constraint. A marker holds a character that no name can. Thread: any.
 */
final class NameMarker {
  private static final char MARK = '\0';

  private NameMarker() {}

  static String columnCheck(String column) {
    return MARK + column;
  }

  /** Returns the column of a marker, or {@code null} for a real name or none. */
  static String column(String name) {
    return name != null && !name.isEmpty() && name.charAt(0) == MARK ? name.substring(1) : null;
  }
}
