package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/**
 * Runs the statements that are not bound and planned: one arm a statement. Each gives the rows it
 * yields, if any, and its command tag. Used by the session's thread.
 */
final class UtilityRunner {
  private final ClientSession session;
  private final SettingStatements settings;
  private final ShowStatement show;
  private final TransactionStatements blocks;
  private final CursorStatements cursors;
  private final PreparedStatements prepared;
  private final ExplainStatement explain;
  private final CopyStatement copy;
  private DdlSession ddl;

  UtilityRunner(ClientSession session) {
    this.session = session;
    this.settings = new SettingStatements(session);
    this.show = new ShowStatement(session);
    this.blocks = new TransactionStatements(session);
    this.cursors = new CursorStatements(session);
    this.prepared = new PreparedStatements(session);
    this.explain = new ExplainStatement(session, prepared);
    this.copy = new CopyStatement(session);
  }

  DdlSession ddl() {
    if (ddl == null) {
      ddl = new DdlSession(session, prepared);
    }
    return ddl;
  }

  /** Returns the result columns of a utility statement, {@code null} when it yields no rows. */
  List<ResultColumn> columns(Statement statement) {
    return switch (statement) {
      case UtilityStatement.Show s -> show.columns(s);
      case UtilityStatement.Explain s -> explain.columns(s);
      case UtilityStatement.Execute s -> prepared.columns(s);
      case UtilityStatement.Fetch s -> cursors.columns(s);
      case UtilityStatement.TransactionStatement _,
          UtilityStatement.Set _,
          UtilityStatement.AlterSystem _,
          UtilityStatement.Prepare _,
          UtilityStatement.Deallocate _,
          UtilityStatement.DeclareCursor _,
          UtilityStatement.ClosePortal _,
          UtilityStatement.Copy _,
          UtilityStatement.MaintenanceStatement _,
          UtilityStatement.Lock _,
          UtilityStatement.ChannelStatement _,
          UtilityStatement.Discard _,
          UtilityStatement.CodeStatement _,
          Query _,
          DmlStatement _,
          DdlStatement _ ->
          null;
    };
  }

  /** Returns the types of the parameters of the query inside a utility statement. */
  List<SqlType> parameters(Statement statement, int[] declared) {
    return switch (statement) {
      case UtilityStatement.Explain s -> session.queries().parameters(s.statement(), declared);
      case UtilityStatement.DeclareCursor s -> session.queries().parameters(s.query(), declared);
      case UtilityStatement.TransactionStatement _,
          UtilityStatement.Set _,
          UtilityStatement.AlterSystem _,
          UtilityStatement.Show _,
          UtilityStatement.Prepare _,
          UtilityStatement.Execute _,
          UtilityStatement.Deallocate _,
          UtilityStatement.Fetch _,
          UtilityStatement.ClosePortal _,
          UtilityStatement.Copy _,
          UtilityStatement.MaintenanceStatement _,
          UtilityStatement.Lock _,
          UtilityStatement.ChannelStatement _,
          UtilityStatement.Discard _,
          UtilityStatement.CodeStatement _,
          Query _,
          DmlStatement _,
          DdlStatement _ ->
          List.of();
    };
  }

  /** Makes a portal of a utility statement. */
  Portal open(
      String name,
      PreparedStatement statement,
      Column[] parameters,
      short[] resultFormats,
      boolean isOneOfMany,
      Reply reply) {
    Statement syntax = statement.parsed().statement();
    List<ResultColumn> columns = columns(syntax);
    short[] formats = Formats.expand(resultFormats, columns == null ? 0 : columns.size());
    if (syntax instanceof UtilityStatement.Fetch fetch && columns != null) {
      short[] declared = cursors.formats(fetch);
      formats = resultFormats.length == 0 ? declared : formats;
    }
    return new Portal(
            name,
            columns,
            formats,
            session.opener().declaration(statement),
            () -> run(statement, parameters, isOneOfMany, reply))
        .shortOne(session.opener().isShort(statement))
        .endingFailedBlock(TransactionControl.endsFailedBlock(syntax));
  }

  private Portal.RowSource run(
      PreparedStatement statement, Column[] parameters, boolean isOneOfMany, Reply reply) {
    session.requireShort(session.opener().isShort(statement));
    Statement syntax = statement.parsed().statement();
    if (usesSnapshot(syntax)) {
      session.transaction().hasQueried();
    }
    return switch (syntax) {
      case UtilityStatement s -> runUtility(s, statement, parameters, isOneOfMany, reply);
      case DdlStatement s -> Rows.none(ddl().run(s, statement.parsed(), isOneOfMany, reply));
      case Query s -> Rows.none(ddl().selectInto(s, statement.parsed(), reply));
      case DmlStatement s -> throw notBuilt("this statement");
    };
  }

  /** Tells whether a statement looks at data or the catalog as a query does. */
  private static boolean usesSnapshot(Statement statement) {
    if (!(statement instanceof UtilityStatement utility)) {
      return true;
    }
    return switch (utility) {
      case UtilityStatement.TransactionStatement _,
          UtilityStatement.ChannelStatement _,
          UtilityStatement.Set _,
          UtilityStatement.AlterSystem _,
          UtilityStatement.Show _,
          UtilityStatement.Fetch _,
          UtilityStatement.Checkpoint _,
          UtilityStatement.Lock _ ->
          false;
      case UtilityStatement.Prepare _,
          UtilityStatement.Execute _,
          UtilityStatement.Deallocate _,
          UtilityStatement.DeclareCursor _,
          UtilityStatement.ClosePortal _,
          UtilityStatement.Explain _,
          UtilityStatement.Copy _,
          UtilityStatement.Vacuum _,
          UtilityStatement.Cluster _,
          UtilityStatement.Discard _,
          UtilityStatement.CodeStatement _ ->
          true;
    };
  }

