package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads value expressions by climbing PostgreSQL's operator precedences (manual, section 4.1.6).
 *
 * <p>Two dialects exist: the full one, and the restricted one of places such as the bounds of
 * BETWEEN and column defaults, which has no AND, OR, NOT, IN, LIKE, BETWEEN, IS NULL, AT TIME ZONE
 * and COLLATE outside parentheses. Thread: one.
 */
final class ExpressionParser {
  private static final int LOWEST = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int IS = 4;
  private static final int COMPARISON = 5;
  private static final int MATCH = 6;
  private static final int OTHER_OPERATOR = 8;
  private static final int ADDITION = 9;
  private static final int MULTIPLICATION = 10;
  private static final int POWER = 11;
  private static final int AT_TIME_ZONE = 12;
  private static final int COLLATE = 13;
  private static final int SIGN = 14;
  private static final int TYPE_CAST = 16;
  private static final int NONE = -1;

  private final Grammar grammar;
  private final Tokens tokens;

  /**
   * The precedence of the operator last applied when it does not associate and ended with an
   * operand, so that another one of the same precedence must not follow; else {@link #NONE}.
   */
  private int barred = NONE;

  ExpressionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads an expression. */
  Expression expression() {
    return climb(LOWEST, false);
  }

  /** Reads an expression of the restricted dialect. */
  Expression restricted() {
    return climb(LOWEST, true);
  }

  /** Reads {@code a, b, ...}. */
  List<Expression> list() {
    return grammar.names.list(this::expression);
  }

