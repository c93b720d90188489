package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Expression.SessionValueKind;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads the calls that have a syntax of their own, such as EXTRACT. Thread: one. */
final class SpecialCallParser {
  private final Grammar grammar;
  private final Tokens tokens;
  private final ExpressionParser expressions;

  SpecialCallParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
    this.expressions = grammar.expressions;
  }

  /** Reads a special call if the current key word begins one, else returns null. */
  Expression tryParse(Keyword keyword) {
    Expression value = sessionValue(keyword);
    if (value != null) {
      return value;
    }
    if (keyword == Keyword.COLLATION && tokens.peekKeyword(1) == Keyword.FOR) {
      return collationFor();
    }
    if (tokens.peekKind(1) != TokenKind.LEFT_PAREN) {
      return null;
    }
    tokens.enter();
    Expression call = tryCall(keyword);
    tokens.leave();
    return call;
  }

  private Expression tryCall(Keyword keyword) {
    return switch (keyword) {
      case CAST -> cast();
      case EXISTS -> exists();
      case ROW -> row();
      case GROUPING -> grouping();
      case COALESCE -> coalesce();
      case GREATEST, LEAST -> extreme(keyword == Keyword.GREATEST);
      case NULLIF -> nullIf();
      case EXTRACT -> extract();
      case NORMALIZE -> normalize();
      case OVERLAY -> overlay();
      case POSITION -> position();
      case SUBSTRING -> substring();
      case TREAT -> treat();
      case TRIM -> trim();
      case XMLCONCAT, XMLELEMENT, XMLEXISTS, XMLFOREST, XMLPARSE, XMLPI, XMLROOT, XMLSERIALIZE ->
          throw ParseErrors.unsupported(keyword.name(), tokens.position());
      default -> null;
    };
  }

  private Expression sessionValue(Keyword keyword) {
    return switch (keyword) {
      case CURRENT_DATE -> value(SessionValueKind.CURRENT_DATE, false);
      case CURRENT_TIME -> value(SessionValueKind.CURRENT_TIME, true);
      case CURRENT_TIMESTAMP -> value(SessionValueKind.CURRENT_TIMESTAMP, true);
      case LOCALTIME -> value(SessionValueKind.LOCALTIME, true);
      case LOCALTIMESTAMP -> value(SessionValueKind.LOCALTIMESTAMP, true);
      case CURRENT_ROLE -> value(SessionValueKind.CURRENT_ROLE, false);
      case CURRENT_USER -> value(SessionValueKind.CURRENT_USER, false);
      case SESSION_USER -> value(SessionValueKind.SESSION_USER, false);
      case USER -> value(SessionValueKind.USER, false);
      case CURRENT_CATALOG -> value(SessionValueKind.CURRENT_CATALOG, false);
      case CURRENT_SCHEMA ->
          tokens.peekKind(1) == TokenKind.LEFT_PAREN
              ? null
              : value(SessionValueKind.CURRENT_SCHEMA, false);
      default -> null;
    };
  }

  private Expression value(SessionValueKind kind, boolean allowsPrecision) {
    int position = tokens.position();
    tokens.advance();
    int precision = -1;
    if (allowsPrecision && tokens.accept(TokenKind.LEFT_PAREN)) {
      precision = grammar.types.integer();
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return new Expression.SessionValue(kind, precision, position);
  }

  private int open() {
    int position = tokens.position();
    tokens.advance();
    tokens.expect(TokenKind.LEFT_PAREN);
    return position;
  }

  private void close() {
    tokens.expect(TokenKind.RIGHT_PAREN);
  }

  private Expression collationFor() {
    int position = tokens.expect(Keyword.COLLATION);
    tokens.expect(Keyword.FOR);
    Expression operand = expressions.parenthesized();
    return CallParser.system("pg_collation_for", List.of(operand), position);
  }

  private Expression cast() {
    int position = open();
    Expression operand = expressions.expression();
    tokens.expect(Keyword.AS);
    TypeName type = grammar.types.type();
    close();
    return new Expression.Cast(operand, type, position);
  }

  private Expression exists() {
    int position = tokens.expect(Keyword.EXISTS);
    return new Expression.Exists(grammar.selects.parenthesizedQuery(), position);
  }

  private Expression row() {
    int position = open();
    List<Expression> fields = tokens.at(TokenKind.RIGHT_PAREN) ? List.of() : expressions.list();
    close();
    return overlaps(new Expression.RowConstructor(fields, true, position));
  }

  /** Reads {@code OVERLAPS (...)} if it follows a row. */
  Expression overlaps(Expression.RowConstructor left) {
    if (!tokens.at(Keyword.OVERLAPS)) {
      return left;
    }
    int position = tokens.expect(Keyword.OVERLAPS);
    if (left.fields().size() != 2) {
      throw wrongOverlaps("left", left.position());
    }
    int rightPosition = tokens.position();
    boolean isExplicit = tokens.accept(Keyword.ROW);
    tokens.expect(TokenKind.LEFT_PAREN);
    boolean isEmpty = isExplicit && tokens.at(TokenKind.RIGHT_PAREN);
    List<Expression> right = isEmpty ? List.of() : expressions.list();
    if (!isExplicit && right.size() == 1) {
      throw tokens.syntaxError();
    }
    close();
    if (right.size() != 2) {
      throw wrongOverlaps("right", rightPosition);
    }
    List<Expression> arguments = new ArrayList<>(left.fields());
    arguments.addAll(right);
    return CallParser.system("overlaps", arguments, position);
  }

  private static RuntimeException wrongOverlaps(String side, int position) {
    return ParseErrors.grammar(
        "wrong number of parameters on " + side + " side of OVERLAPS expression", position);
  }

  private List<Expression> operands() {
    tokens.advance();
    return expressions.parenthesizedList();
  }

  private Expression grouping() {
    int position = tokens.position();
    return new Expression.Grouping(operands(), position);
  }

  private Expression coalesce() {
    int position = tokens.position();
    return new Expression.Coalesce(operands(), position);
  }

  private Expression extreme(boolean isGreatest) {
    int position = tokens.position();
    return new Expression.Extreme(isGreatest, operands(), position);
  }

  private Expression nullIf() {
    int position = open();
    Expression left = expressions.expression();
    tokens.expect(TokenKind.COMMA);
    Expression right = expressions.expression();
    close();
    return new Expression.NullIf(left, right, position);
  }

  private Expression extract() {
    int position = open();
    int fieldPosition = tokens.position();
    String field = extractField();
    tokens.expect(Keyword.FROM);
    Expression source = expressions.expression();
    close();
    Expression name = new Expression.StringConstant(field, fieldPosition);
    return CallParser.system("extract", List.of(name, source), position);
  }

  private String extractField() {
    Keyword keyword = tokens.keyword();
    if (keyword != null) {
      return switch (keyword) {
        case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> grammar.names.label();
        default -> throw tokens.syntaxError();
      };
    }
    if (!tokens.at(TokenKind.IDENTIFIER) && !tokens.at(TokenKind.STRING)) {
      throw tokens.syntaxError();
    }
    String field = tokens.text();
    tokens.advance();
    return field;
  }

  private Expression normalize() {
    int position = open();
    List<Expression> arguments = new ArrayList<>(2);
    arguments.add(expressions.expression());
    if (tokens.accept(TokenKind.COMMA)) {
      arguments.add(normalizationForm());
    }
    close();
    return CallParser.system("normalize", arguments, position);
  }

  /** Reads NFC, NFD, NFKC or NFKD as a string. */
  Expression normalizationForm() {
    int position = tokens.position();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case NFC, NFD, NFKC, NFKD -> {
        tokens.advance();
        yield new Expression.StringConstant(keyword.name(), position);
      }
      default -> throw tokens.syntaxError();
    };
  }

  private Expression overlay() {
    if (hasNamedArgument()) {
      return explicitCall("overlay");
    }
    int position = open();
    Expression text = expressions.expression();
    if (tokens.at(TokenKind.COMMA)) {
      return explicitCall("overlay", text, position);
    }
    tokens.expect(Keyword.PLACING);
    List<Expression> arguments = new ArrayList<>(4);
    arguments.add(text);
    arguments.add(expressions.expression());
    tokens.expect(Keyword.FROM);
    arguments.add(expressions.expression());
    if (tokens.accept(Keyword.FOR)) {
      arguments.add(expressions.expression());
    }
    close();
    return CallParser.system("overlay", arguments, position);
  }

  private boolean hasNamedArgument() {
    TokenKind kind = tokens.peekKind(3);
    return kind == TokenKind.ARROW || kind == TokenKind.COLON_EQUAL;
  }

  /** Reads an ordinary call of a function that also has a syntax of its own. */
  private Expression explicitCall(String name) {
    QualifiedName function = QualifiedName.of(name, tokens.position());
    tokens.advance();
    return grammar.calls.arguments(function);
  }

  /** Reads the rest of an ordinary call behind its first argument. */
  private Expression explicitCall(String name, Expression first, int position) {
    return grammar.calls.argumentsAfter(QualifiedName.of(name, position), first);
  }

  private Expression position() {
    int position = open();
    Expression part = expressions.restricted();
    tokens.expect(Keyword.IN);
    Expression text = expressions.restricted();
    close();
    return CallParser.system("position", List.of(text, part), position);
  }

  private Expression substring() {
    if (hasNamedArgument() || tokens.peekKind(2) == TokenKind.RIGHT_PAREN) {
      return explicitCall("substring");
    }
    int position = open();
    Expression text = expressions.expression();
    if (tokens.at(TokenKind.COMMA) || tokens.at(TokenKind.RIGHT_PAREN)) {
      return explicitCall("substring", text, position);
    }
    if (tokens.accept(Keyword.SIMILAR)) {
      return similarSubstring(text, position);
    }
    Expression from = tokens.accept(Keyword.FROM) ? expressions.expression() : null;
    Expression length = tokens.accept(Keyword.FOR) ? expressions.expression() : null;
    if (from == null && length == null) {
      throw tokens.syntaxError();
    }
    if (from == null && tokens.accept(Keyword.FROM)) {
      from = expressions.expression();
    }
    close();
    return CallParser.system("substring", substringArguments(text, from, length), position);
  }

  private Expression similarSubstring(Expression text, int position) {
    Expression pattern = expressions.expression();
    tokens.expect(Keyword.ESCAPE);
    Expression escape = expressions.expression();
    close();
    return CallParser.system("substring", List.of(text, pattern, escape), position);
  }

  /** FOR without FROM counts from 1, and its length must be an int4. */
  private static List<Expression> substringArguments(
      Expression text, Expression from, Expression length) {
    if (length == null) {
      return List.of(text, from);
    }
    if (from != null) {
      return List.of(text, from, length);
    }
    TypeName int4 = TypeName.of(QualifiedName.system("int4", -1));
    return List.of(text, Numbers.constant("1", -1), new Expression.Cast(length, int4, -1));
  }

  private Expression treat() {
    int position = open();
    Expression operand = expressions.expression();
    tokens.expect(Keyword.AS);
    TypeName type = grammar.types.type();
    close();
    return CallParser.system(type.name().name(), List.of(operand), position);
  }

  private Expression trim() {
    int position = open();
    String function = "btrim";
    if (tokens.accept(Keyword.LEADING)) {
      function = "ltrim";
    } else if (tokens.accept(Keyword.TRAILING)) {
      function = "rtrim";
    } else {
      tokens.accept(Keyword.BOTH);
    }
    List<Expression> arguments = new ArrayList<>(2);
    if (tokens.accept(Keyword.FROM)) {
      arguments.addAll(expressions.list());
    } else {
      Expression first = expressions.expression();
      if (tokens.accept(Keyword.FROM)) {
        arguments.addAll(expressions.list());
        arguments.add(first);
      } else {
        arguments.add(first);
        while (tokens.accept(TokenKind.COMMA)) {
          arguments.add(expressions.expression());
        }
      }
    }
    close();
    return CallParser.system(function, arguments, position);
  }
}
