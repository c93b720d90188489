package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Reads type names, those of the standard with words of their own included. Thread: one. */
final class TypeParser {
  private final Grammar grammar;
  private final Tokens tokens;

  TypeParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads a type with SETOF and array bounds. */
  TypeName type() {
    int position = tokens.position();
    boolean isSetOf = tokens.accept(Keyword.SETOF);
    TypeName simple = simple();
    return finish(simple, isSetOf, false, position);
  }

  /** Reads a type of a function's parameter or result, which may be that of a column. */
  TypeName functionType() {
    int position = tokens.position();
    boolean isSetOf = tokens.accept(Keyword.SETOF);
    if (grammar.names.isTypeOrFunctionName(0) && tokens.peekKind(1) == TokenKind.DOT) {
      int mark = tokens.mark();
      int namePosition = tokens.position();
      List<String> parts = grammar.names.dotted(grammar.names.typeOrFunctionName());
      if (tokens.at(TokenKind.PERCENT) && tokens.peekKeyword(1) == Keyword.TYPE) {
        tokens.advance();
        tokens.advance();
        QualifiedName name = new QualifiedName(parts, namePosition);
        return new TypeName(name, List.of(), List.of(), isSetOf, true, position);
      }
      tokens.reset(mark);
    }
    return finish(simple(), isSetOf, false, position);
  }

  private TypeName finish(TypeName simple, boolean isSetOf, boolean isColumn, int position) {
    List<Integer> bounds = arrayBounds();
    if (bounds.isEmpty() && !isSetOf) {
      return simple;
    }
    return new TypeName(simple.name(), simple.modifiers(), bounds, isSetOf, isColumn, position);
  }

  private List<Integer> arrayBounds() {
    if (tokens.accept(Keyword.ARRAY)) {
      if (!tokens.accept(TokenKind.LEFT_BRACKET)) {
        return List.of(-1);
      }
      int bound = integer();
      tokens.expect(TokenKind.RIGHT_BRACKET);
      return List.of(bound);
    }
    if (!tokens.at(TokenKind.LEFT_BRACKET)) {
      return List.of();
    }
    List<Integer> bounds = new ArrayList<>(1);
    while (tokens.accept(TokenKind.LEFT_BRACKET)) {
      bounds.add(tokens.at(TokenKind.INTEGER) ? integer() : -1);
      tokens.expect(TokenKind.RIGHT_BRACKET);
    }
    return List.copyOf(bounds);
  }

  /** Reads an integer constant that fits int4. */
  int integer() {
    if (!tokens.at(TokenKind.INTEGER)) {
      throw tokens.syntaxError();
    }
    try {
      int value = Integer.parseInt(tokens.text());
      tokens.advance();
      return value;
    } catch (NumberFormatException e) {
      throw tokens.syntaxError();
    }
  }

  /** Reads a type without SETOF and array bounds. */
  TypeName simple() {
    int position = tokens.position();
    Keyword keyword = tokens.keyword();
    if (keyword != null) {
      if (keyword == Keyword.DOUBLE && tokens.peekKeyword(1) == Keyword.PRECISION) {
        tokens.advance();
        tokens.advance();
        return system("float8", List.of(), position);
      }
      if (keyword.category() == Keyword.Category.COLUMN_NAME) {
        return standard(keyword, position);
      }
    }
    String first = grammar.names.typeOrFunctionName();
    QualifiedName name = new QualifiedName(grammar.names.dotted(first), position);
    return new TypeName(name, modifiers(), List.of(), false, false, position);
  }

  /**
   * Returns whether the current key word begins the type of a constant, as in {@code time (3)
   * '10:00'}, and not the name of a column.
   */
  boolean beginsTypedConstant(Keyword keyword) {
    TokenKind next = tokens.peekKind(1);
    Keyword word = tokens.peekKeyword(1);
    boolean isTypeEnd = next == TokenKind.STRING || next == TokenKind.LEFT_PAREN;
    return switch (keyword) {
      case INT, INTEGER, SMALLINT, BIGINT, REAL, BOOLEAN -> next == TokenKind.STRING;
      case FLOAT, DEC, DECIMAL, NUMERIC, INTERVAL -> isTypeEnd;
      case BIT, CHAR, CHARACTER, NCHAR -> isTypeEnd || word == Keyword.VARYING;
      case VARCHAR -> isTypeEnd;
      case NATIONAL -> word == Keyword.CHARACTER || word == Keyword.CHAR;
      case TIME, TIMESTAMP -> isTypeEnd || isTimeZoneAt(1);
      case DOUBLE -> word == Keyword.PRECISION;
      default -> false;
    };
  }

  private boolean isTimeZoneAt(int ahead) {
    Keyword word = tokens.peekKeyword(ahead);
    return (word == Keyword.WITH || word == Keyword.WITHOUT)
        && tokens.peekKeyword(ahead + 1) == Keyword.TIME;
  }

  private TypeName standard(Keyword keyword, int position) {
    return switch (keyword) {
      case INT, INTEGER -> word("int4", position);
      case SMALLINT -> word("int2", position);
      case BIGINT -> word("int8", position);
      case REAL -> word("float4", position);
      case BOOLEAN -> word("bool", position);
      case FLOAT -> floating(position);
      case DEC, DECIMAL, NUMERIC -> {
        tokens.advance();
        yield system("numeric", modifiers(), position);
      }
      case BIT -> bit(position);
      case CHAR, CHARACTER, NCHAR, NATIONAL, VARCHAR -> character(keyword, position);
      case TIME -> time("time", position);
      case TIMESTAMP -> time("timestamp", position);
      case INTERVAL -> interval(position);
      default -> throw tokens.syntaxError();
    };
  }

