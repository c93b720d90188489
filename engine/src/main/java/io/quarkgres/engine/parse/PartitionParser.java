package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.TableStatement.PartitionBound;
import io.quarkgres.engine.ast.TableStatement.PartitionBy;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads PARTITION BY and the bounds of partitions. Thread: one. */
final class PartitionParser {
  private final Grammar grammar;
  private final Tokens tokens;

  PartitionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads PARTITION BY if there, else returns null. */
  PartitionBy partitionBy() {
    int position = tokens.position();
    if (!tokens.accept(Keyword.PARTITION)) {
      return null;
    }
    tokens.expect(Keyword.BY);
    String strategy = grammar.names.columnName();
    tokens.expect(TokenKind.LEFT_PAREN);
    List<IndexElement> elements = grammar.indexes.elements();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new PartitionBy(strategy, elements, position);
  }

  /** Reads FOR VALUES ... or DEFAULT. */
  PartitionBound bound() {
    int position = tokens.position();
    if (tokens.accept(Keyword.DEFAULT)) {
      return new PartitionBound.Default(position);
    }
    tokens.expect(Keyword.FOR, Keyword.VALUES);
    if (tokens.accept(Keyword.IN)) {
      return new PartitionBound.In(grammar.expressions.parenthesizedList(), position);
    }
    if (tokens.accept(Keyword.FROM)) {
      List<Expression> from = grammar.expressions.parenthesizedList();
      tokens.expect(Keyword.TO);
      List<Expression> to = grammar.expressions.parenthesizedList();
      return new PartitionBound.Range(from, to, position);
    }
    tokens.expect(Keyword.WITH);
    return hash(position);
  }

  private PartitionBound hash(int position) {
    tokens.expect(TokenKind.LEFT_PAREN);
    int modulus = -1;
    int remainder = -1;
    do {
      int namePosition = tokens.position();
      String name = grammar.names.nonReservedWord();
      int value = grammar.types.integer();
      switch (name) {
        case "modulus" -> {
          refuseSecond(modulus, name, namePosition);
          modulus = value;
        }
        case "remainder" -> {
          refuseSecond(remainder, name, namePosition);
          remainder = value;
        }
        default ->
            throw ParseErrors.grammar(
                "unrecognized hash partition bound specification \"" + name + "\"", namePosition);
      }
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.RIGHT_PAREN);
    if (modulus < 0) {
      throw ParseErrors.grammar("modulus for hash partition must be specified", -1);
    }
    if (remainder < 0) {
      throw ParseErrors.grammar("remainder for hash partition must be specified", -1);
    }
    return new PartitionBound.Hash(modulus, remainder, position);
  }

  private static void refuseSecond(int old, String name, int position) {
    if (old >= 0) {
      throw ParseErrors.grammar(name + " for hash partition provided more than once", position);
    }
  }
}
