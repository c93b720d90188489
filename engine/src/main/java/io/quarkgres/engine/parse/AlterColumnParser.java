package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ALTER COLUMN}. Thread: one. */
final class AlterColumnParser {
  private final Grammar grammar;
  private final Tokens tokens;

  AlterColumnParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads an action behind the word ALTER, which stood at {@code position}. */
  AlterTableAction action(int position) {
    tokens.accept(Keyword.COLUMN);
    if (tokens.at(TokenKind.INTEGER)) {
      int number = grammar.types.integer();
      tokens.expect(Keyword.SET, Keyword.STATISTICS);
      int target = grammar.options.signedInteger();
      return new AlterTableAction.ColumnStatistics(null, number, target, position);
    }
    String column = grammar.names.columnName();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case TYPE -> type(column, position);
      case SET -> set(column, position);
      case DROP -> drop(column, position);
      case ADD -> addIdentity(column, position);
      case RESTART -> alterIdentity(column, position);
      case RESET -> {
        tokens.advance();
        yield new AlterTableAction.ColumnOptions(column, true, grammar.options.storage(), position);
      }
      default -> throw tokens.syntaxError();
    };
  }

  private AlterTableAction type(String column, int position) {
    tokens.expect(Keyword.TYPE);
    TypeName type = grammar.types.type();
    QualifiedName collation = tokens.accept(Keyword.COLLATE) ? grammar.names.any() : null;
    SourceExpression using = tokens.accept(Keyword.USING) ? source() : null;
    return new AlterTableAction.AlterType(column, type, collation, using, position);
  }

  private SourceExpression source() {
    int start = tokens.position();
    return new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start));
  }

  private AlterTableAction set(String column, int position) {
    Keyword next = tokens.peekKeyword(1);
    if (next == Keyword.DATA) {
      tokens.advance();
      tokens.advance();
      return type(column, position);
    }
    if (isIdentityOption(next)) {
      return alterIdentity(column, position);
    }
    tokens.expect(Keyword.SET);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return new AlterTableAction.ColumnOptions(column, false, grammar.options.storage(), position);
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return new AlterTableAction.ColumnDefault(column, source(), position);
    }
    if (tokens.accept(Keyword.NOT)) {
      tokens.expect(Keyword.NULL);
      return new AlterTableAction.ColumnNotNull(column, true, position);
    }
    if (tokens.accept(Keyword.STATISTICS)) {
      int target = grammar.options.signedInteger();
      return new AlterTableAction.ColumnStatistics(column, 0, target, position);
    }
    if (tokens.accept(Keyword.STORAGE)) {
      return new AlterTableAction.ColumnStorage(column, grammar.names.columnName(), position);
    }
    tokens.expect(Keyword.COMPRESSION);
    return new AlterTableAction.ColumnCompression(column, grammar.columns.compression(), position);
  }

  private static boolean isIdentityOption(Keyword keyword) {
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case GENERATED,
          CACHE,
          CYCLE,
          INCREMENT,
          MAXVALUE,
          MINVALUE,
          NO,
          START,
          RESTART,
          SEQUENCE,
          OWNED ->
          true;
      default -> false;
    };
  }

  private AlterTableAction alterIdentity(String column, int position) {
    Boolean isAlways = null;
    List<SequenceOption> options = new ArrayList<>();
    while (tokens.at(Keyword.SET) || tokens.at(Keyword.RESTART)) {
      tokens.accept(Keyword.SET);
      if (tokens.accept(Keyword.GENERATED)) {
        isAlways = grammar.columns.generatedWhen();
        continue;
      }
      SequenceOption option = grammar.sequences.tryOption();
      if (option == null) {
        throw tokens.syntaxError();
      }
      options.add(option);
    }
    return new AlterTableAction.AlterIdentity(column, isAlways, List.copyOf(options), position);
  }

  private AlterTableAction drop(String column, int position) {
    tokens.expect(Keyword.DROP);
    if (tokens.accept(Keyword.DEFAULT)) {
      return new AlterTableAction.ColumnDefault(column, null, position);
    }
    if (tokens.accept(Keyword.NOT)) {
      tokens.expect(Keyword.NULL);
      return new AlterTableAction.ColumnNotNull(column, false, position);
    }
    if (tokens.accept(Keyword.EXPRESSION)) {
      return new AlterTableAction.DropExpression(column, grammar.alterTables.ifExists(), position);
    }
    tokens.expect(Keyword.IDENTITY);
    return new AlterTableAction.DropIdentity(column, grammar.alterTables.ifExists(), position);
  }

  private AlterTableAction addIdentity(String column, int position) {
    tokens.expect(Keyword.ADD, Keyword.GENERATED);
    boolean isAlways = grammar.columns.generatedWhen();
    tokens.expect(Keyword.AS, Keyword.IDENTITY);
    List<SequenceOption> options =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.sequences.parenthesized() : List.of();
    return new AlterTableAction.AddIdentity(column, isAlways, options, position);
  }
}
