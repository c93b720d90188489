package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.SqlType;

/**
 * A column of a relation. Expressions are kept as SQL text and bound where they are used. Thread:
 * any.
 *
 * @param name {@code attname}
 * @param number {@code attnum}, from 1, never reused; the store's column is {@code number - 1}
 * @param type the type
 * @param typmod the type modifier, -1 for none
 * @param collation oid of the collation, 0 for a type without
 * @param isNotNull whether NULL is refused
 * @param defaultSql the text of DEFAULT, or of the generation expression, or {@code null}
 * @param identity {@code a}, {@code d} or 0
 * @param generated {@code s} or 0
 * @param isDropped whether the column was dropped
 */
public record ColumnEntry(
    String name,
    int number,
    SqlType type,
    int typmod,
    int collation,
    boolean isNotNull,
    String defaultSql,
    char identity,
    char generated,
    boolean isDropped) {
  /** Makes a column that takes any value, NULL without one. */
  public static ColumnEntry plain(
      String name, int number, SqlType type, int typmod, int collation) {
    return new ColumnEntry(
        name, number, type, typmod, collation, false, null, (char) 0, (char) 0, false);
  }

  /** Returns the column with another name. */
  public ColumnEntry named(String newName) {
    return new ColumnEntry(
        newName,
        number,
        type,
        typmod,
        collation,
        isNotNull,
        defaultSql,
        identity,
        generated,
        isDropped);
  }

  /** Returns the column with another type, of the same modifier and collation. */
  ColumnEntry withType(SqlType newType) {
    return withType(newType, typmod, collation);
  }

  /** Returns the column with another type. */
  public ColumnEntry withType(SqlType newType, int newTypmod, int newCollation) {
    return new ColumnEntry(
        name,
        number,
        newType,
        newTypmod,
        newCollation,
        isNotNull,
        defaultSql,
        identity,
        generated,
        isDropped);
  }

  /** Returns the column with NULL refused or let in. */
  public ColumnEntry withNotNull(boolean isRefused) {
    return new ColumnEntry(
        name,
        number,
        type,
        typmod,
        collation,
        isRefused,
        defaultSql,
        identity,
        generated,
        isDropped);
  }

  /** Returns the column with another default. */
  public ColumnEntry withDefault(String sql) {
    return withSource(sql, identity, generated);
  }

  /** Returns the column with another way to its values. */
  public ColumnEntry withSource(String newDefault, char newIdentity, char newGenerated) {
    return new ColumnEntry(
        name,
        number,
        type,
        typmod,
        collation,
        isNotNull,
        newDefault,
        newIdentity,
        newGenerated,
        isDropped);
  }

  /** Returns what is left of the column when it is dropped. */
  public ColumnEntry dropped() {
    return new ColumnEntry(
        "........pg.dropped." + number + "........",
        number,
        type,
        typmod,
        collation,
        false,
        null,
        (char) 0,
        (char) 0,
        true);
  }
}