  private TypeName word(String name, int position) {
    tokens.advance();
    return system(name, List.of(), position);
  }

  private static TypeName system(String name, List<Expression> modifiers, int position) {
    QualifiedName qualified = QualifiedName.system(name, position);
    return new TypeName(qualified, modifiers, List.of(), false, false, position);
  }

  private List<Expression> modifiers() {
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      return List.of();
    }
    tokens.enter();
    List<Expression> modifiers = grammar.expressions.list();
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return modifiers;
  }

  private TypeName floating(int position) {
    tokens.advance();
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      return system("float8", List.of(), position);
    }
    int digitsPosition = tokens.position();
    int digits = integer();
    tokens.expect(TokenKind.RIGHT_PAREN);
    if (digits < 1) {
      throw precision("precision for type float must be at least 1 bit", digitsPosition);
    }
    if (digits > 53) {
      throw precision("precision for type float must be less than 54 bits", digitsPosition);
    }
    return system(digits <= 24 ? "float4" : "float8", List.of(), position);
  }

  private static SqlException precision(String message, int position) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message, position);
  }

  private TypeName bit(int position) {
    tokens.advance();
    boolean isVarying = tokens.accept(Keyword.VARYING);
    List<Expression> modifiers = modifiers();
    if (isVarying) {
      return system("varbit", modifiers, position);
    }
    return system("bit", modifiers.isEmpty() ? List.of(number(1)) : modifiers, position);
  }

  private TypeName character(Keyword keyword, int position) {
    tokens.advance();
    if (keyword == Keyword.NATIONAL && !tokens.accept(Keyword.CHARACTER)) {
      tokens.expect(Keyword.CHAR);
    }
    boolean isVarying = keyword == Keyword.VARCHAR || tokens.accept(Keyword.VARYING);
    List<Expression> modifiers = List.of();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      modifiers = List.of(number(integer()));
      tokens.expect(TokenKind.RIGHT_PAREN);
    } else if (!isVarying) {
      modifiers = List.of(number(1));
    }
    return system(isVarying ? "varchar" : "bpchar", modifiers, position);
  }

  private TypeName time(String name, int position) {
    tokens.advance();
    List<Expression> modifiers = List.of();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      modifiers = List.of(number(integer()));
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    boolean hasZone = false;
    if (isTimeZoneAt(0)) {
      hasZone = tokens.at(Keyword.WITH);
      tokens.advance();
      tokens.advance();
      tokens.expect(Keyword.ZONE);
    }
    return system(hasZone ? name + "tz" : name, modifiers, position);
  }

  private TypeName interval(int position) {
    tokens.advance();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      int precision = integer();
      tokens.expect(TokenKind.RIGHT_PAREN);
      List<Expression> modifiers = List.of(number(TypeName.INTERVAL_FULL_RANGE), number(precision));
      return system("interval", modifiers, position);
    }
    return system("interval", intervalFields(), position);
  }

  /** Reads the fields of an interval; gives the modifiers, none when there are no fields. */
  List<Expression> intervalFields() {
    Keyword from = tokens.keyword();
    if (from == null || fieldBits(from) == 0) {
      return List.of();
    }
    tokens.advance();
    int mask = fieldBits(from);
    boolean endsWithSeconds = from == Keyword.SECOND;
    if (from != Keyword.SECOND && from != Keyword.MONTH && tokens.accept(Keyword.TO)) {
      Keyword to = tokens.keyword();
      if (to == null || !isRange(from, to)) {
        throw tokens.syntaxError();
      }
      tokens.advance();
      mask = rangeBits(from, to);
      endsWithSeconds = to == Keyword.SECOND;
    }
    if (endsWithSeconds && tokens.accept(TokenKind.LEFT_PAREN)) {
      int precision = integer();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return List.of(number(mask), number(precision));
    }
    return List.of(number(mask));
  }

  private static boolean isRange(Keyword from, Keyword to) {
    return switch (from) {
      case YEAR -> to == Keyword.MONTH;
      case DAY -> to == Keyword.HOUR || to == Keyword.MINUTE || to == Keyword.SECOND;
      case HOUR -> to == Keyword.MINUTE || to == Keyword.SECOND;
      case MINUTE -> to == Keyword.SECOND;
      default -> false;
    };
  }

  private static int rangeBits(Keyword from, Keyword to) {
    if (from == Keyword.YEAR) {
      return TypeName.INTERVAL_YEAR | TypeName.INTERVAL_MONTH;
    }
    int mask = 0;
    for (Keyword field : List.of(Keyword.DAY, Keyword.HOUR, Keyword.MINUTE, Keyword.SECOND)) {
      if (field == from || mask != 0) {
        mask |= fieldBits(field);
      }
      if (field == to) {
        break;
      }
    }
    return mask;
  }

  private static int fieldBits(Keyword field) {
    return switch (field) {
      case YEAR -> TypeName.INTERVAL_YEAR;
      case MONTH -> TypeName.INTERVAL_MONTH;
      case DAY -> TypeName.INTERVAL_DAY;
      case HOUR -> TypeName.INTERVAL_HOUR;
      case MINUTE -> TypeName.INTERVAL_MINUTE;
      case SECOND -> TypeName.INTERVAL_SECOND;
      default -> 0;
    };
  }

  private static Expression number(int value) {
    return new Expression.NumericConstant(Integer.toString(value), Expression.NumericKind.INT4, -1);
  }
}
