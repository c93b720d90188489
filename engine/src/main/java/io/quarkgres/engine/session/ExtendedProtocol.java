package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import java.util.List;

/**
 * The extended protocol: a statement is parsed, bound to parameters and executed by messages of
 * their own; an implicit transaction lasts until Sync. Used by the session's thread.
 */
final class ExtendedProtocol {
  /** The most bytes of parameters that are decoded on an event loop. */
  private static final int SHORT_PARAMETERS_MAX = 16 << 10;

  private final ClientSession session;

  ExtendedProtocol(ClientSession session) {
    this.session = session;
  }

  void parse(String name, String sql, int[] parameterTypes, Reply reply) {
    PlanCache.Kept known = session.queries().find(sql, parameterTypes);
    session.requireShort(known != null || TransactionWords.isOne(sql));
    session.takeStatementTime();
    session.beginStatement(sql, null);
    try {
      ParsedStatement parsed = known == null ? parseOne(sql, reply) : known.parsed();
      if (parsed != null) {
        session.transactions().enter(parsed.statement());
      }
      if (name.isEmpty()) {
        session.statements().remove("");
      }
      session.statements().prepare(name, sql, parsed, parameterTypes, false);
    } catch (RuntimeException | StackOverflowError e) {
      throw ClientSession.translated(e);
    } finally {
      session.endStatement();
    }
  }

  private ParsedStatement parseOne(String sql, Reply reply) {
    List<ParsedStatement> list = session.parsed(sql, reply);
    if (list.size() > 1) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
    }
    return list.isEmpty() ? null : list.getFirst();
  }

  void bind(
      String portalName,
      String statementName,
      short[] parameterFormats,
      byte[][] values,
      short[] resultFormats,
      Reply reply) {
    PreparedStatement statement = session.statements().require(statementName);
    session.requireShort(
        session.opener().isShort(statement) && size(values) <= SHORT_PARAMETERS_MAX);
    session.takeStatementTime();
    session.beginStatement(statement.sql(), null);
    try {
      if (statement.parsed() != null) {
        session.transactions().enter(statement.parsed().statement());
      }
      Column[] parameters =
          ParameterDecoder.decode(statement, parameterFormats, values, session.types());
      if (portalName.isEmpty()) {
        session.portals().close("");
      } else {
        session.portals().requireNew(portalName);
      }
      Portal portal =
          session.opener().open(portalName, statement, parameters, resultFormats, false, reply);
      session.portals().add(portal, session.transactions().depth());
    } catch (RuntimeException | StackOverflowError e) {
      throw ClientSession.translated(e);
    } finally {
      session.endStatement();
    }
  }

  private static long size(byte[][] values) {
    long result = 0;
    for (byte[] value : values) {
      result += value == null ? 0 : value.length;
    }
    return result;
  }

  Session.StatementDescription describeStatement(String name) {
    session.requireShort(true);
    PreparedStatement statement = session.statements().require(name);
    if (statement.columns() != null) {
      session.transactions().requireNotFailed();
    }
    return new Session.StatementDescription(statement.parameters(), statement.columns());
  }

  Session.PortalDescription describePortal(String name) {
    session.requireShort(true);
    Portal portal = session.portals().require(name);
    if (portal.columns() != null) {
      session.transactions().requireNotFailed();
    }
    return new Session.PortalDescription(portal.columns(), portal.formats());
  }

  void execute(String name, int maxRows, Reply reply) {
    Portal portal = session.portals().require(name);
    session.requireShort(portal.isShort());
    SessionTransaction transaction = session.transaction();
    if (transaction != null && !portal.isShort()) {
      transaction.ranLong();
    }
    session.takeStatementTime();
    session.beginStatement(portal.declaration().sql(), reply);
    try {
      if (!portal.mayRunInFailedBlock()) {
        session.transactions().requireNotFailed();
      }
      if (portal.isDone() && portal.columns() == null) {
        throw new SqlException(
            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
      }
      session.transactions().undoneIfItWaits(() -> portal.run(maxRows, reply)).tell(reply);
    } catch (WouldWait wait) {
      throw wait;
    } catch (RuntimeException | StackOverflowError e) {
      if (!session.transactions().isFailed()) {
        session.portals().close(name);
      }
      throw ClientSession.translated(e);
    } finally {
      session.endStatement();
    }
  }

  void sync() {
    TransactionControl transactions = session.transactions();
    session.requireShort(!transactions.isImplicit() || transactions.isEndShort());
    // A cancel that came after the last statement is not meant for the commit.
    session.interruptions().clear();
    try {
      transactions.endImplicit();
    } catch (RuntimeException | StackOverflowError e) {
      transactions.failed();
      throw ClientSession.translated(e);
    }
  }
}
