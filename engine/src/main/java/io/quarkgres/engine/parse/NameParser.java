package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads names: which words may be one depends on what is named. Thread: one. */
final class NameParser {
  private final Tokens tokens;

  NameParser(Grammar grammar) {
    this.tokens = grammar.tokens;
  }

  /** Returns whether the token {@code ahead} can name a table or column. */
  boolean isColumnName(int ahead) {
    Keyword keyword = tokens.peekKeyword(ahead);
    if (keyword == null) {
      return tokens.peekKind(ahead) == TokenKind.IDENTIFIER;
    }
    return switch (keyword.category()) {
      case UNRESERVED, COLUMN_NAME -> true;
      case TYPE_OR_FUNCTION, RESERVED -> false;
    };
  }

  /** Returns whether the token {@code ahead} can name a function or type. */
  boolean isTypeOrFunctionName(int ahead) {
    Keyword keyword = tokens.peekKeyword(ahead);
    if (keyword == null) {
      return tokens.peekKind(ahead) == TokenKind.IDENTIFIER;
    }
    return switch (keyword.category()) {
      case UNRESERVED, TYPE_OR_FUNCTION -> true;
      case COLUMN_NAME, RESERVED -> false;
    };
  }

  /** Returns whether the current token is any word but a reserved one. */
  boolean isNonReservedWord() {
    Keyword keyword = tokens.keyword();
    return keyword == null
        ? tokens.at(TokenKind.IDENTIFIER)
        : keyword.category() != Keyword.Category.RESERVED;
  }

  /** Returns whether the current token can be a column label without AS. */
  boolean isBareLabel() {
    Keyword keyword = tokens.keyword();
    return keyword == null ? tokens.at(TokenKind.IDENTIFIER) : keyword.isBareLabel();
  }

  /** Reads the name of a table, column or other object. */
  String columnName() {
    return take(isColumnName(0));
  }

  /** Reads the name of a function or type. */
  String typeOrFunctionName() {
    return take(isTypeOrFunctionName(0));
  }

  String nonReservedWord() {
    return take(isNonReservedWord());
  }

  /** Reads any word, as after AS or a dot. */
  String label() {
    return take(tokens.at(TokenKind.IDENTIFIER) || tokens.at(TokenKind.KEYWORD));
  }

  String bareLabel() {
    return take(isBareLabel());
  }

  private String take(boolean isAllowed) {
    Keyword keyword = tokens.keyword();
    if (!isAllowed) {
      throw tokens.syntaxError();
    }
    String name = keyword == null ? tokens.text() : keyword.word();
    tokens.advance();
    return name;
  }

  /** Reads the name of a relation, of at most three parts. */
  QualifiedName relation() {
    QualifiedName name = any();
    if (name.parts().size() > 3) {
      throw ParseErrors.grammar(
          "improper qualified name (too many dotted names): " + name, name.position());
    }
    return name;
  }

  /** Reads a dotted name of any number of parts. */
  QualifiedName any() {
    int position = tokens.position();
    String first = columnName();
    return new QualifiedName(dotted(first), position);
  }

  /** Reads the parts that follow the first one. */
  List<String> dotted(String first) {
    if (!tokens.at(TokenKind.DOT)) {
      return List.of(first);
    }
    List<String> parts = new ArrayList<>(3);
    parts.add(first);
    while (tokens.accept(TokenKind.DOT)) {
      parts.add(label());
    }
    return List.copyOf(parts);
  }

  /** Reads the name of a function: one word of the function kind, or a dotted name. */
  QualifiedName function() {
    int position = tokens.position();
    boolean isDotted = tokens.peekKind(1) == TokenKind.DOT;
    String first = isDotted ? columnName() : typeOrFunctionName();
    return new QualifiedName(dotted(first), position);
  }

  List<QualifiedName> relations() {
    return list(this::relation);
  }

  /** Reads {@code name, name, ...}. */
  List<String> columnNames() {
    return list(this::columnName);
  }

  /** Reads {@code (name, ...)}. */
  List<String> parenthesizedColumns() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> names = columnNames();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return names;
  }

  /** Reads {@code (name, ...)} if a parenthesis is there, else gives no names. */
  List<String> optionalColumns() {
    return tokens.at(TokenKind.LEFT_PAREN) ? parenthesizedColumns() : List.of();
  }

  /** Reads items with commas between them, at least one. */
  <T> List<T> list(Supplier<T> item) {
    T first = item.get();
    if (!tokens.at(TokenKind.COMMA)) {
      return List.of(first);
    }
    List<T> items = new ArrayList<>();
    items.add(first);
    while (tokens.accept(TokenKind.COMMA)) {
      items.add(item.get());
    }
    return List.copyOf(items);
  }

  /** Reads an operator symbol, or {@code OPERATOR(schema.symbol)}. */
  OperatorName operator() {
    if (tokens.accept(Keyword.OPERATOR)) {
      tokens.expect(TokenKind.LEFT_PAREN);
      OperatorName name = qualifiedOperator();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return name;
    }
    return OperatorName.of(symbol());
  }

  /** Reads {@code schema.symbol} or a symbol alone. */
  OperatorName qualifiedOperator() {
    List<String> qualifier = new ArrayList<>(1);
    while (isColumnName(0)) {
      qualifier.add(columnName());
      tokens.expect(TokenKind.DOT);
    }
    return new OperatorName(List.copyOf(qualifier), symbol());
  }

  private String symbol() {
    if (!tokens.kind().isOperator()) {
      throw tokens.syntaxError();
    }
    String symbol = tokens.text();
    tokens.advance();
    return symbol;
  }

  /** Reads a role, which may be one of the session's. */
  RoleName role() {
    int position = tokens.position();
    if (tokens.accept(Keyword.CURRENT_ROLE)) {
      return new RoleName(RoleName.Kind.CURRENT_ROLE, null, position);
    }
    if (tokens.accept(Keyword.CURRENT_USER)) {
      return new RoleName(RoleName.Kind.CURRENT_USER, null, position);
    }
    if (tokens.accept(Keyword.SESSION_USER)) {
      return new RoleName(RoleName.Kind.SESSION_USER, null, position);
    }
    String name = nonReservedWord();
    return switch (name) {
      case "public" -> new RoleName(RoleName.Kind.PUBLIC, null, position);
      case "none" -> throw reservedRole(name, position);
      default -> new RoleName(RoleName.Kind.NAMED, name, position);
    };
  }

  List<RoleName> roles() {
    return list(this::role);
  }

  private static SqlException reservedRole(String name, int position) {
    return new SqlException(
        SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved", position);
  }
}
