package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;

/** Numeric constants and their signs. Thread: any. */
final class Numbers {
  private Numbers() {}

  /** Makes a constant; its kind follows from its size. */
  static Expression.NumericConstant constant(String text, int position) {
    return new Expression.NumericConstant(text, kind(text), position);
  }

  /** Applies a minus sign, to a constant at once. */
  static Expression negate(Expression operand, int position) {
    if (operand instanceof Expression.NumericConstant(String text, var _, int _)) {
      return constant(text.startsWith("-") ? text.substring(1) : "-" + text, position);
    }
    return new Expression.UnaryOperator(OperatorName.of("-"), operand, position);
  }

  private static Expression.NumericKind kind(String text) {
    return isInteger(text) ? kindOfLong(text) : Expression.NumericKind.NUMERIC;
  }

  private static boolean isInteger(String text) {
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  private static Expression.NumericKind kindOfLong(String text) {
    try {
      long value = Long.parseLong(text);
      return value == (int) value ? Expression.NumericKind.INT4 : Expression.NumericKind.INT8;
    } catch (NumberFormatException e) {
      return Expression.NumericKind.NUMERIC;
    }
  }
}