  private Portal.RowSource runUtility(
      UtilityStatement statement,
      PreparedStatement whole,
      Column[] parameters,
      boolean isOneOfMany,
      Reply reply) {
    return switch (statement) {
      case UtilityStatement.TransactionStatement s -> blocks.run(s, reply);
      case UtilityStatement.ChannelStatement s -> channel(s);
      case UtilityStatement.MaintenanceStatement s -> maintenance(s, isOneOfMany);
      case UtilityStatement.CodeStatement s -> throw code(s);
      case UtilityStatement.Set s -> settings.set(s, reply);
      case UtilityStatement.AlterSystem s -> new AlterSystem(session).run(s, isOneOfMany);
      case UtilityStatement.Show s -> show.run(s);
      case UtilityStatement.Prepare s -> prepared.prepare(s, whole.parsed());
      case UtilityStatement.Execute s -> prepared.execute(s, reply);
      case UtilityStatement.Deallocate s -> prepared.deallocate(s);
      case UtilityStatement.DeclareCursor s -> cursors.declare(s, whole, parameters);
      case UtilityStatement.Fetch s -> cursors.fetch(s);
      case UtilityStatement.ClosePortal s -> cursors.close(s);
      case UtilityStatement.Explain s -> explain.run(s, whole, parameters);
      case UtilityStatement.Copy s -> copy.run(s, whole.parsed(), reply);
      case UtilityStatement.Lock s -> new LockTables(session).run(s);
      case UtilityStatement.Discard s -> discard(s, isOneOfMany);
    };
  }

  private Portal.RowSource channel(UtilityStatement.ChannelStatement statement) {
    return switch (statement) {
      case UtilityStatement.Listen s -> listen(s);
      case UtilityStatement.Notify s -> notify(s);
      case UtilityStatement.Unlisten s -> unlisten(s);
    };
  }

  private Portal.RowSource maintenance(
      UtilityStatement.MaintenanceStatement statement, boolean isOneOfMany) {
    return switch (statement) {
      case UtilityStatement.Vacuum s -> vacuum(s, isOneOfMany);
      case UtilityStatement.Cluster s -> throw notBuilt("CLUSTER");
      case UtilityStatement.Checkpoint s -> {
        session.engine().storage().checkpoint();
        yield Rows.none("CHECKPOINT");
      }
    };
  }

  private static SqlException code(UtilityStatement.CodeStatement statement) {
    return switch (statement) {
      case UtilityStatement.Load s -> notBuilt("LOAD");
      case UtilityStatement.Do s -> notBuilt("DO");
      case UtilityStatement.Call s -> notBuilt("CALL");
    };
  }

  static SqlException notBuilt(String what) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported yet");
  }

  /** There is nothing to vacuum: old versions go as soon as no snapshot needs them. */
  private Portal.RowSource vacuum(UtilityStatement.Vacuum s, boolean isOneOfMany) {
    if (s.isVacuum()) {
      session.transactions().preventInBlock("VACUUM", isOneOfMany);
    }
    for (UtilityStatement.VacuumRelation relation : s.relations()) {
      RelationEntry found = RelationLookup.require(session, relation.name());
      for (String column : relation.columns()) {
        RelationLookup.requireColumn(found, column);
      }
    }
    session.engine().storage().reclaim();
    return Rows.none(s.isVacuum() ? "VACUUM" : "ANALYZE");
  }

  private Portal.RowSource listen(UtilityStatement.Listen s) {
    session.transaction().channels().listen(s.channel());
    return Rows.none("LISTEN");
  }

  private Portal.RowSource notify(UtilityStatement.Notify s) {
    String payload = s.payload() == null ? "" : s.payload();
    session.transaction().channels().notify(s.channel(), payload);
    return Rows.none("NOTIFY");
  }

  private Portal.RowSource unlisten(UtilityStatement.Unlisten s) {
    session.transaction().channels().unlisten(s.channel());
    return Rows.none("UNLISTEN");
  }

  private Portal.RowSource discard(UtilityStatement.Discard s, boolean isOneOfMany) {
    return switch (s.target()) {
      case ALL -> {
        session.transactions().preventInBlock("DISCARD ALL", isOneOfMany);
        session.portals().closeNamed();
        session.statements().removeAll();
        session.settings().resetAll();
        session.transaction().channels().unlisten(null);
        session.engine().storage().locks().releaseAll(session);
        ddl().dropTemporaryTables();
        session.environment().service(SessionServices.SequenceMemory.class).forget();
        yield Rows.none("DISCARD ALL");
      }
      case PLANS -> Rows.none("DISCARD PLANS");
      case SEQUENCES -> {
        session.environment().service(SessionServices.SequenceMemory.class).forget();
        yield Rows.none("DISCARD SEQUENCES");
      }
      case TEMP -> {
        ddl().dropTemporaryTables();
        yield Rows.none("DISCARD TEMP");
      }
    };
  }
}
