package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;

/** Reads one statement: looks at its first word and hands over. Thread: one. */
final class StatementParser {
  private final Grammar grammar;
  private final Tokens tokens;

  StatementParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads a statement. */
  Statement statement() {
    tokens.enter();
    Statement statement = byFirstWord();
    tokens.leave();
    return statement;
  }

  private Statement byFirstWord() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      if (tokens.at(TokenKind.LEFT_PAREN)) {
        return grammar.selects.query();
      }
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE, MERGE -> grammar.withs.preparable();
      case CREATE -> grammar.creates.create();
      case ALTER -> grammar.alters.alter();
      case DROP -> grammar.objects.drop();
      case COMMENT -> grammar.objects.comment();
      case GRANT -> grammar.grants.grant();
      case REVOKE -> grammar.grants.revoke();
      case REASSIGN -> grammar.roles.reassignOwned();
      case REFRESH -> grammar.views.refresh();
      case REINDEX -> grammar.indexes.reindex();
      case TRUNCATE -> grammar.maintenance.truncate();
      default -> utility(keyword);
    };
  }

  private Statement utility(Keyword keyword) {
    return switch (keyword) {
      case BEGIN -> grammar.transactions.begin();
      case START -> grammar.transactions.start();
      case COMMIT, END -> grammar.transactions.commit();
      case ROLLBACK, ABORT -> grammar.transactions.rollback();
      case SAVEPOINT -> grammar.transactions.savepoint();
      case RELEASE -> grammar.transactions.release();
      case SET -> grammar.settings.set();
      case RESET -> grammar.settings.reset();
      case SHOW -> grammar.settings.show();
      case PREPARE -> grammar.prepared.prepare();
      case EXECUTE -> grammar.prepared.execute();
      case DEALLOCATE -> grammar.prepared.deallocate();
      case DECLARE -> grammar.prepared.declare();
      case FETCH, MOVE -> grammar.prepared.fetch();
      case CLOSE -> grammar.prepared.close();
      case COPY -> grammar.copies.copy();
      case EXPLAIN -> grammar.maintenance.explain();
      case VACUUM -> grammar.maintenance.vacuum();
      case ANALYZE, ANALYSE -> grammar.maintenance.analyze();
      case CLUSTER -> grammar.maintenance.cluster();
      case CHECKPOINT -> grammar.maintenance.checkpoint();
      case LOCK -> grammar.maintenance.lock();
      case LISTEN -> grammar.maintenance.listen();
      case UNLISTEN -> grammar.maintenance.unlisten();
      case NOTIFY -> grammar.maintenance.notifyChannel();
      case DISCARD -> grammar.maintenance.discard();
      case LOAD -> grammar.maintenance.load();
      case DO -> grammar.routines.doBlock();
      case CALL -> grammar.maintenance.call();
      case IMPORT -> throw ParseErrors.unsupported("IMPORT FOREIGN SCHEMA", tokens.position());
      case SECURITY -> throw ParseErrors.unsupported("SECURITY LABEL", tokens.position());
      default -> throw tokens.syntaxError();
    };
  }
}
