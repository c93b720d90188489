package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/**
 * A SQL type: identity, text and binary form, order. Values are positions of columns. Stateless;
 * registered in {@link TypeRegistry}. Thread: any.
 */
public interface SqlType {
  /** The type modifier of a type without one. */
  int NO_TYPMOD = -1;

  /** Returns the {@code pg_type} row: oid, name, category and the like. */
  TypeInfo info();

  /** Returns the layout that values lie in. */
  Layout layout();

  /** Returns the type beneath all domains: itself for what is no domain. */
  default SqlType base() {
    return this;
  }

  /** Returns the modifier that a value has as one of the {@link #base} type. */
  default int baseTypmod(int typmod) {
    return typmod;
  }

  /** Returns the type's oid. */
  default int oid() {
    return info().oid();
  }

  /** Returns the type's internal name, such as {@code int4}. */
  default String name() {
    return info().name();
  }

  /**
   * Tells whether values can be made: a type that is known but not built is refused by the binder.
   */
  default boolean isBuilt() {
    return true;
  }

  /**
   * Parses the text form and appends the value. Does not apply a length modifier (see {@link
   * #coerceLength}), but a modifier that changes parsing (interval fields) counts. Raises 22P02,
   * 22007, 22003 and others as PostgreSQL's input function does.
   */
  void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context);

  /** Appends NULL as read from text or bytes: a domain may refuse it. */
  default void readNull(ColumnBuilder out, TypeContext context) {
    out.appendNull();
  }

  /** Appends the text form of a value that is not NULL. */
  void print(Column column, int position, ByteSink out, TypeContext context);

  /** Decodes the binary form and appends the value; raises 22P03 and 08P01 for bad bytes. */
  void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context);

  /** Appends the binary form of a value that is not NULL. */
  void send(Column column, int position, ByteSink out, TypeContext context);

  /** Compares two values that are not NULL by the type's default B-tree order. */
  int compare(Column left, int leftPosition, Column right, int rightPosition);

  /** Tells whether two values that are not NULL are equal by the type's default equality. */
  default boolean equal(Column left, int leftPosition, Column right, int rightPosition) {
    return compare(left, leftPosition, right, rightPosition) == 0;
  }

  /** Hashes a value that is not NULL; equal values hash alike. */
  long hash(Column column, int position);

  /**
   * Appends bytes whose unsigned lexicographic order is the type's order and that are no prefix of
   * another value's bytes, so that keys of several columns can be concatenated.
   */
  void sortKey(Column column, int position, ByteSink out);

  /** Tells whether the type has a default order (json, point and the like have none: 42883). */
  default boolean isOrdered() {
    return true;
  }

  /** Tells whether the type has a default equality. */
  default boolean hasEquality() {
    return isOrdered();
  }

  /** Encodes the arguments of {@code varchar(n)} and the like; raises 22023 where it takes none. */
  default int typmodIn(String[] arguments, int position) {
    throw TypeErrors.noTypeModifier(name(), position);
  }

  /** Returns the modifier as {@code format_type} shows it, such as {@code (10,2)}, or "". */
  default String typmodOut(int typmod) {
    return "";
  }

  /**
   * Makes a value fit the modifier and appends it: truncates, pads, rounds or raises 22001/22003/
   * 22000.
   *
   * @param explicit whether an explicit cast asks for it (then varchar truncates silently)
   */
  default void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    out.append(column, position);
  }

  /** Tells whether {@link #coerceLength} does anything for a modifier. */
  default boolean coercesLength(int typmod) {
    return false;
  }
}
