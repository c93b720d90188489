package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads operands: constants, columns, calls and whatever has brackets around it. Thread: one. */
final class PrimaryParser {
  private final Grammar grammar;
  private final Tokens tokens;

  PrimaryParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads one operand. */
  Expression primary() {
    int position = tokens.position();
    return switch (tokens.kind()) {
      case IDENTIFIER -> named();
      case KEYWORD -> keyword(tokens.keyword());
      case STRING -> new Expression.StringConstant(tokens.expectString(), position);
      case INTEGER, DECIMAL -> Numbers.constant(takeText(), position);
      case BIT_STRING -> new Expression.BitStringConstant(takeText(), false, position);
      case HEX_STRING -> new Expression.BitStringConstant(takeText(), true, position);
      case PARAMETER -> parameter();
      case LEFT_PAREN -> parentheses();
      default -> throw tokens.syntaxError();
    };
  }

  private String takeText() {
    String text = tokens.text();
    tokens.advance();
    return text;
  }

  private Expression parameter() {
    Expression parameter = new Expression.Parameter(tokens.number(), tokens.position());
    tokens.advance();
    return indirection(parameter);
  }

  private Expression keyword(Keyword keyword) {
    int position = tokens.position();
    switch (keyword) {
      case NULL -> {
        tokens.advance();
        return new Expression.NullConstant(position);
      }
      case TRUE, FALSE -> {
        tokens.advance();
        return new Expression.BooleanConstant(keyword == Keyword.TRUE, position);
      }
      case CASE -> {
        tokens.enter();
        Expression expression = caseExpression();
        tokens.leave();
        return expression;
      }
      case ARRAY -> {
        return array();
      }
      default -> {
        Expression special = grammar.specialCalls.tryParse(keyword);
        if (special != null) {
          return special;
        }
        if (grammar.types.beginsTypedConstant(keyword)) {
          return typedConstant();
        }
        return switch (keyword.category()) {
          case RESERVED -> throw reserved(keyword);
          case UNRESERVED, COLUMN_NAME, TYPE_OR_FUNCTION -> named();
        };
      }
    }
  }

  private RuntimeException reserved(Keyword keyword) {
    if (keyword == Keyword.CAST) {
      tokens.advance();
    }
    return tokens.syntaxError();
  }

  /** Reads a constant whose type is a key word, as in {@code interval '1' day}. */
  private Expression typedConstant() {
    int position = tokens.position();
    Keyword keyword = tokens.keyword();
    TypeName type = grammar.types.simple();
    int valuePosition = tokens.position();
    Expression value = new Expression.StringConstant(tokens.expectString(), valuePosition);
    if (keyword == Keyword.INTERVAL && type.modifiers().isEmpty()) {
      type = withModifiers(type, grammar.types.intervalFields());
    }
    return new Expression.Cast(value, constantType(type, keyword), position);
  }

  /** A character constant is not cut to one character, unlike a column of type char. */
  private TypeName constantType(TypeName type, Keyword keyword) {
    boolean isCharacter =
        keyword == Keyword.CHAR
            || keyword == Keyword.CHARACTER
            || keyword == Keyword.NCHAR
            || keyword == Keyword.NATIONAL;
    boolean isBit = keyword == Keyword.BIT;
    boolean isImplied =
        (isCharacter || isBit)
            && type.modifiers().size() == 1
            && type.modifiers().getFirst().position() == -1
            && tokens.kindAt(tokens.mark() - 2) != TokenKind.RIGHT_PAREN;
    return isImplied ? withModifiers(type, List.of()) : type;
  }

  private static TypeName withModifiers(TypeName type, List<Expression> modifiers) {
    return new TypeName(type.name(), modifiers, type.arrayBounds(), false, false, type.position());
  }

  /** Reads what begins with a name: a column, a call, or a constant of a named type. */
  private Expression named() {
    int position = tokens.position();
    boolean canBeFunction = grammar.names.isTypeOrFunctionName(0);
    TokenKind next = tokens.peekKind(1);
    if (canBeFunction && next == TokenKind.LEFT_PAREN) {
      QualifiedName name = QualifiedName.of(grammar.names.typeOrFunctionName(), position);
      return grammar.calls.call(name);
    }
    if (canBeFunction && next == TokenKind.STRING) {
      QualifiedName name = QualifiedName.of(grammar.names.typeOrFunctionName(), position);
      return constantOf(TypeName.of(name));
    }
    if (!grammar.names.isColumnName(0)) {
      tokens.advance();
      throw tokens.syntaxError();
    }
    return columnOrDotted(position);
  }

