package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * {@code format}: {@code %[position$][-][width]type} with types s, I and L (manual, section 9.4.1).
 * One use; one thread.
 */
final class FormatFunction {
  private final Row row;
  private final String pattern;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int lastArgument;

  private FormatFunction(Row row) {
    this.row = row;
    this.pattern = row.text(0);
  }

  static void apply(Row r, Out o) {
    if (r.isNull(0)) {
      o.sqlNull();
    } else {
      o.text(new FormatFunction(r).run());
    }
  }

  private static SqlException error(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  private char next() {
    if (at >= pattern.length()) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "unterminated format() type specifier",
          null,
          "For a single \"%\" use \"%%\".");
    }
    return pattern.charAt(at);
  }

  private String run() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else if (next() == '%') {
        out.append('%');
        at++;
      } else {
        specifier();
      }
    }
    return out.toString();
  }

  private void specifier() {
    int position = -1;
    int width = 0;
    boolean isLeft = false;
    int number = number();
    if (number >= 0 && next() == '$') {
      if (number == 0) {
        throw error("format specifies argument 0, but arguments are numbered from 1");
      }
      position = number;
      at++;
      number = -1;
    }
    if (number >= 0) {
      width = number;
    } else {
      while (next() == '-') {
        isLeft = true;
        at++;
      }
      if (next() == '*') {
        at++;
        width = widthArgument();
        if (width < 0) {
          isLeft = true;
          width = -width;
        }
      } else {
        width = Math.max(0, number());
      }
    }
    char type = next();
    at++;
    if (type != 's' && type != 'I' && type != 'L') {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "unrecognized format() type specifier \"" + type + "\"",
          null,
          "For a single \"%\" use \"%%\".");
    }
    append(value(argument(position), type), width, isLeft);
  }

  private int number() {
    if (next() < '0' || next() > '9') {
      return -1;
    }
    long value = 0;
    while (next() >= '0' && next() <= '9') {
      value = value * 10 + next() - '0';
      if (value > Integer.MAX_VALUE) {
        throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
      }
      at++;
    }
    return (int) value;
  }

  private int argument(int position) {
    int argument = position < 0 ? lastArgument + 1 : position;
    lastArgument = argument;
    if (argument >= row.count()) {
      throw error("too few arguments for format()");
    }
    return argument;
  }

  private int widthArgument() {
    int number = number();
    int position = -1;
    if (number >= 0) {
      if (number == 0) {
        throw error("format specifies argument 0, but arguments are numbered from 1");
      }
      if (next() != '$') {
        throw error("width argument position must be ended by \"$\"");
      }
      at++;
      position = number;
    }
    int argument = argument(position);
    if (row.isNull(argument)) {
      return 0;
    }
    return switch (row.type(argument).oid()) {
      case Oids.INT2, Oids.INT4 -> row.int32(argument);
      default -> width(printed(argument));
    };
  }

  private static int width(String text) {
    String number = text.strip();
    if (!number.matches("[+-]?[0-9]+")) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type integer: \"" + text + "\"");
    }
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException _) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "value \"" + text + "\" is out of range for type integer");
    }
  }

  private String printed(int argument) {
    ByteSink sink = new ByteSink(32);
    row.type(argument).print(row.column(argument), row.position(), sink, row.context().types());
    return sink.toString();
  }

  private String value(int argument, char type) {
    if (row.isNull(argument)) {
      return switch (type) {
        case 's' -> "";
        case 'L' -> "NULL";
        default ->
            throw new SqlException(
                SqlState.NULL_VALUE_NOT_ALLOWED,
                "null values cannot be formatted as an SQL identifier");
      };
    }
    String text = printed(argument);
    return switch (type) {
      case 's' -> text;
      case 'L' -> Quoting.literal(text);
      default -> Quoting.identifier(text);
    };
  }

  private void append(String value, int width, boolean isLeft) {
    int missing = width - value.codePointCount(0, value.length());
    if (missing > 0 && !isLeft) {
      out.repeat(' ', missing);
    }
    out.append(value);
    if (missing > 0 && isLeft) {
      out.repeat(' ', missing);
    }
  }
}
