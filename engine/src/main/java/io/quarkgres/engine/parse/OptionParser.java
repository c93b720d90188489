package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads option lists such as storage parameters. Thread: one. */
final class OptionParser {
  private final Grammar grammar;
  private final Tokens tokens;

  OptionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads {@code WITH (...)} of a relation or index if there; WITHOUT OIDS says nothing. */
  List<Option> with() {
    if (tokens.accept(Keyword.WITHOUT)) {
      tokens.expect(Keyword.OIDS);
      return List.of();
    }
    return tokens.accept(Keyword.WITH) ? storage() : List.of();
  }

  /** Reads {@code (name = value, ns.name, ...)}. */
  List<Option> storage() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<Option> options = grammar.names.list(this::storageOption);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return options;
  }

  private Option storageOption() {
    int position = tokens.position();
    String namespace = null;
    String name = grammar.names.label();
    if (tokens.accept(TokenKind.DOT)) {
      namespace = name;
      name = grammar.names.label();
    }
    String value = tokens.accept(TokenKind.EQUAL) ? value() : null;
    return new Option(namespace, name, value, List.of(), position);
  }

  /** Reads the value of an option: a word, type, operator, number or string, as text. */
  String value() {
    return switch (tokens.kind()) {
      case STRING -> tokens.expectString();
      case INTEGER, DECIMAL -> number();
      case PLUS, MINUS ->
          isNumber(tokens.peekKind(1)) ? number() : grammar.names.operator().toString();
      case KEYWORD, IDENTIFIER -> word();
      default -> grammar.names.operator().toString();
    };
  }

  private String word() {
    Keyword keyword = tokens.keyword();
    if (keyword == Keyword.OPERATOR && tokens.peekKind(1) == TokenKind.LEFT_PAREN) {
      return grammar.names.operator().toString();
    }
    if (keyword != null && keyword.category() == Keyword.Category.RESERVED) {
      return grammar.names.label();
    }
    if (keyword == Keyword.NONE) {
      return grammar.names.label();
    }
    TypeName type = grammar.types.functionType();
    return type.name().toString();
  }

  private static boolean isNumber(TokenKind kind) {
    return kind == TokenKind.INTEGER || kind == TokenKind.DECIMAL;
  }

  /** Reads a number with its sign, as text. */
  String number() {
    boolean isNegative = tokens.accept(TokenKind.MINUS);
    if (!isNegative) {
      tokens.accept(TokenKind.PLUS);
    }
    if (!isNumber(tokens.kind())) {
      throw tokens.syntaxError();
    }
    String text = tokens.text();
    tokens.advance();
    return isNegative ? "-" + text : text;
  }

  /** Reads an integer with its sign that fits int4. */
  int signedInteger() {
    boolean isNegative = tokens.accept(TokenKind.MINUS);
    if (!isNegative) {
      tokens.accept(TokenKind.PLUS);
    }
    int value = grammar.types.integer();
    return isNegative ? -value : value;
  }

  /**
   * Reads {@code (name [value], ...)} of EXPLAIN, VACUUM and their kin: a value is a word, a string
   * or a number.
   */
  List<Option> utility() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<Option> options = grammar.names.list(this::utilityOption);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return options;
  }

  private Option utilityOption() {
    int position = tokens.position();
    // ANALYSE is reserved and yet an option of EXPLAIN and VACUUM.
    boolean isAnalyze = tokens.accept(Keyword.ANALYZE) || tokens.accept(Keyword.ANALYSE);
    String name = isAnalyze ? "analyze" : grammar.names.nonReservedWord();
    return new Option(null, name, optionalValue(), List.of(), position);
  }

  /** Reads the options of COPY, whose values may also be a star or a list in parentheses. */
  List<Option> copy() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<Option> options = grammar.names.list(this::copyOption);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return options;
  }

  private Option copyOption() {
    int position = tokens.position();
    String name = grammar.names.label();
    if (tokens.accept(TokenKind.STAR)) {
      return new Option(null, name, null, List.of("*"), position);
    }
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      List<String> values = new ArrayList<>();
      do {
        values.add(booleanOrString());
      } while (tokens.accept(TokenKind.COMMA));
      tokens.expect(TokenKind.RIGHT_PAREN);
      return new Option(null, name, null, List.copyOf(values), position);
    }
    return new Option(null, name, optionalValue(), List.of(), position);
  }

  private String optionalValue() {
    if (tokens.at(TokenKind.COMMA) || tokens.at(TokenKind.RIGHT_PAREN)) {
      return null;
    }
    return switch (tokens.kind()) {
      case INTEGER, DECIMAL, PLUS, MINUS -> number();
      default -> booleanOrString();
    };
  }

  /** Reads TRUE, FALSE, ON, a word that is not reserved, or a string. */
  String booleanOrString() {
    if (tokens.at(TokenKind.STRING)) {
      return tokens.expectString();
    }
    if (tokens.at(Keyword.TRUE) || tokens.at(Keyword.FALSE) || tokens.at(Keyword.ON)) {
      return grammar.names.label();
    }
    return grammar.names.nonReservedWord();
  }
}
