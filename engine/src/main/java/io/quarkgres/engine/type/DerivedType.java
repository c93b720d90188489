package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;

/** A type whose values look, lie and compare as those of another type do. Thread: any. */
public interface DerivedType extends SqlType {
  /** Returns the other type. */
  SqlType original();

  @Override
  default Layout layout() {
    return original().layout();
  }

  @Override
  default void print(Column column, int position, ByteSink out, TypeContext context) {
    original().print(column, position, out, context);
  }

  @Override
  default void send(Column column, int position, ByteSink out, TypeContext context) {
    original().send(column, position, out, context);
  }

  @Override
  default int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return original().compare(left, leftPosition, right, rightPosition);
  }

  @Override
  default boolean equal(Column left, int leftPosition, Column right, int rightPosition) {
    return original().equal(left, leftPosition, right, rightPosition);
  }

  @Override
  default long hash(Column column, int position) {
    return original().hash(column, position);
  }

  @Override
  default void sortKey(Column column, int position, ByteSink out) {
    original().sortKey(column, position, out);
  }

  @Override
  default boolean isOrdered() {
    return original().isOrdered();
  }

  @Override
  default boolean hasEquality() {
    return original().hasEquality();
  }
}
