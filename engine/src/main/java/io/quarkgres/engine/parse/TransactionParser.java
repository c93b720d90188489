package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.IsolationLevel;
import io.quarkgres.engine.ast.UtilityStatement.TransactionModes;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;

/** Reads the statements that begin, end and divide transactions. Thread: one. */
final class TransactionParser {
  private final Grammar grammar;
  private final Tokens tokens;

  TransactionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads BEGIN. */
  Statement begin() {
    int position = tokens.expect(Keyword.BEGIN);
    workOrTransaction();
    return new UtilityStatement.Begin(false, modes(false), position);
  }

  /** Reads START TRANSACTION. */
  Statement start() {
    int position = tokens.expect(Keyword.START);
    tokens.expect(Keyword.TRANSACTION);
    return new UtilityStatement.Begin(true, modes(false), position);
  }

  private void workOrTransaction() {
    if (!tokens.accept(Keyword.WORK)) {
      tokens.accept(Keyword.TRANSACTION);
    }
  }

  /** Reads COMMIT or END. */
  Statement commit() {
    int position = tokens.position();
    boolean isCommit = tokens.at(Keyword.COMMIT);
    tokens.advance();
    if (isCommit && tokens.at(Keyword.PREPARED)) {
      throw ParseErrors.unsupported("COMMIT PREPARED", position);
    }
    workOrTransaction();
    return new UtilityStatement.Commit(chain(), position);
  }

  /** Reads ROLLBACK, also TO SAVEPOINT, or ABORT. */
  Statement rollback() {
    int position = tokens.position();
    boolean isRollback = tokens.at(Keyword.ROLLBACK);
    tokens.advance();
    if (isRollback && tokens.at(Keyword.PREPARED)) {
      throw ParseErrors.unsupported("ROLLBACK PREPARED", position);
    }
    workOrTransaction();
    if (isRollback && tokens.accept(Keyword.TO)) {
      return new UtilityStatement.RollbackToSavepoint(savepointName(), position);
    }
    return new UtilityStatement.Rollback(chain(), position);
  }

  private boolean chain() {
    if (!tokens.accept(Keyword.AND)) {
      return false;
    }
    boolean isNo = tokens.accept(Keyword.NO);
    tokens.expect(Keyword.CHAIN);
    return !isNo;
  }

  /** Reads SAVEPOINT. */
  Statement savepoint() {
    int position = tokens.expect(Keyword.SAVEPOINT);
    return new UtilityStatement.Savepoint(grammar.names.columnName(), position);
  }

  /** Reads RELEASE SAVEPOINT. */
  Statement release() {
    int position = tokens.expect(Keyword.RELEASE);
    return new UtilityStatement.ReleaseSavepoint(savepointName(), position);
  }

  private String savepointName() {
    if (grammar.names.isColumnName(1)) {
      tokens.accept(Keyword.SAVEPOINT);
    }
    return grammar.names.columnName();
  }

  /** Reads modes with commas or nothing between them; the last one of a kind holds. */
  TransactionModes modes(boolean isRequired) {
    TransactionModes modes = TransactionModes.NONE;
    boolean isFirst = true;
    while (true) {
      boolean isExpected = isFirst ? isRequired : tokens.accept(TokenKind.COMMA);
      TransactionModes next = tryMode(modes);
      if (next == null) {
        if (isExpected) {
          throw tokens.syntaxError();
        }
        return modes;
      }
      modes = next;
      isFirst = false;
    }
  }

  private TransactionModes tryMode(TransactionModes modes) {
    if (tokens.accept(Keyword.ISOLATION)) {
      tokens.expect(Keyword.LEVEL);
      return new TransactionModes(level(), modes.isReadOnly(), modes.isDeferrable());
    }
    if (tokens.accept(Keyword.READ)) {
      boolean isReadOnly = tokens.accept(Keyword.ONLY);
      if (!isReadOnly) {
        tokens.expect(Keyword.WRITE);
      }
      return new TransactionModes(modes.isolation(), isReadOnly, modes.isDeferrable());
    }
    boolean isNot = tokens.accept(Keyword.NOT);
    if (isNot || tokens.at(Keyword.DEFERRABLE)) {
      tokens.expect(Keyword.DEFERRABLE);
      return new TransactionModes(modes.isolation(), modes.isReadOnly(), !isNot);
    }
    return null;
  }

  private IsolationLevel level() {
    if (tokens.accept(Keyword.SERIALIZABLE)) {
      return IsolationLevel.SERIALIZABLE;
    }
    if (tokens.accept(Keyword.REPEATABLE)) {
      tokens.expect(Keyword.READ);
      return IsolationLevel.REPEATABLE_READ;
    }
    tokens.expect(Keyword.READ);
    if (tokens.accept(Keyword.COMMITTED)) {
      return IsolationLevel.READ_COMMITTED;
    }
    tokens.expect(Keyword.UNCOMMITTED);
    return IsolationLevel.READ_UNCOMMITTED;
  }
}
