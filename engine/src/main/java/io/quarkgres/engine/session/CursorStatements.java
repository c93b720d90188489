package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;
import java.util.List;

/** DECLARE, FETCH, MOVE and CLOSE. Used by the session's thread. */
final class CursorStatements {
  private final ClientSession session;

  CursorStatements(ClientSession session) {
    this.session = session;
  }

  Portal.RowSource declare(
      UtilityStatement.DeclareCursor statement, PreparedStatement whole, Column[] parameters) {
    if (!statement.isHold() && !session.transactions().isInBlock()) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "DECLARE CURSOR can only be used in transaction blocks");
    }
    session.portals().requireNew(statement.name());
    QueryRunner queries = session.queries();
    PlannedStatement planned = queries.locked(() -> queries.planInside(statement.query(), whole));
    refuseLocking(statement);
    List<ResultColumn> columns = planned.bound().columns();
    short[] formats = new short[columns.size()];
    Arrays.fill(formats, (short) (statement.isBinary() ? 1 : 0));
    // What was read is kept, so any cursor can go back; NO SCROLL forbids it.
    Portal.Declaration declaration =
        new Portal.Declaration(
            whole.parsed().sql(),
            statement.isHold(),
            statement.isBinary(),
            !Boolean.FALSE.equals(statement.isScroll()),
            session.statementMicros());
    // The snapshot is that of DECLARE, whatever is changed before the first FETCH.
    Portal.RowSource rows = queries.run(planned, parameters);
    Portal portal =
        new Portal(statement.name(), columns, formats, declaration, () -> rows).started(rows);
    portal.keeping(session.memory()::keptBlocks);
    try {
      session.portals().add(portal, session.transactions().depth());
    } catch (SqlException e) {
      portal.close();
      throw e;
    }
    return Rows.none("DECLARE CURSOR");
  }

  /** Rows that are locked must be read from the table, not from what the cursor keeps. */
  private static void refuseLocking(UtilityStatement.DeclareCursor statement) {
    if (statement.query().locking().isEmpty()) {
      return;
    }
    String lock = "FOR " + statement.query().locking().get(0).strength().name().replace('_', ' ');
    if (statement.isHold()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "DECLARE CURSOR WITH HOLD ... " + lock + " is not supported")
          .withDetail("Holdable cursors must be READ ONLY.");
    }
    if (Boolean.TRUE.equals(statement.isScroll())) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "DECLARE SCROLL CURSOR ... " + lock + " is not supported")
          .withDetail("Scrollable cursors must be READ ONLY.");
    }
    if (statement.isInsensitive()) {
      throw new SqlException(
              SqlState.INVALID_CURSOR_DEFINITION,
              "DECLARE INSENSITIVE CURSOR ... " + lock + " is not valid")
          .withDetail("Insensitive cursors must be READ ONLY.");
    }
  }

  private Portal portal(String name) {
    Portal portal = session.portals().find(name);
    if (portal == null) {
      throw new SqlException(
          SqlState.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist");
    }
    return portal;
  }

  List<ResultColumn> columns(UtilityStatement.Fetch statement) {
    if (statement.isMove()) {
      return null;
    }
    Portal portal = session.portals().find(statement.cursor());
    return portal == null ? null : portal.columns();
  }

  short[] formats(UtilityStatement.Fetch statement) {
    return portal(statement.cursor()).formats();
  }

  Portal.RowSource fetch(UtilityStatement.Fetch statement) {
    Portal portal = portal(statement.cursor());
    portal.keeping(session.memory()::keptBlocks);
    List<Block> rows = portal.fetch(statement.direction(), statement.count());
    if (statement.isMove()) {
      return Rows.none("MOVE " + rows.stream().mapToLong(Block::rowCount).sum());
    }
    return Rows.of(rows, "FETCH #");
  }

  Portal.RowSource close(UtilityStatement.ClosePortal statement) {
    if (statement.cursor() == null) {
      session.portals().closeNamed();
      return Rows.none("CLOSE CURSOR ALL");
    }
    portal(statement.cursor());
    session.portals().close(statement.cursor());
    return Rows.none("CLOSE CURSOR");
  }
}
