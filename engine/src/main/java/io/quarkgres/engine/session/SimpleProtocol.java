package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.WouldWait;
import java.util.List;

/**
 * The simple protocol: a string of statements, run one after the other in one implicit transaction.
 * Used by the session's thread.
 */
final class SimpleProtocol {
  private static final int[] NO_TYPES = {};
  private static final Column[] NO_PARAMETERS = {};
  private static final short[] ALL_TEXT = {};

  private final ClientSession session;

  SimpleProtocol(ClientSession session) {
    this.session = session;
  }

  /** Runs a query string; its implicit transaction has ended when this returns or raises. */
  void run(String sql, Reply reply) {
    PlanCache.Kept known = session.queries().find(sql, NO_TYPES);
    session.requireShort(known != null && known.plan().bound().isReadOnly());
    session.takeStatementTime();
    session.beginStatement(sql, reply);
    try {
      session.portals().close("");
      session.statements().remove("");
      List<ParsedStatement> list =
          known != null ? List.of(known.parsed()) : session.parsed(sql, reply);
      runAll(list, reply);
    } catch (WouldWait wait) {
      session.transactions().undoImplicit();
      throw wait;
    } catch (RuntimeException | StackOverflowError e) {
      session.transactions().failed();
      throw ClientSession.translated(e);
    } finally {
      session.endStatement();
    }
  }

  private void runAll(List<ParsedStatement> list, Reply reply) {
    if (list.isEmpty()) {
      reply.emptyQuery();
    }
    Portal.Outcome last = null;
    for (ParsedStatement statement : list) {
      if (last != null) {
        last.tell(reply);
      }
      last = run(statement, list.size() > 1, reply);
    }
    // The last statement is complete when its implicit transaction is committed.
    session.transactions().endImplicit();
    if (last != null) {
      last.tell(reply);
    }
  }

  private Portal.Outcome run(ParsedStatement parsed, boolean isOneOfMany, Reply reply) {
    session.interruptions().timeouts().statementBegins();
    session.transactions().enter(parsed.statement());
    if (!session.isOnEventLoop()) {
      session.transaction().ranLong();
    }
    PreparedStatement statement =
        PreparedStatement.unnamed(parsed.sql(), parsed, session.statementMicros());
    Portal portal =
        session.opener().open("", statement, NO_PARAMETERS, ALL_TEXT, isOneOfMany, reply);
    session.requireShort(portal.isShort());
    try {
      if (portal.columns() != null) {
        reply.rowDescription(portal.columns(), portal.formats());
      }
      return portal.run(0, reply);
    } finally {
      portal.close();
    }
  }
}
