package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Lexer;
import io.quarkgres.engine.parse.lex.ParseOptions;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns SQL text into syntax trees. Every fault of the text is an {@code SqlException} with
 * PostgreSQL's words and the 0-based offset, in UTF-16 units, of the place. O(length) in time and
 * memory. Thread: any; calls share nothing.
 */
public final class Parser {
  private Parser() {}

  /** Parses a query string of any number of statements; empty ones are left out. */
  public static List<ParsedStatement> parse(String sql) {
    return parse(sql, ParseOptions.DEFAULT);
  }

  /** Parses a query string as a session's settings say. */
  public static List<ParsedStatement> parse(String sql, ParseOptions options) {
    Tokens tokens = Lexer.tokenize(sql, options);
    Grammar grammar = new Grammar(tokens);
    List<ParsedStatement> statements = new ArrayList<>(1);
    while (true) {
      while (tokens.accept(TokenKind.SEMICOLON)) {
        // An empty statement.
      }
      if (tokens.at(TokenKind.END)) {
        tokens.raiseDeferred();
        return List.copyOf(statements);
      }
      int start = tokens.position();
      Statement statement = grammar.statements.statement();
      if (!tokens.at(TokenKind.SEMICOLON) && !tokens.at(TokenKind.END)) {
        throw tokens.syntaxError();
      }
      int length = tokens.previousEnd() - start;
      statements.add(new ParsedStatement(statement, sql, start, length));
    }
  }

  /** Parses a text that is one expression, such as a stored default. */
  public static Expression parseExpression(String sql) {
    Tokens tokens = Lexer.tokenize(sql);
    Expression expression = new Grammar(tokens).expressions.expression();
    expectEnd(tokens);
    return expression;
  }

  /** Parses a text that is the name of a type, such as the input of regtype. */
  public static TypeName parseTypeName(String sql) {
    Tokens tokens = Lexer.tokenize(sql);
    TypeName type = new Grammar(tokens).types.type();
    expectEnd(tokens);
    return type;
  }

  private static void expectEnd(Tokens tokens) {
    if (!tokens.at(TokenKind.END)) {
      throw tokens.syntaxError();
    }
    tokens.raiseDeferred();
  }
}
