package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.jsonpath.PathItem.ArithmeticOperator;
import io.quarkgres.engine.function.jsonpath.PathItem.ComparisonOperator;
import io.quarkgres.engine.function.jsonpath.PathToken.Kind;
import io.quarkgres.engine.function.regex.Regex;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a path by recursive descent. Values and predicates are told apart by what was read, since a
 * parenthesis may begin either. One use; one thread.
 */
final class PathParser {
  private static final int DEPTH_MAX = 1_000;

  private final String text;
  private final PathLexer lexer;
  private PathToken token;
  private int depth;
  private int filters;
  private int subscripts;

  /** A misplaced word, which is reported when the rest is found to be in order. */
  private SqlException misplaced;

  PathParser(String text) {
    this.text = text;
    this.lexer = new PathLexer(text);
  }

  JsonPath parse() {
    advance();
    boolean isStrict = false;
    boolean isEmpty = token.kind() == Kind.END;
    if (token.isWord("strict") || token.isWord("lax")) {
      isStrict = token.isWord("strict");
      advance();
    }
    if (isEmpty) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type jsonpath: \"" + text + "\"");
    }
    PathChain chain = or();
    if (token.kind() != Kind.END) {
      throw unexpected();
    }
    if (misplaced != null) {
      throw misplaced;
    }
    return new JsonPath(isStrict, chain);
  }

  private void misplaced(String message) {
    if (misplaced == null) {
      misplaced = new SqlException(SqlState.SYNTAX_ERROR, message);
    }
  }

  private void advance() {
    token = lexer.next();
  }

  private SqlException unexpected() {
    return PathErrors.syntax(token.near());
  }

  private void expect(String symbol) {
    if (!token.is(symbol)) {
      throw unexpected();
    }
    advance();
  }

  private void expectWord(String word) {
    if (!token.isWord(word)) {
      throw unexpected();
    }
    advance();
  }

  /** Refuses a predicate, or its absence, at the token behind it. */
  private PathChain checked(PathChain chain, boolean isPredicate) {
    if (chain.isPredicate() != isPredicate) {
      throw unexpected();
    }
    return chain;
  }

  private PathChain or() {
    if (++depth > DEPTH_MAX) {
      throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    PathChain left = and();
    while (token.is("||")) {
      checked(left, true);
      advance();
      left = PathChain.of(new PathItem.Or(left, checked(and(), true)));
    }
    depth--;
    return left;
  }

  private PathChain and() {
    PathChain left = negated();
    while (token.is("&&")) {
      checked(left, true);
      advance();
      left = PathChain.of(new PathItem.And(left, checked(negated(), true)));
    }
    return left;
  }

  private PathChain negated() {
    if (!token.is("!")) {
      return comparison();
    }
    advance();
    if (token.isWord("exists")) {
      return PathChain.of(new PathItem.Not(exists()));
    }
    expect("(");
    PathChain operand = checked(or(), true);
    expect(")");
    return PathChain.of(new PathItem.Not(operand));
  }

  private PathChain exists() {
    advance();
    expect("(");
    PathChain operand = checked(or(), false);
    expect(")");
    return PathChain.of(new PathItem.Exists(operand));
  }

  private static ComparisonOperator comparisonOf(PathToken token) {
    if (token.kind() != Kind.SYMBOL) {
      return null;
    }
    return switch (token.text()) {
      case "==" -> ComparisonOperator.EQUAL;
      case "!=", "<>" -> ComparisonOperator.NOT_EQUAL;
      case "<" -> ComparisonOperator.LESS;
      case "<=" -> ComparisonOperator.LESS_EQUAL;
      case ">" -> ComparisonOperator.GREATER;
      case ">=" -> ComparisonOperator.GREATER_EQUAL;
      default -> null;
    };
  }

  private PathChain comparison() {
    if (token.isWord("exists")) {
      return exists();
    }
    PathChain left = additive();
    ComparisonOperator operator = comparisonOf(token);
    if (operator != null) {
      checked(left, false);
      advance();
      PathChain right = checked(additive(), false);
      return PathChain.of(new PathItem.Comparison(operator, left, right));
    }
    if (token.isWord("starts")) {
      checked(left, false);
      return startsWith(left);
    }
    if (token.isWord("like_regex")) {
      checked(left, false);
      return likeRegex(left);
    }
    return left;
  }

  private PathChain startsWith(PathChain left) {
    advance();
    expectWord("with");
    PathItem start =
        switch (token.kind()) {
          case STRING -> new PathItem.StringValue(token.text());
          case VARIABLE -> new PathItem.Variable(token.text());
          case NAME, INTEGER, NUMBER, SYMBOL, END -> throw unexpected();
        };
    advance();
    return PathChain.of(new PathItem.StartsWith(left, PathChain.of(start)));
  }

  private PathChain likeRegex(PathChain left) {
    advance();
    String pattern = string();
    String flags = "";
    if (token.isWord("flag")) {
      advance();
      flags = string();
    }
    String ordered = flags(flags);
    if (ordered.indexOf('x') >= 0 && ordered.indexOf('q') < 0) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "XQuery \"x\" flag (expanded regular expressions) is not implemented");
    }
    Regex.of(pattern, LikeRegexFlags.options(ordered));
    return PathChain.of(new PathItem.LikeRegex(left, pattern, ordered));
  }

  private static String flags(String given) {
    for (int i = 0; i < given.length(); i++) {
      if (LikeRegexFlags.ALL.indexOf(given.charAt(i)) < 0) {
        String flag = given.substring(i, given.offsetByCodePoints(i, 1));
        throw new SqlException(
            SqlState.SYNTAX_ERROR,
            "invalid input syntax for type jsonpath",
            "Unrecognized flag character \"" + flag + "\" in LIKE_REGEX predicate.",
            null);
      }
    }
    StringBuilder ordered = new StringBuilder();
    for (int i = 0; i < LikeRegexFlags.ALL.length(); i++) {
      char flag = LikeRegexFlags.ALL.charAt(i);
      if (given.indexOf(flag) >= 0) {
        ordered.append(flag);
      }
    }
    return ordered.toString();
  }

  private String string() {
    if (token.kind() != Kind.STRING) {
      throw unexpected();
    }
    String result = token.text();
    advance();
    return result;
  }

  private PathChain additive() {
    PathChain left = multiplicative();
    while (token.is("+") || token.is("-")) {
      checked(left, false);
      ArithmeticOperator operator =
          token.is("+") ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
      advance();
      PathChain right = checked(multiplicative(), false);
      left = PathChain.of(new PathItem.Arithmetic(operator, left, right));
    }
    return left;
  }

  private PathChain multiplicative() {
    PathChain left = signed();
    while (token.is("*") || token.is("/") || token.is("%")) {
      checked(left, false);
      ArithmeticOperator operator =
          token.is("*")
              ? ArithmeticOperator.MULTIPLY
              : token.is("/") ? ArithmeticOperator.DIVIDE : ArithmeticOperator.MODULO;
      advance();
      PathChain right = checked(signed(), false);
      left = PathChain.of(new PathItem.Arithmetic(operator, left, right));
    }
    return left;
  }

  private PathChain signed() {
    if (!token.is("-") && !token.is("+")) {
      return accessed();
    }
    if (++depth > DEPTH_MAX) {
      throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    boolean isMinus = token.is("-");
    advance();
    PathChain operand = checked(signed(), false);
    depth--;
    if (operand.isSingle() && operand.head() instanceof PathItem.NumberValue number) {
      BigDecimal value = isMinus ? number.value().negate() : number.value();
      return PathChain.of(new PathItem.NumberValue(value));
    }
    return PathChain.of(new PathItem.Sign(isMinus, operand));
  }

  private PathChain accessed() {
    PathChain base = primary();
    List<PathItem> steps = new ArrayList<>();
    while (token.is(".") || token.is("[") || token.is("?")) {
      steps.add(step());
    }
    if (!steps.isEmpty()) {
      return base.with(steps);
    }
    if (base.isPredicate() && token.isWord("is")) {
      advance();
      expectWord("unknown");
      return PathChain.of(new PathItem.IsUnknown(base));
    }
    return base;
  }

  private PathChain primary() {
    PathItem item =
        switch (token.kind()) {
          case STRING -> new PathItem.StringValue(token.text());
          case VARIABLE -> new PathItem.Variable(token.text());
          case INTEGER, NUMBER -> new PathItem.NumberValue(number(token.text()));
          case NAME -> word();
          case SYMBOL -> mark();
          case END -> throw unexpected();
        };
    if (item == null) {
      advance();
      PathChain inner = or();
      expect(")");
      return inner;
    }
    advance();
    return PathChain.of(item);
  }

  /** Returns a number, with no negative scale. */
  private static BigDecimal number(String text) {
    BigDecimal value = new BigDecimal(text.endsWith(".") ? text + "0" : text);
    BigDecimal scaled = text.endsWith(".") ? value.setScale(0) : value;
    return scaled.scale() < 0 ? scaled.setScale(0) : scaled;
  }

  private PathItem word() {
    if (token.isExactly("null")) {
      return new PathItem.NullValue();
    }
    if (token.isExactly("true") || token.isExactly("false")) {
      return new PathItem.BoolValue(token.isExactly("true"));
    }
    if (token.isWord("last")) {
      if (subscripts == 0) {
        misplaced("LAST is allowed only in array subscripts");
      }
      return new PathItem.Last();
    }
    throw unexpected();
  }

  private PathItem mark() {
    if (token.is("(")) {
      return null;
    }
    if (token.is("$")) {
      return new PathItem.Root();
    }
    if (token.is("@")) {
      if (filters == 0) {
        misplaced("@ is not allowed in root expressions");
      }
      return new PathItem.Current();
    }
    throw unexpected();
  }

  private PathItem step() {
    if (token.is("[")) {
      advance();
      return subscript();
    }
    if (token.is("?")) {
      advance();
      expect("(");
      filters++;
      PathChain condition = checked(or(), true);
      filters--;
      expect(")");
      return new PathItem.Filter(condition);
    }
    advance();
    return member();
  }

  private PathItem subscript() {
    if (token.is("*")) {
      advance();
      expect("]");
      return new PathItem.AnyElement();
    }
    List<PathItem.Range> ranges = new ArrayList<>();
    subscripts++;
    while (true) {
      PathChain from = checked(additive(), false);
      PathChain to = null;
      if (token.isWord("to")) {
        advance();
        to = checked(additive(), false);
      }
      ranges.add(new PathItem.Range(from, to));
      if (!token.is(",")) {
        break;
      }
      advance();
    }
    subscripts--;
    expect("]");
    return new PathItem.Subscripts(List.copyOf(ranges));
  }

  private PathItem member() {
    if (token.is("*")) {
      advance();
      return new PathItem.AnyKey();
    }
    if (token.is("**")) {
      advance();
      return levels();
    }
    if (token.kind() != Kind.NAME && token.kind() != Kind.STRING) {
      throw unexpected();
    }
    PathToken name = token;
    advance();
    if (name.kind() == Kind.NAME && token.is("(")) {
      PathItem call = call(name.text().toLowerCase(Locale.ROOT));
      expect(")");
      return call;
    }
    return new PathItem.Key(name.text());
  }

  private PathItem call(String name) {
    if (name.equals("datetime")) {
      advance();
      return new PathItem.DateTime(token.kind() == Kind.STRING ? string() : null);
    }
    for (PathItem.Method method : PathItem.Method.values()) {
      if (method.shown().equals(name)) {
        advance();
        return new PathItem.MethodCall(method);
      }
    }
    throw unexpected();
  }

  private PathItem levels() {
    if (!token.is("{")) {
      return new PathItem.AnyLevel(0, PathItem.LAST_LEVEL);
    }
    advance();
    long first = level();
    long last = first;
    if (token.isWord("to")) {
      advance();
      last = level();
    }
    expect("}");
    return new PathItem.AnyLevel(first, last);
  }

  private long level() {
    if (token.isWord("last")) {
      advance();
      return PathItem.LAST_LEVEL;
    }
    if (token.kind() != Kind.INTEGER) {
      throw unexpected();
    }
    String digits = token.text();
    advance();
    if (digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "value \"" + digits + "\" is out of range for type integer");
    }
    return Long.parseLong(digits);
  }
}
