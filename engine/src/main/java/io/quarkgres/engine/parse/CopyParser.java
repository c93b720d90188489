package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.CopyEndpoint;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads COPY with its options in the old and the new spelling. Thread: one. */
final class CopyParser {
  private final Grammar grammar;
  private final Tokens tokens;

  CopyParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Where the data is. */
  private record Place(CopyEndpoint endpoint, String path) {}

  /** Reads COPY. */
  Statement copy() {
    int position = tokens.expect(Keyword.COPY);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return copyQuery(position);
    }
    List<Option> options = new ArrayList<>();
    int binaryPosition = tokens.position();
    if (tokens.accept(Keyword.BINARY)) {
      options.add(Option.of("format", "binary", binaryPosition));
    }
    QualifiedName table = grammar.names.relation();
    List<String> columns = grammar.names.optionalColumns();
    boolean isFrom = tokens.accept(Keyword.FROM);
    if (!isFrom) {
      tokens.expect(Keyword.TO);
    }
    Place place = place();
    delimiters(options);
    options.addAll(options());
    int wherePosition = tokens.position();
    Expression where = grammar.selects.where();
    if (where != null && !isFrom) {
      throw ParseErrors.grammar("WHERE clause not allowed with COPY TO", wherePosition);
    }
    return new UtilityStatement.Copy(
        table,
        columns,
        null,
        isFrom,
        place.endpoint(),
        place.path(),
        List.copyOf(options),
        where,
        position);
  }

  private Statement copyQuery(int position) {
    tokens.expect(TokenKind.LEFT_PAREN);
    Statement statement = grammar.withs.preparable();
    tokens.expect(TokenKind.RIGHT_PAREN);
    if (statement instanceof Query query && query.into() != null) {
      throw ParseErrors.notYet("COPY (SELECT INTO) is not supported", -1);
    }
    tokens.expect(Keyword.TO);
    Place place = place();
    return new UtilityStatement.Copy(
        null,
        List.of(),
        statement,
        false,
        place.endpoint(),
        place.path(),
        options(),
        null,
        position);
  }

  private Place place() {
    if (tokens.accept(Keyword.PROGRAM)) {
      if (tokens.at(Keyword.STDIN) || tokens.at(Keyword.STDOUT)) {
        throw ParseErrors.grammar("STDIN/STDOUT not allowed with PROGRAM", -1);
      }
      return new Place(CopyEndpoint.PROGRAM, tokens.expectString());
    }
    if (tokens.accept(Keyword.STDIN) || tokens.accept(Keyword.STDOUT)) {
      return new Place(CopyEndpoint.CLIENT, null);
    }
    return new Place(CopyEndpoint.FILE, tokens.expectString());
  }

  private void delimiters(List<Option> options) {
    int position = tokens.position();
    boolean hasUsing = tokens.accept(Keyword.USING);
    if (hasUsing || tokens.at(Keyword.DELIMITERS)) {
      tokens.expect(Keyword.DELIMITERS);
      options.add(Option.of("delimiter", tokens.expectString(), position));
    }
  }

  private List<Option> options() {
    tokens.accept(Keyword.WITH);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return grammar.options.copy();
    }
    List<Option> options = new ArrayList<>();
    while (true) {
      Option option = tryOldOption();
      if (option == null) {
        return List.copyOf(options);
      }
      options.add(option);
    }
  }

  private Option tryOldOption() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    int position = tokens.position();
    return switch (keyword) {
      case BINARY -> word("format", "binary", position);
      case CSV -> word("format", "csv", position);
      case FREEZE -> word("freeze", "true", position);
      case HEADER -> word("header", "true", position);
      case DELIMITER -> string("delimiter", position);
      case NULL -> string("null", position);
      case QUOTE -> string("quote", position);
      case ESCAPE -> string("escape", position);
      case ENCODING -> {
        tokens.advance();
        yield Option.of("encoding", tokens.expectString(), position);
      }
      case FORCE -> force(position);
      default -> null;
    };
  }

  private Option word(String name, String value, int position) {
    tokens.advance();
    return Option.of(name, value, position);
  }

  private Option string(String name, int position) {
    tokens.advance();
    tokens.accept(Keyword.AS);
    return Option.of(name, tokens.expectString(), position);
  }

  private Option force(int position) {
    tokens.expect(Keyword.FORCE);
    String name;
    if (tokens.accept(Keyword.QUOTE)) {
      name = "force_quote";
      if (tokens.accept(TokenKind.STAR)) {
        return new Option(null, name, null, List.of("*"), position);
      }
    } else if (tokens.accept(Keyword.NOT)) {
      tokens.expect(Keyword.NULL);
      name = "force_not_null";
    } else {
      tokens.expect(Keyword.NULL);
      name = "force_null";
    }
    return new Option(null, name, null, grammar.names.columnNames(), position);
  }
}
