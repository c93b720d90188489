package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RoutineStatement;
import io.quarkgres.engine.ast.RoutineStatement.TriggerEvent;
import io.quarkgres.engine.ast.RoutineStatement.TriggerEventKind;
import io.quarkgres.engine.ast.RoutineStatement.TriggerTiming;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableConstraint.Deferral;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE TRIGGER. Thread: one. */
final class TriggerParser {
  private final Grammar grammar;
  private final Tokens tokens;

  TriggerParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE TRIGGER from CONSTRAINT or TRIGGER on. */
  Statement createTrigger(boolean isOrReplace, int position) {
    boolean isConstraint = tokens.accept(Keyword.CONSTRAINT);
    tokens.expect(Keyword.TRIGGER);
    String name = grammar.names.columnName();
    TriggerTiming timing = timing();
    if (isConstraint && timing != TriggerTiming.AFTER) {
      throw tokens.syntaxErrorAt(tokens.mark() - 1);
    }
    List<TriggerEvent> events = events();
    tokens.expect(Keyword.ON);
    QualifiedName table = grammar.names.relation();
    QualifiedName fromTable = null;
    Deferral deferral = Deferral.NONE;
    Transitions transitions = new Transitions(null, null);
    if (isConstraint) {
      fromTable = tokens.accept(Keyword.FROM) ? grammar.names.relation() : null;
      deferral = grammar.constraints.deferralOnly("TRIGGER");
    } else if (tokens.accept(Keyword.REFERENCING)) {
      transitions = transitions();
    }
    boolean isForEachRow = forEachRow();
    SourceExpression when =
        tokens.accept(Keyword.WHEN) ? grammar.constraints.parenthesizedSource() : null;
    tokens.expect(Keyword.EXECUTE);
    if (!tokens.accept(Keyword.FUNCTION)) {
      tokens.expect(Keyword.PROCEDURE);
    }
    QualifiedName function = grammar.names.function();
    return new RoutineStatement.CreateTrigger(
        name,
        isOrReplace,
        isConstraint,
        timing,
        events,
        table,
        fromTable,
        deferral,
        transitions.oldTable(),
        transitions.newTable(),
        isForEachRow,
        when,
        function,
        arguments(),
        position);
  }

  private TriggerTiming timing() {
    if (tokens.accept(Keyword.BEFORE)) {
      return TriggerTiming.BEFORE;
    }
    if (tokens.accept(Keyword.AFTER)) {
      return TriggerTiming.AFTER;
    }
    tokens.expect(Keyword.INSTEAD, Keyword.OF);
    return TriggerTiming.INSTEAD_OF;
  }

  private List<TriggerEvent> events() {
    List<TriggerEvent> events = new ArrayList<>(3);
    do {
      TriggerEvent event = event();
      for (TriggerEvent other : events) {
        if (other.kind() == event.kind()) {
          throw ParseErrors.grammar("duplicate trigger events specified", tokens.position());
        }
      }
      events.add(event);
    } while (tokens.accept(Keyword.OR));
    return List.copyOf(events);
  }

  private TriggerEvent event() {
    if (tokens.accept(Keyword.INSERT)) {
      return new TriggerEvent(TriggerEventKind.INSERT, List.of());
    }
    if (tokens.accept(Keyword.DELETE)) {
      return new TriggerEvent(TriggerEventKind.DELETE, List.of());
    }
    if (tokens.accept(Keyword.TRUNCATE)) {
      return new TriggerEvent(TriggerEventKind.TRUNCATE, List.of());
    }
    tokens.expect(Keyword.UPDATE);
    List<String> columns = tokens.accept(Keyword.OF) ? grammar.names.columnNames() : List.of();
    return new TriggerEvent(TriggerEventKind.UPDATE, columns);
  }

  /** The names of REFERENCING. */
  private record Transitions(String oldTable, String newTable) {}

  private Transitions transitions() {
    Transitions transitions = new Transitions(null, null);
    while (tokens.at(Keyword.OLD) || tokens.at(Keyword.NEW)) {
      boolean isNew = tokens.at(Keyword.NEW);
      tokens.advance();
      if (tokens.at(Keyword.ROW)) {
        throw ParseErrors.unsupported("REFERENCING ... ROW", tokens.position());
      }
      tokens.expect(Keyword.TABLE);
      tokens.accept(Keyword.AS);
      String name = grammar.names.columnName();
      transitions =
          isNew
              ? new Transitions(transitions.oldTable(), name)
              : new Transitions(name, transitions.newTable());
    }
    return transitions;
  }

  private boolean forEachRow() {
    if (!tokens.accept(Keyword.FOR)) {
      return false;
    }
    tokens.accept(Keyword.EACH);
    if (tokens.accept(Keyword.ROW)) {
      return true;
    }
    tokens.expect(Keyword.STATEMENT);
    return false;
  }

  private List<String> arguments() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> arguments =
        tokens.at(TokenKind.RIGHT_PAREN) ? List.of() : grammar.names.list(this::argument);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  private String argument() {
    return switch (tokens.kind()) {
      case STRING, INTEGER, DECIMAL -> {
        String text = tokens.text();
        tokens.advance();
        yield text;
      }
      default -> grammar.names.label();
    };
  }
}
