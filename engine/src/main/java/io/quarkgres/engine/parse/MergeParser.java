package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Assignment;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.DmlStatement.MergeAction;
import io.quarkgres.engine.ast.DmlStatement.MergeWhen;
import io.quarkgres.engine.ast.DmlStatement.Overriding;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads MERGE. Thread: one. */
final class MergeParser {
  private final Grammar grammar;
  private final Tokens tokens;

  MergeParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads a MERGE; {@code with} is what stood before it, or null. */
  DmlStatement merge(With with) {
    int position = tokens.expect(Keyword.MERGE);
    tokens.expect(Keyword.INTO);
    FromItem.Table table = grammar.froms.target();
    tokens.expect(Keyword.USING);
    FromItem source = grammar.froms.item();
    tokens.expect(Keyword.ON);
    Expression on = grammar.expressions.expression();
    List<MergeWhen> whens = new ArrayList<>();
    do {
      whens.add(when());
    } while (tokens.at(Keyword.WHEN));
    return new DmlStatement.Merge(with, table, source, on, List.copyOf(whens), position);
  }

  private MergeWhen when() {
    int position = tokens.expect(Keyword.WHEN);
    boolean isMatched = !tokens.accept(Keyword.NOT);
    tokens.expect(Keyword.MATCHED);
    Expression condition = tokens.accept(Keyword.AND) ? grammar.expressions.expression() : null;
    tokens.expect(Keyword.THEN);
    return new MergeWhen(isMatched, condition, action(isMatched), position);
  }

  private MergeAction action(boolean isMatched) {
    if (tokens.accept(Keyword.DO)) {
      tokens.expect(Keyword.NOTHING);
      return new MergeAction.DoNothing();
    }
    if (!isMatched) {
      return insert();
    }
    if (tokens.accept(Keyword.DELETE)) {
      return new MergeAction.Delete();
    }
    tokens.expect(Keyword.UPDATE, Keyword.SET);
    return new MergeAction.Update(grammar.dml.assignments());
  }

  private MergeAction insert() {
    tokens.expect(Keyword.INSERT);
    List<Assignment.Column> columns =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.dml.parenthesizedColumns() : List.of();
    Overriding overriding = grammar.dml.overriding();
    if (tokens.accept(Keyword.DEFAULT)) {
      tokens.expect(Keyword.VALUES);
      return new MergeAction.Insert(columns, overriding, null);
    }
    tokens.expect(Keyword.VALUES);
    List<Expression> values = grammar.expressions.parenthesizedList();
    return new MergeAction.Insert(columns, overriding, values);
  }
}