  /** Reads {@code (a, b, ...)}. */
  List<Expression> parenthesizedList() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<Expression> list = list();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return list;
  }

  /** Reads {@code (a)}. */
  Expression parenthesized() {
    tokens.expect(TokenKind.LEFT_PAREN);
    Expression expression = expression();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return expression;
  }

  private Expression climb(int minimum, boolean isRestricted) {
    tokens.enter();
    Expression left = prefix(isRestricted);
    Expression result = climbFrom(left, minimum, isRestricted);
    tokens.leave();
    return result;
  }

  /** Reads what follows a first operand that has been read already. */
  Expression expressionFrom(Expression left) {
    return climbFrom(left, LOWEST, false);
  }

  private Expression prefix(boolean isRestricted) {
    int position = tokens.position();
    switch (tokens.kind()) {
      case PLUS -> {
        tokens.advance();
        Expression operand = climb(SIGN, isRestricted);
        return new Expression.UnaryOperator(OperatorName.of("+"), operand, position);
      }
      case MINUS -> {
        tokens.advance();
        return Numbers.negate(climb(SIGN, isRestricted), position);
      }
      case OPERATOR -> {
        return prefixOperator(isRestricted);
      }
      case KEYWORD -> {
        return prefixKeyword(isRestricted, position);
      }
      default -> {
        return grammar.primaries.primary();
      }
    }
  }

  private Expression prefixKeyword(boolean isRestricted, int position) {
    if (tokens.at(Keyword.OPERATOR) && tokens.peekKind(1) == TokenKind.LEFT_PAREN) {
      return prefixOperator(isRestricted);
    }
    if (isRestricted) {
      return grammar.primaries.primary();
    }
    if (tokens.accept(Keyword.NOT)) {
      return new Expression.Not(climb(NOT, false), position);
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return new Expression.Default(position);
    }
    if (tokens.at(Keyword.UNIQUE)) {
      throw ParseErrors.notYet("UNIQUE predicate is not yet implemented", position);
    }
    return grammar.primaries.primary();
  }

  private Expression prefixOperator(boolean isRestricted) {
    int position = tokens.position();
    OperatorName operator = grammar.names.operator();
    Expression operand = climb(OTHER_OPERATOR + 1, isRestricted);
    return new Expression.UnaryOperator(operator, operand, position);
  }

  private Expression climbFrom(Expression first, int minimum, boolean isRestricted) {
    Expression left = first;
    barred = NONE;
    while (true) {
      int precedence = infixPrecedence(isRestricted);
      if (precedence < minimum || precedence == NONE) {
        return left;
      }
      if (precedence == barred) {
        throw tokens.syntaxError();
      }
      left = infix(left, precedence, isRestricted);
    }
  }

  /** Returns the precedence of the current token as an infix or postfix operator, or NONE. */
  private int infixPrecedence(boolean isRestricted) {
    return switch (tokens.kind()) {
      case KEYWORD -> keywordPrecedence(tokens.keyword(), isRestricted);
      case LESS, GREATER, EQUAL, LESS_EQUAL, GREATER_EQUAL, NOT_EQUAL -> COMPARISON;
      case OPERATOR -> OTHER_OPERATOR;
      case PLUS, MINUS -> ADDITION;
      case STAR, SLASH, PERCENT -> MULTIPLICATION;
      case CARET -> POWER;
      case TYPE_CAST -> TYPE_CAST;
      default -> NONE;
    };
  }

  private int keywordPrecedence(Keyword keyword, boolean isRestricted) {
    if (keyword == Keyword.OPERATOR) {
      return tokens.peekKind(1) == TokenKind.LEFT_PAREN ? OTHER_OPERATOR : NONE;
    }
    if (isRestricted) {
      return keyword == Keyword.IS ? IS : NONE;
    }
    return switch (keyword) {
      case OR -> OR;
      case AND -> AND;
      case IS, ISNULL, NOTNULL -> IS;
      case BETWEEN, IN, LIKE, ILIKE -> MATCH;
      case SIMILAR -> tokens.peekKeyword(1) == Keyword.TO ? MATCH : NONE;
      case NOT -> isMatch(tokens.peekKeyword(1)) ? MATCH : NONE;
      case AT -> tokens.peekKeyword(1) == Keyword.TIME ? AT_TIME_ZONE : NONE;
      case COLLATE -> COLLATE;
      default -> NONE;
    };
  }

  private static boolean isMatch(Keyword keyword) {
    return keyword == Keyword.BETWEEN
        || keyword == Keyword.IN
        || keyword == Keyword.LIKE
        || keyword == Keyword.ILIKE
        || keyword == Keyword.SIMILAR;
  }

  private Expression infix(Expression left, int precedence, boolean isRestricted) {
    return switch (precedence) {
      case OR -> or(left);
      case AND -> and(left);
      case IS -> is(left, isRestricted);
      case MATCH -> match(left);
      case AT_TIME_ZONE -> atTimeZone(left);
      case COLLATE -> collate(left);
      case TYPE_CAST -> typeCast(left);
      default -> binary(left, precedence, isRestricted);
    };
  }

  /** Reads the right operand of an operator and bars another one if it does not associate. */
  private Expression right(int precedence, boolean isAssociative, boolean isRestricted) {
    Expression right = climb(precedence + 1, isRestricted);
    barred = isAssociative ? NONE : precedence;
    return right;
  }

  private Expression or(Expression left) {
    int position = tokens.position();
    List<Expression> operands = new ArrayList<>();
    if (left instanceof Expression.Or(List<Expression> inner, int _)) {
      operands.addAll(inner);
    } else {
      operands.add(left);
    }
    while (tokens.accept(Keyword.OR)) {
      operands.add(right(OR, true, false));
    }
    return new Expression.Or(List.copyOf(operands), position);
  }

  private Expression and(Expression left) {
    int position = tokens.position();
    List<Expression> operands = new ArrayList<>();
    if (left instanceof Expression.And(List<Expression> inner, int _)) {
      operands.addAll(inner);
    } else {
      operands.add(left);
    }
    while (tokens.accept(Keyword.AND)) {
      operands.add(right(AND, true, false));
    }
    return new Expression.And(List.copyOf(operands), position);
  }

  private Expression binary(Expression left, int precedence, boolean isRestricted) {
    int position = tokens.position();
    OperatorName operator = grammar.names.operator();
    if (!isRestricted && isQuantifier()) {
      return quantified(operator, left, position);
    }
    Expression right = right(precedence, precedence != COMPARISON, isRestricted);
    return new Expression.BinaryOperator(operator, left, right, position);
  }

  private boolean isQuantifier() {
    return tokens.at(Keyword.ANY) || tokens.at(Keyword.SOME) || tokens.at(Keyword.ALL);
  }

  private Expression quantified(OperatorName operator, Expression left, int position) {
    boolean isAll = tokens.at(Keyword.ALL);
    tokens.advance();
    Expression result =
        switch (grammar.primaries.parenthesized(true)) {
          case Parenthesized.OfQuery(Query query, int _) ->
              new Expression.QuantifiedQuery(operator, left, isAll, query, position);
          case Parenthesized.OfExpressions(List<Expression> items, int _) ->
              new Expression.QuantifiedArray(operator, left, isAll, items.getFirst(), position);
        };
    barred = NONE;
    return result;
  }

  private Expression is(Expression left, boolean isRestricted) {
    int position = tokens.position();
    barred = NONE;
    if (tokens.accept(Keyword.ISNULL)) {
      return new Expression.IsNull(left, false, position);
    }
    if (tokens.accept(Keyword.NOTNULL)) {
      return new Expression.IsNull(left, true, position);
    }
    tokens.expect(Keyword.IS);
    boolean isNegated = tokens.accept(Keyword.NOT);
    Keyword keyword = tokens.keyword();
    boolean isKnown = keyword == Keyword.DISTINCT || keyword == Keyword.DOCUMENT;
    if (keyword == null || (isRestricted && !isKnown)) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case NULL -> {
        tokens.advance();
        yield new Expression.IsNull(left, isNegated, position);
      }
      case TRUE -> truth(left, Expression.Truth.TRUE, isNegated, position);
      case FALSE -> truth(left, Expression.Truth.FALSE, isNegated, position);
      case UNKNOWN -> truth(left, Expression.Truth.UNKNOWN, isNegated, position);
      case DISTINCT -> {
        tokens.advance();
        tokens.expect(Keyword.FROM);
        Expression right = right(IS, false, isRestricted);
        yield new Expression.IsDistinct(left, right, isNegated, position);
      }
      case DOCUMENT -> throw ParseErrors.unsupported("IS DOCUMENT", position);
      case NORMALIZED, NFC, NFD, NFKC, NFKD -> normalized(left, isNegated, position);
      default -> throw tokens.syntaxError();
    };
  }

  private Expression truth(
      Expression operand, Expression.Truth truth, boolean isNegated, int position) {
    tokens.advance();
    return new Expression.IsTruth(operand, truth, isNegated, position);
  }

  private Expression normalized(Expression operand, boolean isNegated, int position) {
    List<Expression> arguments = new ArrayList<>(2);
    arguments.add(operand);
    if (!tokens.at(Keyword.NORMALIZED)) {
      arguments.add(grammar.specialCalls.normalizationForm());
    }
    tokens.expect(Keyword.NORMALIZED);
    Expression call = CallParser.system("is_normalized", arguments, position);
    return isNegated ? new Expression.Not(call, position) : call;
  }

  private Expression match(Expression left) {
    int position = tokens.position();
    boolean isNegated = tokens.accept(Keyword.NOT);
    if (tokens.accept(Keyword.BETWEEN)) {
      return between(left, isNegated, position);
    }
    if (tokens.accept(Keyword.IN)) {
      return in(left, isNegated, position);
    }
    if (tokens.accept(Keyword.LIKE)) {
      return like(Expression.LikeKind.LIKE, left, isNegated, position);
    }
    if (tokens.accept(Keyword.ILIKE)) {
      return like(Expression.LikeKind.ILIKE, left, isNegated, position);
    }
    tokens.expect(Keyword.SIMILAR, Keyword.TO);
    return like(Expression.LikeKind.SIMILAR_TO, left, isNegated, position);
  }

  private Expression between(Expression operand, boolean isNegated, int position) {
    boolean isSymmetric = tokens.accept(Keyword.SYMMETRIC);
    if (!isSymmetric) {
      tokens.accept(Keyword.ASYMMETRIC);
    }
    Expression low = restricted();
    tokens.expect(Keyword.AND);
    Expression high = right(MATCH, false, false);
    return new Expression.Between(operand, low, high, isSymmetric, isNegated, position);
  }

  private Expression in(Expression operand, boolean isNegated, int position) {
    Expression result =
        switch (grammar.primaries.parenthesized(false)) {
          case Parenthesized.OfQuery(Query query, int _) ->
              new Expression.InQuery(operand, query, isNegated, position);
          case Parenthesized.OfExpressions(List<Expression> items, int _) ->
              new Expression.InList(operand, items, isNegated, position);
        };
    barred = NONE;
    return result;
  }

  private Expression like(
      Expression.LikeKind kind, Expression operand, boolean isNegated, int position) {
    if (kind != Expression.LikeKind.SIMILAR_TO && isQuantifier()) {
      String symbol = kind == Expression.LikeKind.LIKE ? "~~" : "~~*";
      OperatorName operator = OperatorName.of(isNegated ? "!" + symbol : symbol);
      return quantified(operator, operand, position);
    }
    Expression pattern = right(MATCH, false, false);
    Expression escape = tokens.accept(Keyword.ESCAPE) ? right(MATCH, false, false) : null;
    return new Expression.Like(kind, operand, pattern, escape, isNegated, position);
  }

  private Expression atTimeZone(Expression operand) {
    int position = tokens.expect(Keyword.AT);
    tokens.expect(Keyword.TIME, Keyword.ZONE);
    Expression zone = right(AT_TIME_ZONE, true, false);
    return CallParser.system("timezone", List.of(zone, operand), position);
  }

  private Expression collate(Expression operand) {
    int position = tokens.expect(Keyword.COLLATE);
    QualifiedName collation = grammar.names.any();
    barred = NONE;
    return new Expression.Collate(operand, collation, position);
  }

  private Expression typeCast(Expression operand) {
    int position = tokens.expect(TokenKind.TYPE_CAST);
    TypeName type = grammar.types.type();
    barred = NONE;
    return new Expression.Cast(operand, type, position);
  }
}
