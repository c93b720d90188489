package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;

/**
 * Turns keys of one type into the type of the key they are compared with, where a foreign key and
 * the key it refers to have different types. Thread: any.
 */
final class KeyConversion {
  private KeyConversion() {}

  /**
   * Converts {@code n} values; what the other type cannot hold becomes NULL and matches nothing.
   */
  static Column convert(Column values, int n, SqlType from, SqlType to, TypeContext types) {
    if (from.oid() == to.oid()) {
      return values;
    }
    ColumnBuilder result = ColumnBuilder.of(to.layout(), n);
    ByteSink text = new ByteSink(32);
    for (int i = 0; i < n; i++) {
      if (values.isNull(i)) {
        result.appendNull();
        continue;
      }
      text.truncate(0);
      from.print(values, i, text, types);
      if (!parses(to, text, types)) {
        result.appendNull();
      } else {
        to.parse(text.array(), 0, text.size(), SqlType.NO_TYPMOD, result, types);
      }
    }
    return result.build();
  }

  private static boolean parses(SqlType type, ByteSink text, TypeContext types) {
    try {
      ColumnBuilder scratch = ColumnBuilder.of(type.layout(), 1);
      type.parse(text.array(), 0, text.size(), SqlType.NO_TYPMOD, scratch, types);
      return true;
    } catch (SqlException outOfRange) {
      return false;
    }
  }
}
