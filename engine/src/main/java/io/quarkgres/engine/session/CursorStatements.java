package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DECLARE, FETCH, MOVE and CLOSE. Used by the session's thread. */
final class CursorStatements {
  private final ClientSession session;
  private final Map<String, Boolean> scrolls = new HashMap<>();

  CursorStatements(ClientSession session) {
    this.session = session;
  }

  Portal.RowSource declare(
      UtilityStatement.DeclareCursor statement, PreparedStatement whole, Column[] parameters) {
    if (statement.isHold()) {
      throw UtilityRunner.notBuilt("DECLARE CURSOR ... WITH HOLD");
    }
    if (!session.isInBlock()) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "DECLARE CURSOR can only be used in transaction blocks");
    }
    if (session.portals().containsKey(statement.name())) {
      throw new SqlException(
          SqlState.DUPLICATE_CURSOR, "cursor \"" + statement.name() + "\" already exists");
    }
    QueryRunner queries = session.queries();
    PlannedStatement planned = queries.locked(() -> queries.planInside(statement.query(), whole));
    List<ResultColumn> columns = planned.bound().columns();
    short[] formats = new short[columns.size()];
    java.util.Arrays.fill(formats, (short) (statement.isBinary() ? 1 : 0));
    // The snapshot is that of DECLARE, whatever is changed before the first FETCH.
    Portal.RowSource rows = queries.run(planned, parameters);
    session.addPortal(new Portal(statement.name(), columns, formats, () -> rows));
    // What was read is kept, so any cursor can go back; NO SCROLL forbids it.
    scrolls.put(statement.name(), !Boolean.FALSE.equals(statement.isScroll()));
    return Rows.none("DECLARE CURSOR");
  }

  private Portal portal(String name) {
    Portal portal = session.portals().get(name);
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
    Portal portal = session.portals().get(statement.cursor());
    return portal == null ? null : portal.columns();
  }

  short[] formats(UtilityStatement.Fetch statement) {
    return portal(statement.cursor()).formats();
  }

  Portal.RowSource fetch(UtilityStatement.Fetch statement) {
    Portal portal = portal(statement.cursor());
    boolean isScroll = scrolls.getOrDefault(statement.cursor(), true);
    List<Block> rows = portal.cursor().fetch(statement.direction(), statement.count(), isScroll);
    if (statement.isMove()) {
      return Rows.none("MOVE " + rows.size());
    }
    return Rows.of(rows, "FETCH #");
  }

  Portal.RowSource close(UtilityStatement.ClosePortal statement) {
    if (statement.cursor() == null) {
      session.closeCursors();
      return Rows.none("CLOSE CURSOR ALL");
    }
    portal(statement.cursor());
    session.closePortal(statement.cursor());
    return Rows.none("CLOSE CURSOR");
  }
}
