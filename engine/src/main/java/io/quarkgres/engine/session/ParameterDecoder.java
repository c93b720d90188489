package io.quarkgres.engine.session;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Reads the parameter values of a Bind message. Thread: any. */
final class ParameterDecoder {
  private ParameterDecoder() {}

  /**
   * Returns each parameter as a column of one row.
   *
   * @param formats none (all text), one (for all), or one each
   * @param values encoded values, {@code null} for NULL
   */
  static Column[] decode(
      PreparedStatement statement, short[] formats, byte[][] values, TypeContext types) {
    int count = statement.parameters().size();
    requireCounts(statement, count, formats.length, values.length);
    Column[] result = new Column[count];
    for (int i = 0; i < count; i++) {
      int format = formats.length == 0 ? 0 : formats.length == 1 ? formats[0] : formats[i];
      result[i] = decode(statement.parameters().get(i), format, values[i], types);
    }
    return result;
  }

  private static void requireCounts(
      PreparedStatement statement, int wanted, int formats, int values) {
    if (values != wanted) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message supplies "
              + values
              + " parameters, but prepared statement \""
              + statement.name()
              + "\" requires "
              + wanted);
    }
    if (formats > 1 && formats != values) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message has " + formats + " parameter formats but " + values + " parameters");
    }
  }

  private static Column decode(SqlType type, int format, byte[] value, TypeContext types) {
    if (format != 0 && format != 1) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
    }
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    if (value == null) {
      type.readNull(builder, types);
    } else if (format == 0) {
      type.parse(value, 0, value.length, SqlType.NO_TYPMOD, builder, types);
    } else {
      type.receive(value, 0, value.length, SqlType.NO_TYPMOD, builder, types);
    }
    return builder.build();
  }
}
