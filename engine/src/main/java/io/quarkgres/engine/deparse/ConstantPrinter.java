package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;

/** Prints constants: bare where the parser would give them the same type, else with a cast. */
final class ConstantPrinter {
  private final ObjectNames names;
  private final TypeContext types;

  ConstantPrinter(ObjectNames names, TypeContext types) {
    this.names = names;
    this.types = types;
  }

  /** Prints a constant with its type. */
  String print(BoundExpr.Constant c) {
    if (c.isNull()) {
      return "NULL::" + names.type(c.type(), c.typmod());
    }
    String value = value(c);
    boolean isBare =
        switch (c.type().oid()) {
          case Oids.BOOL, Oids.UNKNOWN -> true;
          case Oids.INT4 -> !value.startsWith("-");
          case Oids.NUMERIC -> isBareNumber(value) && c.typmod() < 0;
          default -> false;
        };
    return literal(c, value) + (isBare ? "" : "::" + names.type(c.type(), c.typmod()));
  }

  /** Prints a constant without its type, for a cast that names it. */
  String printBare(BoundExpr.Constant c) {
    return c.isNull() ? "NULL" : literal(c, value(c));
  }

  private String literal(BoundExpr.Constant c, String value) {
    return switch (c.type().oid()) {
      case Oids.BOOL -> value.equals("t") ? "true" : "false";
      case Oids.INT4 -> value.startsWith("-") ? quoted(value) : value;
      case Oids.NUMERIC -> isBareNumber(value) ? value : quoted(value);
      default -> quoted(value);
    };
  }

  /** Tells whether a number has a point or an exponent, and so is read as numeric. */
  private static boolean isBareNumber(String value) {
    return Character.isDigit(value.charAt(0)) && value.matches("[0-9.eE+-]*[.eE][0-9.eE+-]*");
  }

  private String value(BoundExpr.Constant c) {
    ByteSink out = new ByteSink(16);
    SqlType type = c.type();
    type.print(c.value(), 0, out, types);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
