package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE SEQUENCE and the options of sequences. Thread: one. */
final class SequenceParser {
  private final Grammar grammar;
  private final Tokens tokens;

  SequenceParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE SEQUENCE from the word SEQUENCE on. */
  Statement createSequence(Persistence persistence, int position) {
    tokens.expect(Keyword.SEQUENCE);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    QualifiedName name = grammar.names.relation();
    return new RelationStatement.CreateSequence(
        name, persistence, isIfNotExists, options(), position);
  }

  /** Reads {@code (option ...)} of an identity column. */
  List<SequenceOption> parenthesized() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<SequenceOption> options = options();
    if (options.isEmpty()) {
      throw tokens.syntaxError();
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return options;
  }

  /** Reads options until something else comes. */
  List<SequenceOption> options() {
    List<SequenceOption> options = new ArrayList<>();
    while (true) {
      SequenceOption option = tryOption();
      if (option == null) {
        return List.copyOf(options);
      }
      options.add(option);
    }
  }

  /** Reads an option if one begins here, else returns null. */
  SequenceOption tryOption() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    int position = tokens.position();
    return switch (keyword) {
      case AS -> {
        tokens.advance();
        yield new SequenceOption.As(grammar.types.simple(), position);
      }
      case CACHE -> new SequenceOption.Cache(numberAfterWord(), position);
      case CYCLE -> {
        tokens.advance();
        yield new SequenceOption.Cycle(true, position);
      }
      case NO -> no(position);
      case INCREMENT -> {
        tokens.advance();
        tokens.accept(Keyword.BY);
        yield new SequenceOption.Increment(grammar.options.number(), position);
      }
      case MAXVALUE -> new SequenceOption.MaxValue(numberAfterWord(), position);
      case MINVALUE -> new SequenceOption.MinValue(numberAfterWord(), position);
      case OWNED -> owned(position);
      case SEQUENCE -> {
        tokens.advance();
        tokens.expect(Keyword.NAME);
        yield new SequenceOption.SequenceName(grammar.names.any(), position);
      }
      case START -> {
        tokens.advance();
        tokens.accept(Keyword.WITH);
        yield new SequenceOption.Start(grammar.options.number(), position);
      }
      case RESTART -> restart(position);
      default -> null;
    };
  }

  private String numberAfterWord() {
    tokens.advance();
    return grammar.options.number();
  }

  private SequenceOption no(int position) {
    tokens.expect(Keyword.NO);
    if (tokens.accept(Keyword.CYCLE)) {
      return new SequenceOption.Cycle(false, position);
    }
    if (tokens.accept(Keyword.MAXVALUE)) {
      return new SequenceOption.MaxValue(null, position);
    }
    tokens.expect(Keyword.MINVALUE);
    return new SequenceOption.MinValue(null, position);
  }

  private SequenceOption owned(int position) {
    tokens.expect(Keyword.OWNED, Keyword.BY);
    boolean isNone = tokens.at(Keyword.NONE) && tokens.peekKind(1) != TokenKind.DOT;
    if (isNone) {
      tokens.advance();
      return new SequenceOption.OwnedBy(null, position);
    }
    return new SequenceOption.OwnedBy(grammar.names.any(), position);
  }

  private SequenceOption restart(int position) {
    tokens.expect(Keyword.RESTART);
    boolean isNumber =
        tokens.accept(Keyword.WITH)
            || tokens.at(TokenKind.INTEGER)
            || tokens.at(TokenKind.DECIMAL)
            || tokens.at(TokenKind.PLUS)
            || tokens.at(TokenKind.MINUS);
    return new SequenceOption.Restart(isNumber ? grammar.options.number() : null, position);
  }
}
