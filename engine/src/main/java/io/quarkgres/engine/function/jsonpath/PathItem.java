package io.quarkgres.engine.function.jsonpath;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** One step of a path: where it starts, or what is done with what came before. Thread: any. */
sealed interface PathItem {
  /** The bound that {@code last} stands for in {@code **}. */
  long LAST_LEVEL = 0xffffffffL;

  /** {@code $}. */
  record Root() implements PathItem {}

  /** {@code @}. */
  record Current() implements PathItem {}

  /** {@code last}. */
  record Last() implements PathItem {}

  /** {@code null}. */
  record NullValue() implements PathItem {}

  /** {@code true} or {@code false}. */
  record BoolValue(boolean value) implements PathItem {}

  /** A number. */
  record NumberValue(BigDecimal value) implements PathItem {}

  /** A string. */
  record StringValue(String value) implements PathItem {}

  /** {@code $name}. */
  record Variable(String name) implements PathItem {}

  /** {@code .name}. */
  record Key(String name) implements PathItem {}

  /** {@code .*}. */
  record AnyKey() implements PathItem {}

  /** {@code [*]}. */
  record AnyElement() implements PathItem {}

  /** {@code [1, 2 to 3]}. */
  record Subscripts(List<Range> ranges) implements PathItem {}

  /** One subscript; {@code to} is {@code null} for a single one. */
  record Range(PathChain from, PathChain to) {}

  /** {@code .**{1 to 2}}. */
  record AnyLevel(long first, long last) implements PathItem {}

  /** {@code .size()} and its like. */
  record MethodCall(Method method) implements PathItem {}

  /** {@code .datetime()}; the template is {@code null} when there is none. */
  record DateTime(String template) implements PathItem {}

  /** {@code ? (...)}. */
  record Filter(PathChain condition) implements PathItem {}

  /** {@code a + b}. */
  record Arithmetic(ArithmeticOperator operator, PathChain left, PathChain right)
      implements PathItem {}

  /** {@code -a} or {@code +a}. */
  record Sign(boolean isMinus, PathChain operand) implements PathItem {}

  /** A step that says true, false or unknown. */
  sealed interface Predicate extends PathItem {}

  /** {@code a == b}. */
  record Comparison(ComparisonOperator operator, PathChain left, PathChain right)
      implements Predicate {}

  /** {@code a && b}. */
  record And(PathChain left, PathChain right) implements Predicate {}

  /** {@code a || b}. */
  record Or(PathChain left, PathChain right) implements Predicate {}

  /** {@code !(a)}. */
  record Not(PathChain operand) implements Predicate {}

  /** {@code (a) is unknown}. */
  record IsUnknown(PathChain operand) implements Predicate {}

  /** {@code exists (a)}. */
  record Exists(PathChain operand) implements Predicate {}

  /** {@code a starts with "b"}. */
  record StartsWith(PathChain text, PathChain start) implements Predicate {}

  /** {@code a like_regex "b" flag "i"}; the flags stand in the order {@code ismxq}. */
  record LikeRegex(PathChain text, String pattern, String flags) implements Predicate {}

  /** The methods without arguments. */
  enum Method {
    TYPE,
    SIZE,
    ABS,
    FLOOR,
    CEILING,
    DOUBLE,
    KEYVALUE;

    /** Returns the name in a path. */
    String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The operators of two numbers. */
  enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%");

    private final String symbol;

    ArithmeticOperator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    boolean isAdditive() {
      return this == ADD || this == SUBTRACT;
    }
  }

  /** The comparisons. */
  enum ComparisonOperator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }
  }
}
