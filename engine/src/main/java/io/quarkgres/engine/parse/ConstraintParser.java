package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableConstraint.Action;
import io.quarkgres.engine.ast.TableConstraint.Deferral;
import io.quarkgres.engine.ast.TableConstraint.IndexParameters;
import io.quarkgres.engine.ast.TableConstraint.Match;
import io.quarkgres.engine.ast.TableConstraint.Reference;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads table constraints and the parts that column constraints share with them. Thread: one. */
final class ConstraintParser {
  private final Grammar grammar;
  private final Tokens tokens;

  ConstraintParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Returns whether a table constraint begins here. */
  boolean beginsConstraint() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case CONSTRAINT, CHECK, UNIQUE, PRIMARY, FOREIGN -> true;
      case EXCLUDE ->
          tokens.peekKind(1) == TokenKind.LEFT_PAREN || tokens.peekKeyword(1) == Keyword.USING;
      default -> false;
    };
  }

  /** Reads a table constraint. */
  TableConstraint constraint() {
    int position = tokens.position();
    String name = tokens.accept(Keyword.CONSTRAINT) ? grammar.names.columnName() : null;
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case CHECK -> check(name, position);
      case UNIQUE -> key(name, false, position);
      case PRIMARY -> key(name, true, position);
      case FOREIGN -> foreignKey(name, position);
      case EXCLUDE -> exclusion(name, position);
      default -> throw tokens.syntaxError();
    };
  }

  private TableConstraint check(String name, int position) {
    tokens.expect(Keyword.CHECK);
    SourceExpression condition = parenthesizedSource();
    Attributes attributes = attributes();
    attributes.refuseDeferral("CHECK");
    return new TableConstraint.Check(
        name, condition, attributes.isNoInherit, attributes.isNotValid, position);
  }

  /** Reads {@code (expression)} and keeps its text. */
  SourceExpression parenthesizedSource() {
    tokens.expect(TokenKind.LEFT_PAREN);
    int start = tokens.position();
    SourceExpression source =
        new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start));
    tokens.expect(TokenKind.RIGHT_PAREN);
    return source;
  }

  private TableConstraint key(String name, boolean isPrimary, int position) {
    tokens.advance();
    if (isPrimary) {
      tokens.expect(Keyword.KEY);
    }
    String word = isPrimary ? "PRIMARY KEY" : "UNIQUE";
    if (tokens.accept(Keyword.USING)) {
      tokens.expect(Keyword.INDEX);
      String index = grammar.names.columnName();
      Deferral deferral = keyAttributes(word);
      return new TableConstraint.KeyUsingIndex(name, isPrimary, index, deferral, position);
    }
    boolean isNullsNotDistinct = !isPrimary && nullsNotDistinct();
    List<String> columns = grammar.names.parenthesizedColumns();
    IndexParameters index = indexParameters();
    Deferral deferral = keyAttributes(word);
    return new TableConstraint.Key(
        name, isPrimary, isNullsNotDistinct, columns, index, deferral, position);
  }

  private Deferral keyAttributes(String word) {
    Attributes attributes = attributes();
    attributes.refuseNotValid(word);
    return attributes.deferral();
  }

  /** Reads NULLS [NOT] DISTINCT if there; returns whether NOT was written. */
  boolean nullsNotDistinct() {
    if (!tokens.accept(Keyword.NULLS)) {
      return false;
    }
    boolean isNot = tokens.accept(Keyword.NOT);
    tokens.expect(Keyword.DISTINCT);
    return isNot;
  }

  /** Reads INCLUDE, WITH and USING INDEX TABLESPACE, each if there. */
  IndexParameters indexParameters() {
    List<String> include =
        tokens.accept(Keyword.INCLUDE) ? grammar.names.parenthesizedColumns() : List.of();
    List<Option> options = tokens.accept(Keyword.WITH) ? grammar.options.storage() : null;
    String tablespace = null;
    if (tokens.accept(Keyword.USING)) {
      tokens.expect(Keyword.INDEX, Keyword.TABLESPACE);
      tablespace = grammar.names.columnName();
    }
    if (include.isEmpty() && options == null && tablespace == null) {
      return IndexParameters.NONE;
    }
    return new IndexParameters(include, options == null ? List.of() : options, tablespace);
  }

  private TableConstraint foreignKey(String name, int position) {
    tokens.expect(Keyword.FOREIGN, Keyword.KEY);
    List<String> columns = grammar.names.parenthesizedColumns();
    Reference reference = reference();
    Attributes attributes = attributes();
    attributes.refuseNoInherit("FOREIGN KEY");
    return new TableConstraint.ForeignKey(
        name, columns, reference, attributes.deferral(), attributes.isNotValid, position);
  }

  /** Reads {@code REFERENCES table ...}. */
  Reference reference() {
    int position = tokens.expect(Keyword.REFERENCES);
    QualifiedName table = grammar.names.relation();
    List<String> columns = grammar.names.optionalColumns();
    Match match = match();
    ReferentialAction onDelete = null;
    ReferentialAction onUpdate = null;
    while (tokens.at(Keyword.ON)) {
      if (onDelete == null && tokens.peekKeyword(1) == Keyword.DELETE) {
        onDelete = action(true);
      } else if (onUpdate == null && tokens.peekKeyword(1) == Keyword.UPDATE) {
        onUpdate = action(false);
      } else {
        tokens.advance();
        throw tokens.syntaxError();
      }
    }
    return new Reference(
        table,
        columns,
        match,
        onDelete == null ? Action.NO_ACTION : onDelete.action(),
        onDelete == null ? List.of() : onDelete.columns(),
        onUpdate == null ? Action.NO_ACTION : onUpdate.action(),
        position);
  }

  private Match match() {
    int position = tokens.position();
    if (!tokens.accept(Keyword.MATCH)) {
      return Match.SIMPLE;
    }
    if (tokens.accept(Keyword.FULL)) {
      return Match.FULL;
    }
    if (tokens.accept(Keyword.PARTIAL)) {
      throw ParseErrors.notYet("MATCH PARTIAL not yet implemented", position);
    }
    tokens.expect(Keyword.SIMPLE);
    return Match.SIMPLE;
  }

  /** What follows ON DELETE or ON UPDATE. */
  private record ReferentialAction(Action action, List<String> columns) {}

  private ReferentialAction action(boolean isDelete) {
    tokens.advance();
    int position = tokens.position();
    tokens.advance();
    if (tokens.accept(Keyword.NO)) {
      tokens.expect(Keyword.ACTION);
      return new ReferentialAction(Action.NO_ACTION, List.of());
    }
    if (tokens.accept(Keyword.RESTRICT)) {
      return new ReferentialAction(Action.RESTRICT, List.of());
    }
    if (tokens.accept(Keyword.CASCADE)) {
      return new ReferentialAction(Action.CASCADE, List.of());
    }
    tokens.expect(Keyword.SET);
    boolean isNull = tokens.accept(Keyword.NULL);
    if (!isNull) {
      tokens.expect(Keyword.DEFAULT);
    }
    List<String> columns = grammar.names.optionalColumns();
    if (!isDelete && !columns.isEmpty()) {
      String what = isNull ? "SET NULL" : "SET DEFAULT";
      throw ParseErrors.notYet(
          "a column list with " + what + " is only supported for ON DELETE actions", position);
    }
    return new ReferentialAction(isNull ? Action.SET_NULL : Action.SET_DEFAULT, columns);
  }

  private TableConstraint exclusion(String name, int position) {
    tokens.expect(Keyword.EXCLUDE);
    String method = tokens.accept(Keyword.USING) ? grammar.names.columnName() : null;
    tokens.expect(TokenKind.LEFT_PAREN);
    List<TableConstraint.ExclusionElement> elements = grammar.names.list(this::exclusionElement);
    tokens.expect(TokenKind.RIGHT_PAREN);
    IndexParameters index = indexParameters();
    SourceExpression where = tokens.accept(Keyword.WHERE) ? parenthesizedSource() : null;
    Deferral deferral = keyAttributes("EXCLUDE");
    return new TableConstraint.Exclusion(name, method, elements, index, where, deferral, position);
  }

  private TableConstraint.ExclusionElement exclusionElement() {
    IndexElement element = grammar.indexes.element();
    tokens.expect(Keyword.WITH);
    OperatorName operator =
        tokens.at(Keyword.OPERATOR) ? grammar.names.operator() : grammar.names.qualifiedOperator();
    return new TableConstraint.ExclusionElement(element, operator);
  }

  /** Reads DEFERRABLE and its kin for {@code ALTER CONSTRAINT} and constraint triggers. */
  Deferral deferralOnly(String word) {
    Attributes attributes = attributes();
    attributes.refuseNotValid(word);
    attributes.refuseNoInherit(word);
    return attributes.deferral();
  }

  private Attributes attributes() {
    Attributes attributes = new Attributes(false);
    while (true) {
      int position = tokens.position();
      if (tokens.accept(Keyword.DEFERRABLE)) {
        attributes.deferrable(true, position);
      } else if (tokens.accept(Keyword.NOT)) {
        if (tokens.accept(Keyword.VALID)) {
          attributes.isNotValid = true;
        } else {
          tokens.expect(Keyword.DEFERRABLE);
          attributes.deferrable(false, position);
        }
      } else if (tokens.accept(Keyword.INITIALLY)) {
        boolean isDeferred = tokens.accept(Keyword.DEFERRED);
        if (!isDeferred) {
          tokens.expect(Keyword.IMMEDIATE);
        }
        attributes.initially(isDeferred, position);
      } else if (tokens.accept(Keyword.NO, Keyword.INHERIT)) {
        attributes.isNoInherit = true;
      } else {
        return attributes;
      }
    }
  }

  /** The attributes of one constraint as they are read. */
  static final class Attributes {
    private final boolean isColumn;
    private Boolean isDeferrable;
    private Boolean isInitiallyDeferred;
    private boolean isNotValid;
    private boolean isNoInherit;

    /** Column constraints may say nothing twice, table constraints must not contradict. */
    Attributes(boolean isColumn) {
      this.isColumn = isColumn;
    }

    void deferrable(boolean value, int position) {
      refuseSecond(isDeferrable, value, "DEFERRABLE/NOT DEFERRABLE", position);
      isDeferrable = value;
      check(position);
    }

    void initially(boolean isDeferred, int position) {
      refuseSecond(isInitiallyDeferred, isDeferred, "INITIALLY IMMEDIATE/DEFERRED", position);
      isInitiallyDeferred = isDeferred;
      check(position);
    }

    private void refuseSecond(Boolean old, boolean value, String clauses, int position) {
      if (old != null && isColumn) {
        throw ParseErrors.grammar("multiple " + clauses + " clauses not allowed", position);
      }
      if (old != null && old != value) {
        throw ParseErrors.grammar("conflicting constraint properties", position);
      }
    }

    private void check(int position) {
      boolean isDeferred = isInitiallyDeferred != null && isInitiallyDeferred;
      if (isDeferred && isDeferrable != null && !isDeferrable) {
        throw ParseErrors.grammar(
            "constraint declared INITIALLY DEFERRED must be DEFERRABLE", position);
      }
    }

    Deferral deferral() {
      boolean isDeferred = isInitiallyDeferred != null && isInitiallyDeferred;
      boolean canDefer = isDeferred || (isDeferrable != null && isDeferrable);
      return canDefer ? new Deferral(true, isDeferred) : Deferral.NONE;
    }

    private void refuseDeferral(String word) {
      if (isDeferrable != null || isInitiallyDeferred != null) {
        throw refused(word, "DEFERRABLE");
      }
    }

    private void refuseNotValid(String word) {
      if (isNotValid) {
        throw refused(word, "NOT VALID");
      }
      refuseNoInherit(word);
    }

    private void refuseNoInherit(String word) {
      if (isNoInherit) {
        throw refused(word, "NO INHERIT");
      }
    }

    private static RuntimeException refused(String word, String attribute) {
      return ParseErrors.notYet(word + " constraints cannot be marked " + attribute, -1);
    }
  }
}
