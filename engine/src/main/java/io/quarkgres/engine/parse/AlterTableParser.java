package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.AlterTableAction.FiringMode;
import io.quarkgres.engine.ast.AlterTableAction.ReplicaIdentityKind;
import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads the actions of ALTER TABLE and of its kin. Thread: one. */
final class AlterTableParser {
  private final Grammar grammar;
  private final Tokens tokens;

  AlterTableParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads {@code action, action, ...}. */
  List<AlterTableAction> actions(ObjectKind kind) {
    return grammar.names.list(() -> action(kind));
  }

  /** Reads {@code CASCADE} or {@code RESTRICT} if there; returns whether it was CASCADE. */
  boolean cascade() {
    if (tokens.accept(Keyword.CASCADE)) {
      return true;
    }
    tokens.accept(Keyword.RESTRICT);
    return false;
  }

  /** Reads {@code IF EXISTS} if there. */
  boolean ifExists() {
    return tokens.accept(Keyword.IF, Keyword.EXISTS);
  }

  private AlterTableAction action(ObjectKind kind) {
    int position = tokens.position();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case ADD -> add(position);
      case DROP -> drop(position);
      case ALTER -> alter(position);
      case VALIDATE -> {
        tokens.advance();
        tokens.expect(Keyword.CONSTRAINT);
        yield new AlterTableAction.ValidateConstraint(grammar.names.columnName(), position);
      }
      case OWNER -> {
        tokens.advance();
        tokens.expect(Keyword.TO);
        yield new AlterTableAction.Owner(grammar.names.role(), position);
      }
      case SET -> set(position);
      case RESET -> {
        tokens.advance();
        yield new AlterTableAction.StorageOptions(true, grammar.options.storage(), position);
      }
      case ENABLE, DISABLE -> firing(position);
      case FORCE, NO -> forceOrInherit(position);
      case REPLICA -> replicaIdentity(position);
      case INHERIT -> {
        tokens.advance();
        yield new AlterTableAction.Inherit(grammar.names.relation(), false, position);
      }
      case CLUSTER -> {
        tokens.advance();
        tokens.expect(Keyword.ON);
        yield new AlterTableAction.ClusterOn(grammar.names.columnName(), position);
      }
      case OF -> {
        tokens.advance();
        yield new AlterTableAction.OfType(grammar.names.any(), position);
      }
      case NOT -> {
        tokens.advance();
        tokens.expect(Keyword.OF);
        yield new AlterTableAction.OfType(null, position);
      }
      case ATTACH -> attach(kind, position);
      case DETACH -> detach(position);
      case OPTIONS -> throw ParseErrors.unsupported("ALTER TABLE ... OPTIONS", position);
      default -> throw tokens.syntaxError();
    };
  }

  private AlterTableAction add(int position) {
    tokens.expect(Keyword.ADD);
    if (grammar.constraints.beginsConstraint()) {
      TableConstraint constraint = grammar.constraints.constraint();
      return new AlterTableAction.AddConstraint(constraint, position);
    }
    tokens.accept(Keyword.COLUMN);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    return new AlterTableAction.AddColumn(grammar.columns.column(), isIfNotExists, position);
  }

  private AlterTableAction drop(int position) {
    tokens.expect(Keyword.DROP);
    boolean isConstraint = tokens.accept(Keyword.CONSTRAINT);
    if (!isConstraint) {
      tokens.accept(Keyword.COLUMN);
    }
    boolean isIfExists = ifExists();
    String name = grammar.names.columnName();
    boolean isCascade = cascade();
    return isConstraint
        ? new AlterTableAction.DropConstraint(name, isIfExists, isCascade, position)
        : new AlterTableAction.DropColumn(name, isIfExists, isCascade, position);
  }

  private AlterTableAction alter(int position) {
    tokens.expect(Keyword.ALTER);
    if (tokens.accept(Keyword.CONSTRAINT)) {
      String name = grammar.names.columnName();
      TableConstraint.Deferral deferral =
          grammar.constraints.deferralOnly("ALTER CONSTRAINT statement");
      return new AlterTableAction.AlterConstraint(name, deferral, position);
    }
    return grammar.alterColumns.action(position);
  }

  private AlterTableAction set(int position) {
    tokens.expect(Keyword.SET);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return new AlterTableAction.StorageOptions(false, grammar.options.storage(), position);
    }
    if (tokens.accept(Keyword.LOGGED)) {
      return new AlterTableAction.Logged(true, position);
    }
    if (tokens.accept(Keyword.UNLOGGED)) {
      return new AlterTableAction.Logged(false, position);
    }
    if (tokens.accept(Keyword.TABLESPACE)) {
      return new AlterTableAction.Tablespace(grammar.names.columnName(), position);
    }
    if (tokens.accept(Keyword.ACCESS)) {
      tokens.expect(Keyword.METHOD);
      return new AlterTableAction.AccessMethod(grammar.names.columnName(), position);
    }
    tokens.expect(Keyword.WITHOUT);
    if (tokens.accept(Keyword.CLUSTER)) {
      return new AlterTableAction.ClusterOn(null, position);
    }
    tokens.expect(Keyword.OIDS);
    return new AlterTableAction.WithoutOids(position);
  }

  private AlterTableAction firing(int position) {
    boolean isEnable = tokens.at(Keyword.ENABLE);
    tokens.advance();
    if (tokens.accept(Keyword.ROW)) {
      tokens.expect(Keyword.LEVEL, Keyword.SECURITY);
      return new AlterTableAction.RowSecurity(isEnable, position);
    }
    FiringMode mode = isEnable ? FiringMode.ENABLE : FiringMode.DISABLE;
    if (isEnable && tokens.accept(Keyword.REPLICA)) {
      mode = FiringMode.ENABLE_REPLICA;
    } else if (isEnable && tokens.accept(Keyword.ALWAYS)) {
      mode = FiringMode.ENABLE_ALWAYS;
    }
    if (tokens.accept(Keyword.RULE)) {
      String rule = grammar.names.columnName();
      return new AlterTableAction.Firing(ObjectKind.RULE, mode, rule, false, position);
    }
    tokens.expect(Keyword.TRIGGER);
    boolean isPlain = mode == FiringMode.ENABLE || mode == FiringMode.DISABLE;
    boolean isUser = isPlain && tokens.accept(Keyword.USER);
    boolean isAll = isUser || (isPlain && tokens.accept(Keyword.ALL));
    String name = isAll ? null : grammar.names.columnName();
    return new AlterTableAction.Firing(ObjectKind.TRIGGER, mode, name, isUser, position);
  }

  private AlterTableAction forceOrInherit(int position) {
    boolean isNo = tokens.accept(Keyword.NO);
    if (isNo && tokens.accept(Keyword.INHERIT)) {
      return new AlterTableAction.Inherit(grammar.names.relation(), true, position);
    }
    tokens.expect(Keyword.FORCE);
    tokens.expect(Keyword.ROW);
    tokens.expect(Keyword.LEVEL, Keyword.SECURITY);
    return new AlterTableAction.ForceRowSecurity(!isNo, position);
  }

  private AlterTableAction replicaIdentity(int position) {
    tokens.expect(Keyword.REPLICA, Keyword.IDENTITY);
    if (tokens.accept(Keyword.NOTHING)) {
      return new AlterTableAction.ReplicaIdentity(ReplicaIdentityKind.NOTHING, null, position);
    }
    if (tokens.accept(Keyword.FULL)) {
      return new AlterTableAction.ReplicaIdentity(ReplicaIdentityKind.FULL, null, position);
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return new AlterTableAction.ReplicaIdentity(ReplicaIdentityKind.DEFAULT, null, position);
    }
    tokens.expect(Keyword.USING, Keyword.INDEX);
    String index = grammar.names.columnName();
    return new AlterTableAction.ReplicaIdentity(ReplicaIdentityKind.INDEX, index, position);
  }

  private AlterTableAction attach(ObjectKind kind, int position) {
    tokens.expect(Keyword.ATTACH, Keyword.PARTITION);
    QualifiedName partition = grammar.names.relation();
    TableStatement.PartitionBound bound =
        kind == ObjectKind.INDEX ? null : grammar.partitions.bound();
    return new AlterTableAction.AttachPartition(partition, bound, position);
  }

  private AlterTableAction detach(int position) {
    tokens.expect(Keyword.DETACH, Keyword.PARTITION);
    QualifiedName partition = grammar.names.relation();
    boolean isConcurrently = tokens.accept(Keyword.CONCURRENTLY);
    boolean isFinalize = !isConcurrently && tokens.accept(Keyword.FINALIZE);
    return new AlterTableAction.DetachPartition(partition, isConcurrently, isFinalize, position);
  }
}
