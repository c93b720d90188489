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
  /** Returns the column with another type. */
  ColumnEntry withType(SqlType newType) {
    return new ColumnEntry(
        name,
        number,
        newType,
        typmod,
        collation,
        isNotNull,
        defaultSql,
        identity,
        generated,
        isDropped);
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
}
