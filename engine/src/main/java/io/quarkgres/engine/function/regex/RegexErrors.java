package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors in regular expressions. Thread: any. */
final class RegexErrors {
  private RegexErrors() {}

  /** 2201B. */
  static SqlException invalid(String why) {
    return new SqlException(
        SqlState.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + why);
  }

  static SqlException parentheses() {
    return invalid("parentheses () not balanced");
  }

  static SqlException brackets() {
    return invalid("brackets [] not balanced");
  }

  static SqlException quantifier() {
    return invalid("quantifier operand invalid");
  }

  static SqlException escape() {
    return invalid("invalid escape \\ sequence");
  }

  static SqlException tooComplex() {
    return invalid("regular expression is too complex");
  }

  /** 54000: matching took more steps than a server can spare. */
  static SqlException tooManySteps() {
    return new SqlException(
        SqlState.PROGRAM_LIMIT_EXCEEDED, "regular expression takes too many steps to match");
  }
}