  private Expression columnOrDotted(int position) {
    String first = grammar.names.columnName();
    if (!tokens.at(TokenKind.DOT)) {
      return indirection(new Expression.ColumnRef(List.of(first), position));
    }
    List<String> parts = new ArrayList<>(3);
    parts.add(first);
    while (tokens.accept(TokenKind.DOT)) {
      if (tokens.accept(TokenKind.STAR)) {
        return star(parts, position);
      }
      parts.add(grammar.names.label());
    }
    QualifiedName name = new QualifiedName(List.copyOf(parts), position);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return grammar.calls.call(name);
    }
    if (tokens.at(TokenKind.STRING)) {
      return constantOf(TypeName.of(name));
    }
    return indirection(new Expression.ColumnRef(name.parts(), position));
  }

  private Expression star(List<String> parts, int position) {
    Expression.Star star = new Expression.Star(List.copyOf(parts), position);
    if (indirection(star) != star) {
      throw tokens.errorHere("improper use of \"*\"");
    }
    return star;
  }

  private Expression constantOf(TypeName type) {
    int valuePosition = tokens.position();
    Expression value = new Expression.StringConstant(tokens.expectString(), valuePosition);
    return new Expression.Cast(value, type, type.position());
  }

  /** Reads the fields and subscripts that follow an operand. */
  Expression indirection(Expression operand) {
    Expression result = operand;
    while (true) {
      if (tokens.at(TokenKind.LEFT_BRACKET)) {
        result = new Expression.Subscripts(result, subscripts(), operand.position());
      } else if (tokens.accept(TokenKind.DOT)) {
        if (tokens.accept(TokenKind.STAR)) {
          return new Expression.AllFields(result, operand.position());
        }
        String field = grammar.names.label();
        result = new Expression.FieldAccess(result, field, operand.position());
      } else {
        return result;
      }
    }
  }

  private List<Expression.Subscript> subscripts() {
    List<Expression.Subscript> subscripts = new ArrayList<>(1);
    while (tokens.at(TokenKind.LEFT_BRACKET)) {
      subscripts.add(subscript());
    }
    return List.copyOf(subscripts);
  }

  /** Reads {@code [i]}, {@code [l:u]} and their kin. */
  Expression.Subscript subscript() {
    tokens.expect(TokenKind.LEFT_BRACKET);
    tokens.enter();
    Expression lower = tokens.at(TokenKind.COLON) ? null : grammar.expressions.expression();
    if (lower != null && tokens.accept(TokenKind.RIGHT_BRACKET)) {
      tokens.leave();
      return new Expression.Subscript(false, null, lower);
    }
    tokens.expect(TokenKind.COLON);
    Expression upper = tokens.at(TokenKind.RIGHT_BRACKET) ? null : grammar.expressions.expression();
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_BRACKET);
    return new Expression.Subscript(true, lower, upper);
  }

  private Expression caseExpression() {
    int position = tokens.expect(Keyword.CASE);
    Expression operand = tokens.at(Keyword.WHEN) ? null : grammar.expressions.expression();
    List<Expression.When> whens = new ArrayList<>();
    do {
      int whenPosition = tokens.expect(Keyword.WHEN);
      Expression condition = grammar.expressions.expression();
      tokens.expect(Keyword.THEN);
      Expression result = grammar.expressions.expression();
      whens.add(new Expression.When(condition, result, whenPosition));
    } while (tokens.at(Keyword.WHEN));
    Expression otherwise = tokens.accept(Keyword.ELSE) ? grammar.expressions.expression() : null;
    tokens.expect(Keyword.END);
    return new Expression.Case(operand, List.copyOf(whens), otherwise, position);
  }

  private Expression array() {
    int position = tokens.expect(Keyword.ARRAY);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return new Expression.ArrayQuery(grammar.selects.parenthesizedQuery(), position);
    }
    return arrayElements(position);
  }

  private Expression arrayElements(int position) {
    tokens.expect(TokenKind.LEFT_BRACKET);
    if (tokens.accept(TokenKind.RIGHT_BRACKET)) {
      return new Expression.ArrayConstructor(List.of(), position);
    }
    tokens.enter();
    List<Expression> elements =
        tokens.at(TokenKind.LEFT_BRACKET)
            ? grammar.names.list(() -> arrayElements(tokens.position()))
            : grammar.expressions.list();
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_BRACKET);
    return new Expression.ArrayConstructor(elements, position);
  }

  private Expression parentheses() {
    return operand(parenthesized(false));
  }

  /** Makes an operand of what stood in parentheses. */
  private Expression operand(Parenthesized content) {
    return switch (content) {
      case Parenthesized.OfQuery(Query query, int position) ->
          indirection(new Expression.ScalarQuery(query, position));
      case Parenthesized.OfExpressions(List<Expression> items, int position) ->
          items.size() == 1
              ? indirection(items.getFirst())
              : grammar.specialCalls.overlaps(
                  new Expression.RowConstructor(items, false, position));
    };
  }

  /**
   * Reads parentheses with a query or expressions in them. Which it is may show only behind further
   * parentheses, as in {@code ((SELECT 1) UNION SELECT 2)} and {@code ((SELECT 1) + 1)}.
   * Parentheses that begin with parentheses take the short way here, to save stack.
   */
  Parenthesized parenthesized(boolean isSingle) {
    int position = tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    Parenthesized content = parenthesizedContent(isSingle, position);
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.leave();
    return content;
  }

  private Parenthesized parenthesizedContent(boolean isSingle, int position) {
    if (grammar.selects.beginsQuery()) {
      return new Parenthesized.OfQuery(grammar.selects.subquery(), position);
    }
    Expression first;
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      Parenthesized inner = parenthesized(false);
      if (inner instanceof Parenthesized.OfQuery(Query query, int queryPosition)) {
        if (tokens.at(TokenKind.RIGHT_PAREN)) {
          return new Parenthesized.OfQuery(query, position);
        }
        if (grammar.selects.continuesQuery()) {
          Query whole = grammar.selects.subqueryFrom(query, queryPosition);
          return new Parenthesized.OfQuery(whole, position);
        }
      }
      first = grammar.expressions.expressionFrom(operand(inner));
    } else {
      first = grammar.expressions.expression();
    }
    if (isSingle || !tokens.at(TokenKind.COMMA)) {
      return new Parenthesized.OfExpressions(List.of(first), position);
    }
    List<Expression> items = new ArrayList<>();
    items.add(first);
    while (tokens.accept(TokenKind.COMMA)) {
      items.add(grammar.expressions.expression());
    }
    return new Parenthesized.OfExpressions(List.copyOf(items), position);
  }
}
