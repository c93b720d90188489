package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.number.Decimals;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The operators on numbers. Used by one thread. */
final class PathArithmetic {
  private final PathRun run;

  PathArithmetic(PathRun run) {
    this.run = run;
  }

  Outcome binary(PathItem.Arithmetic i, PathChain chain, int index, Item item, List<Item> found) {
    List<Item> left = new ArrayList<>();
    List<Item> right = new ArrayList<>();
    if (run.unwrapped(i.left(), item, true, left) == Outcome.ERROR
        || run.unwrapped(i.right(), item, true, right) == Outcome.ERROR) {
      return Outcome.ERROR;
    }
    BigDecimal a = left.size() == 1 ? left.get(0).number() : null;
    if (a == null) {
      return notSingle("left", i.operator().symbol());
    }
    BigDecimal b = right.size() == 1 ? right.get(0).number() : null;
    if (b == null) {
      return notSingle("right", i.operator().symbol());
    }
    BigDecimal result;
    try {
      result = apply(i.operator(), a, b);
    } catch (SqlException e) {
      if (run.throwsErrors()) {
        throw e;
      }
      return Outcome.ERROR;
    }
    return run.next(chain, index, Item.of(result), found);
  }

  private Outcome notSingle(String side, String operator) {
    return run.error(
        SqlState.SINGLETON_SQL_JSON_ITEM_REQUIRED,
        side + " operand of jsonpath operator " + operator + " is not a single numeric value");
  }

  private static BigDecimal apply(
      PathItem.ArithmeticOperator operator, BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case ADD -> Decimals.add(a, b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> Decimals.multiply(a, b);
      case DIVIDE -> Decimals.divide(a, b);
      case MODULO -> Decimals.modulo(a, b);
    };
  }

  /** Applies a sign to each number of a sequence. */
  Outcome sign(PathItem.Sign i, PathChain chain, int index, Item item, List<Item> found) {
    List<Item> operands = new ArrayList<>();
    if (run.unwrapped(i.operand(), item, true, operands) == Outcome.ERROR) {
      return Outcome.ERROR;
    }
    Outcome result = Outcome.NOTHING;
    for (Item operand : operands) {
      BigDecimal number = operand.number();
      if (number == null && PathRun.isEnough(chain, index, found)) {
        continue;
      }
      if (number == null) {
        return run.error(
            SqlState.SQL_JSON_NUMBER_NOT_FOUND,
            "operand of unary jsonpath operator "
                + (i.isMinus() ? "-" : "+")
                + " is not a numeric value");
      }
      BigDecimal signed = i.isMinus() ? number.negate() : number;
      Outcome one = run.next(chain, index, Item.of(signed), found);
      if (one == Outcome.ERROR || one == Outcome.FOUND && found == null) {
        return one;
      }
      if (one == Outcome.FOUND) {
        result = one;
      }
    }
    return result;
  }
}
