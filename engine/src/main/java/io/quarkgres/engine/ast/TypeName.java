package io.quarkgres.engine.ast;

import java.util.List;

/**
 * A type as written. Keyword types are qualified ({@code int} is {@code pg_catalog.int4}), others
 * are as spelled.
 *
 * @param modifiers what stands in parentheses, unevaluated. For {@code interval} they are the mask
 *     of fields ({@link #INTERVAL_FULL_RANGE} when none is given) and, if given, the precision; for
 *     {@code char} and {@code bit} without length, 1
 * @param arrayBounds one entry a dimension, -1 where {@code []} gives no size; empty for no array
 * @param isSetOf whether {@code SETOF} stands before
 * @param isColumnType whether the name is that of a column followed by {@code %TYPE}
 */
public record TypeName(
    QualifiedName name,
    List<Expression> modifiers,
    List<Integer> arrayBounds,
    boolean isSetOf,
    boolean isColumnType,
    int position) {
  /** The fields of an interval as bits of its first modifier. */
  public static final int INTERVAL_MONTH = 1 << 1;

  /** See {@link #INTERVAL_MONTH}. */
  public static final int INTERVAL_YEAR = 1 << 2;

  /** See {@link #INTERVAL_MONTH}. */
  public static final int INTERVAL_DAY = 1 << 3;

  /** See {@link #INTERVAL_MONTH}. */
  public static final int INTERVAL_HOUR = 1 << 10;

  /** See {@link #INTERVAL_MONTH}. */
  public static final int INTERVAL_MINUTE = 1 << 11;

  /** See {@link #INTERVAL_MONTH}. */
  public static final int INTERVAL_SECOND = 1 << 12;

  /** The mask that stands for "no fields given". */
  public static final int INTERVAL_FULL_RANGE = 0x7FFF;

  /** Makes a plain type without modifiers. */
  public static TypeName of(QualifiedName name) {
    return new TypeName(name, List.of(), List.of(), false, false, name.position());
  }

  /** Returns whether array brackets (or {@code ARRAY}) follow the type. */
  public boolean isArray() {
    return !arrayBounds.isEmpty();
  }
}
