package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.DiscardTarget;
import io.quarkgres.engine.ast.UtilityStatement.LockMode;
import io.quarkgres.engine.ast.UtilityStatement.VacuumRelation;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads EXPLAIN, VACUUM and the other statements that look after a server. Thread: one. */
final class MaintenanceParser {
  private final Grammar grammar;
  private final Tokens tokens;

  MaintenanceParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads EXPLAIN. */
  Statement explain() {
    int position = tokens.expect(Keyword.EXPLAIN);
    List<Option> options = new ArrayList<>();
    if (tokens.at(TokenKind.LEFT_PAREN) && !grammar.selects.leadsToQuery()) {
      options.addAll(grammar.options.utility());
    } else {
      flag(options, Keyword.ANALYZE);
      if (options.isEmpty()) {
        flag(options, Keyword.ANALYSE);
      }
      flag(options, Keyword.VERBOSE);
    }
    return new UtilityStatement.Explain(List.copyOf(options), explained(), position);
  }

  private Statement explained() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return grammar.withs.preparable();
    }
    return switch (keyword) {
      case DECLARE -> grammar.prepared.declare();
      case EXECUTE -> grammar.prepared.execute();
      case CREATE -> explainedCreate();
      case REFRESH -> grammar.views.refresh();
      default -> grammar.withs.preparable();
    };
  }

  private Statement explainedCreate() {
    Statement statement = grammar.creates.create();
    if (!(statement instanceof TableStatement.CreateTableAs)) {
      throw tokens.syntaxError();
    }
    return statement;
  }

  /** Adds an option for a key word if it is there. */
  private void flag(List<Option> options, Keyword keyword) {
    int position = tokens.position();
    if (tokens.accept(keyword)) {
      String name = keyword == Keyword.ANALYSE ? "analyze" : keyword.word();
      options.add(Option.of(name, null, position));
    }
  }

  /** Reads VACUUM. */
  Statement vacuum() {
    int position = tokens.expect(Keyword.VACUUM);
    List<Option> options = new ArrayList<>();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      options.addAll(grammar.options.utility());
    } else {
      flag(options, Keyword.FULL);
      flag(options, Keyword.FREEZE);
      flag(options, Keyword.VERBOSE);
      flag(options, Keyword.ANALYZE);
      flag(options, Keyword.ANALYSE);
    }
    return new UtilityStatement.Vacuum(true, List.copyOf(options), relations(), position);
  }

  /** Reads ANALYZE. */
  Statement analyze() {
    int position = tokens.position();
    tokens.advance();
    List<Option> options = new ArrayList<>();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      options.addAll(grammar.options.utility());
    } else {
      flag(options, Keyword.VERBOSE);
    }
    return new UtilityStatement.Vacuum(false, List.copyOf(options), relations(), position);
  }

  private List<VacuumRelation> relations() {
    return grammar.names.isColumnName(0) ? grammar.names.list(this::vacuumRelation) : List.of();
  }

  private VacuumRelation vacuumRelation() {
    QualifiedName name = grammar.names.relation();
    return new VacuumRelation(name, grammar.names.optionalColumns());
  }

  /** Reads CLUSTER. */
  Statement cluster() {
    int position = tokens.expect(Keyword.CLUSTER);
    List<Option> options = new ArrayList<>();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      options.addAll(grammar.options.utility());
    } else {
      flag(options, Keyword.VERBOSE);
    }
    QualifiedName table = grammar.names.isColumnName(0) ? grammar.names.relation() : null;
    String index = null;
    if (table != null && tokens.accept(Keyword.USING)) {
      index = grammar.names.columnName();
    } else if (table != null && tokens.accept(Keyword.ON)) {
      index = table.name();
      table = grammar.names.relation();
    }
    return new UtilityStatement.Cluster(table, index, List.copyOf(options), position);
  }

  /** Reads CHECKPOINT. */
  Statement checkpoint() {
    return new UtilityStatement.Checkpoint(tokens.expect(Keyword.CHECKPOINT));
  }

  /** Reads LOCK. */
  Statement lock() {
    int position = tokens.expect(Keyword.LOCK);
    tokens.accept(Keyword.TABLE);
    List<FromItem.Table> tables = grammar.names.list(grammar.froms::relation);
    LockMode mode = LockMode.ACCESS_EXCLUSIVE;
    if (tokens.accept(Keyword.IN)) {
      mode = lockMode();
      tokens.expect(Keyword.MODE);
    }
    boolean isNowait = tokens.accept(Keyword.NOWAIT);
    return new UtilityStatement.Lock(tables, mode, isNowait, position);
  }

  private LockMode lockMode() {
    if (tokens.accept(Keyword.ACCESS)) {
      if (tokens.accept(Keyword.SHARE)) {
        return LockMode.ACCESS_SHARE;
      }
      tokens.expect(Keyword.EXCLUSIVE);
      return LockMode.ACCESS_EXCLUSIVE;
    }
    if (tokens.accept(Keyword.ROW)) {
      if (tokens.accept(Keyword.SHARE)) {
        return LockMode.ROW_SHARE;
      }
      tokens.expect(Keyword.EXCLUSIVE);
      return LockMode.ROW_EXCLUSIVE;
    }
    if (tokens.accept(Keyword.EXCLUSIVE)) {
      return LockMode.EXCLUSIVE;
    }
    tokens.expect(Keyword.SHARE);
    if (tokens.accept(Keyword.UPDATE)) {
      tokens.expect(Keyword.EXCLUSIVE);
      return LockMode.SHARE_UPDATE_EXCLUSIVE;
    }
    if (tokens.accept(Keyword.ROW)) {
      tokens.expect(Keyword.EXCLUSIVE);
      return LockMode.SHARE_ROW_EXCLUSIVE;
    }
    return LockMode.SHARE;
  }

  /** Reads TRUNCATE. */
  Statement truncate() {
    int position = tokens.expect(Keyword.TRUNCATE);
    tokens.accept(Keyword.TABLE);
    List<FromItem.Table> tables = grammar.names.list(grammar.froms::relation);
    boolean isRestart = tokens.accept(Keyword.RESTART);
    if (isRestart || tokens.accept(Keyword.CONTINUE)) {
      tokens.expect(Keyword.IDENTITY);
    }
    boolean isCascade = grammar.alterTables.cascade();
    return new TableStatement.Truncate(tables, isRestart, isCascade, position);
  }

  /** Reads LISTEN. */
  Statement listen() {
    int position = tokens.expect(Keyword.LISTEN);
    return new UtilityStatement.Listen(grammar.names.columnName(), position);
  }

  /** Reads UNLISTEN. */
  Statement unlisten() {
    int position = tokens.expect(Keyword.UNLISTEN);
    String channel = tokens.accept(TokenKind.STAR) ? null : grammar.names.columnName();
    return new UtilityStatement.Unlisten(channel, position);
  }

  /** Reads NOTIFY. */
  Statement notifyChannel() {
    int position = tokens.expect(Keyword.NOTIFY);
    String channel = grammar.names.columnName();
    String payload = tokens.accept(TokenKind.COMMA) ? tokens.expectString() : null;
    return new UtilityStatement.Notify(channel, payload, position);
  }

  /** Reads DISCARD. */
  Statement discard() {
    int position = tokens.expect(Keyword.DISCARD);
    DiscardTarget target;
    if (tokens.accept(Keyword.ALL)) {
      target = DiscardTarget.ALL;
    } else if (tokens.accept(Keyword.PLANS)) {
      target = DiscardTarget.PLANS;
    } else if (tokens.accept(Keyword.SEQUENCES)) {
      target = DiscardTarget.SEQUENCES;
    } else {
      if (!tokens.accept(Keyword.TEMPORARY)) {
        tokens.expect(Keyword.TEMP);
      }
      target = DiscardTarget.TEMP;
    }
    return new UtilityStatement.Discard(target, position);
  }

  /** Reads LOAD. */
  Statement load() {
    int position = tokens.expect(Keyword.LOAD);
    return new UtilityStatement.Load(tokens.expectString(), position);
  }

  /** Reads CALL. */
  Statement call() {
    int position = tokens.expect(Keyword.CALL);
    QualifiedName name = grammar.names.function();
    return new UtilityStatement.Call(grammar.calls.arguments(name), position);
  }
}
