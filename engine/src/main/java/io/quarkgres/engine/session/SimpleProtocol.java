package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.literal.LiteralRows;
import io.quarkgres.engine.parse.literal.Literals;
import io.quarkgres.engine.session.cache.BulkRows;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.StatementTemplate;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.WouldWait;
import java.util.Deque;
import java.util.List;

/**
 * The simple protocol: a string of statements, run one after the other in one implicit transaction.
 * One statement that came before with other literals is run by its {@link StatementTemplate}. Used
 * by the session's thread.
 */
final class SimpleProtocol {
  private static final int[] NO_TYPES = {};
  private static final Column[] NO_PARAMETERS = {};
  private static final short[] ALL_TEXT = {};

  private final ClientSession session;

  SimpleProtocol(ClientSession session) {
    this.session = session;
  }

  /** A statement that is ready to be run, with the values of its parameters. */
  private record Ready(PreparedStatement statement, Column[] parameters) {}

  /** Runs a query string; its implicit transaction has ended when this returns or raises. */
  void run(String sql, Reply reply) {
    boolean mayBeBulk = BulkInserts.mayBeOne(sql);
    session.requireShort(!mayBeBulk);
    session.takeStatementTime();
    boolean readsStandard = session.environment().readsStandardStrings();
    LiteralRows rows = mayBeBulk && readsStandard ? LiteralRows.of(sql) : null;
    Literals literals = readsStandard && rows == null ? Literals.of(sql) : null;
    Ready ready = literals == null ? null : byTemplate(sql, literals);
    PlanCache.Kept known = ready != null ? null : session.queries().find(sql, NO_TYPES);
    session.requireShort(isShort(sql, ready, known));
    session.beginStatement(sql, reply);
    try {
      session.portals().close("");
      session.statements().remove("");
      if (ready != null) {
        runAlone(ready, reply);
      } else if (rows != null && ranInBulk(sql, rows, reply)) {
        return;
      } else if (known != null) {
        runAll(List.of(known.parsed()), null, reply);
      } else {
        runAll(session.parsed(sql, reply), literals, reply);
      }
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

  /** Returns a statement whose template is there and whose literals can be read. */
  private Ready byTemplate(String sql, Literals literals) {
    StatementTemplate template = session.engine().templates().find(literals, session);
    Column[] values =
        template == null ? null : template.parameters(literals, session.environment());
    return values == null
        ? null
        : new Ready(PreparedStatement.of(sql, template, session.environment()), values);
  }

  /** Tells whether it may be short: what it really is shows when its portal is open. */
  private static boolean isShort(String sql, Ready ready, PlanCache.Kept known) {
    return ready != null || known != null || TransactionWords.isOne(sql);
  }

  private void runAlone(Ready ready, Reply reply) {
    end(run(ready, false, reply), reply);
  }

  private void end(Portal.Outcome outcome, Reply reply) {
    session.transactions().endImplicit();
    outcome.tell(reply);
  }

  /** Runs an INSERT of rows of literals by feeding them, if that can be; returns whether it was. */
  private boolean ranInBulk(String sql, LiteralRows rows, Reply reply) {
    session.transactions().enterQuery();
    session.transaction().ranLong();
    BulkInsert insert = session.engine().bulkInserts().get(rows, session);
    Deque<Block> blocks =
        insert == null ? null : BulkRows.read(sql, rows, insert.columns(), session.types());
    if (blocks == null) {
      return false;
    }
    PreparedStatement statement = PreparedStatement.of(sql, insert, session.environment());
    Portal portal = session.queries().openFed(statement, blocks);
    if (portal == null) {
      return false;
    }
    end(run(portal, reply), reply);
    return true;
  }

  private void runAll(List<ParsedStatement> list, Literals literals, Reply reply) {
    if (list.isEmpty()) {
      reply.emptyQuery();
    }
    Portal.Outcome last = null;
    for (ParsedStatement parsed : list) {
      if (last != null) {
        last.tell(reply);
      }
      if (literals != null && list.size() == 1 && QueryRunner.isQuery(parsed.statement())) {
        session.transactions().enter(parsed.statement());
        session.engine().templates().learn(literals, parsed, session);
      }
      PreparedStatement statement =
          PreparedStatement.unnamed(parsed.sql(), parsed, session.statementMicros());
      last = run(new Ready(statement, NO_PARAMETERS), list.size() > 1, reply);
    }
    // The last statement is complete when its implicit transaction is committed.
    session.transactions().endImplicit();
    if (last != null) {
      last.tell(reply);
    }
  }

  private Portal.Outcome run(Ready ready, boolean isOneOfMany, Reply reply) {
    session.interruptions().timeouts().statementBegins();
    session.transactions().enter(ready.statement().parsed().statement());
    Portal portal =
        session
            .opener()
            .open("", ready.statement(), ready.parameters(), ALL_TEXT, isOneOfMany, reply);
    session.requireShort(portal.isShort());
    if (!portal.isShort()) {
      session.transaction().ranLong();
    }
    return run(portal, reply);
  }

  private Portal.Outcome run(Portal portal, Reply reply) {
    try {
      if (portal.columns() != null) {
        reply.rowDescription(portal.columns(), portal.formats());
      }
      return session.transactions().undoneIfItWaits(() -> portal.run(0, reply));
    } finally {
      portal.close();
    }
  }
}
