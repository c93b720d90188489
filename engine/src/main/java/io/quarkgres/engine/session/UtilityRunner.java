package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the statements that are not bound and planned: one arm a statement. Each gives the rows it
 * yields, if any, and its command tag. Used by the session's thread.
 */
final class UtilityRunner {
  private final ClientSession session;
  private final SettingStatements settings;
  private final CursorStatements cursors;
  private final PreparedStatements prepared;
  private final ExplainStatement explain;
  private final CopyStatement copy;
  private DdlSession ddl;

  UtilityRunner(ClientSession session) {
    this.session = session;
    this.settings = new SettingStatements(session);
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
      case UtilityStatement.Show s -> settings.showColumns(s);
      case UtilityStatement.Explain s -> explain.columns(s);
      case UtilityStatement.Execute s -> prepared.columns(s);
      case UtilityStatement.Fetch s -> cursors.columns(s);
      case UtilityStatement.Begin _,
          UtilityStatement.Commit _,
          UtilityStatement.Rollback _,
          UtilityStatement.Savepoint _,
          UtilityStatement.ReleaseSavepoint _,
          UtilityStatement.RollbackToSavepoint _,
          UtilityStatement.Set _,
          UtilityStatement.AlterSystem _,
          UtilityStatement.SetTransaction _,
          UtilityStatement.SetSessionCharacteristics _,
          UtilityStatement.SetConstraints _,
          UtilityStatement.Prepare _,
          UtilityStatement.Deallocate _,
          UtilityStatement.DeclareCursor _,
          UtilityStatement.ClosePortal _,
          UtilityStatement.Copy _,
          UtilityStatement.Vacuum _,
          UtilityStatement.Cluster _,
          UtilityStatement.Checkpoint _,
          UtilityStatement.Lock _,
          UtilityStatement.Listen _,
          UtilityStatement.Notify _,
          UtilityStatement.Unlisten _,
          UtilityStatement.Discard _,
          UtilityStatement.Load _,
          UtilityStatement.Do _,
          UtilityStatement.Call _,
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
      case UtilityStatement.Begin _,
          UtilityStatement.Commit _,
          UtilityStatement.Rollback _,
          UtilityStatement.Savepoint _,
          UtilityStatement.ReleaseSavepoint _,
          UtilityStatement.RollbackToSavepoint _,
          UtilityStatement.Set _,
          UtilityStatement.AlterSystem _,
          UtilityStatement.SetTransaction _,
          UtilityStatement.SetSessionCharacteristics _,
          UtilityStatement.SetConstraints _,
          UtilityStatement.Show _,
          UtilityStatement.Prepare _,
          UtilityStatement.Execute _,
          UtilityStatement.Deallocate _,
          UtilityStatement.Fetch _,
          UtilityStatement.ClosePortal _,
          UtilityStatement.Copy _,
          UtilityStatement.Vacuum _,
          UtilityStatement.Cluster _,
          UtilityStatement.Checkpoint _,
          UtilityStatement.Lock _,
          UtilityStatement.Listen _,
          UtilityStatement.Notify _,
          UtilityStatement.Unlisten _,
          UtilityStatement.Discard _,
          UtilityStatement.Load _,
          UtilityStatement.Do _,
          UtilityStatement.Call _,
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
      case UtilityStatement.Begin s -> false;
      case UtilityStatement.Commit s -> false;
      case UtilityStatement.Rollback s -> false;
      case UtilityStatement.Savepoint s -> false;
      case UtilityStatement.ReleaseSavepoint s -> false;
      case UtilityStatement.RollbackToSavepoint s -> false;
      case UtilityStatement.Set s -> false;
      case UtilityStatement.AlterSystem s -> false;
      case UtilityStatement.SetTransaction s -> false;
      case UtilityStatement.SetSessionCharacteristics s -> false;
      case UtilityStatement.SetConstraints s -> false;
      case UtilityStatement.Show s -> false;
      case UtilityStatement.Fetch s -> false;
      case UtilityStatement.Checkpoint s -> false;
      case UtilityStatement.Lock s -> false;
      case UtilityStatement.Listen s -> false;
      case UtilityStatement.Unlisten s -> false;
      case UtilityStatement.Notify s -> false;
      case UtilityStatement.Prepare s -> true;
      case UtilityStatement.Execute s -> true;
      case UtilityStatement.Deallocate s -> true;
      case UtilityStatement.DeclareCursor s -> true;
      case UtilityStatement.ClosePortal s -> true;
      case UtilityStatement.Explain s -> true;
      case UtilityStatement.Copy s -> true;
      case UtilityStatement.Vacuum s -> true;
      case UtilityStatement.Discard s -> true;
      case UtilityStatement.Cluster s -> true;
      case UtilityStatement.Load s -> true;
      case UtilityStatement.Do s -> true;
      case UtilityStatement.Call s -> true;
    };
  }

  private Portal.RowSource runUtility(
      UtilityStatement statement,
      PreparedStatement whole,
      Column[] parameters,
      boolean isOneOfMany,
      Reply reply) {
    return switch (statement) {
      case UtilityStatement.Begin s -> begin(s, reply);
      case UtilityStatement.Commit s ->
          Rows.none(session.transactions().commitBlock(s.isChain(), reply));
      case UtilityStatement.Rollback s ->
          Rows.none(session.transactions().rollbackBlock(s.isChain(), reply));
      case UtilityStatement.Savepoint s -> savepoint(s);
      case UtilityStatement.ReleaseSavepoint s -> release(s);
      case UtilityStatement.RollbackToSavepoint s -> rollbackTo(s);
      case UtilityStatement.Set s -> settings.set(s, reply);
      case UtilityStatement.AlterSystem s -> new AlterSystem(session).run(s, isOneOfMany);
      case UtilityStatement.SetTransaction s -> settings.setTransaction(s, reply);
      case UtilityStatement.SetSessionCharacteristics s -> settings.setCharacteristics(s);
      case UtilityStatement.SetConstraints s -> setConstraints(s, reply);
      case UtilityStatement.Show s -> settings.show(s);
      case UtilityStatement.Prepare s -> prepared.prepare(s, whole.parsed());
      case UtilityStatement.Execute s -> prepared.execute(s, reply);
      case UtilityStatement.Deallocate s -> prepared.deallocate(s);
      case UtilityStatement.DeclareCursor s -> cursors.declare(s, whole, parameters);
      case UtilityStatement.Fetch s -> cursors.fetch(s);
      case UtilityStatement.ClosePortal s -> cursors.close(s);
      case UtilityStatement.Explain s -> explain.run(s, whole, parameters);
      case UtilityStatement.Copy s -> copy.run(s, whole.parsed(), reply);
      case UtilityStatement.Vacuum s -> vacuum(s, isOneOfMany);
      case UtilityStatement.Checkpoint s -> {
        session.engine().storage().checkpoint();
        yield Rows.none("CHECKPOINT");
      }
      case UtilityStatement.Lock s -> new LockTables(session).run(s);
      case UtilityStatement.Listen s -> listen(s);
      case UtilityStatement.Notify s -> notify(s);
      case UtilityStatement.Unlisten s -> unlisten(s);
      case UtilityStatement.Discard s -> discard(s, isOneOfMany);
      case UtilityStatement.Cluster s -> throw notBuilt("CLUSTER");
      case UtilityStatement.Load s -> throw notBuilt("LOAD");
      case UtilityStatement.Do s -> throw notBuilt("DO");
      case UtilityStatement.Call s -> throw notBuilt("CALL");
    };
  }

  static SqlException notBuilt(String what) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported yet");
  }

  private Portal.RowSource begin(UtilityStatement.Begin s, Reply reply) {
    session.transactions().beginBlock(s.modes(), reply);
    return Rows.none(s.isStart() ? "START TRANSACTION" : "BEGIN");
  }

  private Portal.RowSource savepoint(UtilityStatement.Savepoint s) {
    session.transactions().savepoint(s.name());
    return Rows.none("SAVEPOINT");
  }

  private Portal.RowSource release(UtilityStatement.ReleaseSavepoint s) {
    session.transactions().release(s.name());
    return Rows.none("RELEASE");
  }

  private Portal.RowSource rollbackTo(UtilityStatement.RollbackToSavepoint s) {
    session.transactions().rollbackTo(s.name());
    return Rows.none("ROLLBACK");
  }

  private Portal.RowSource setConstraints(UtilityStatement.SetConstraints s, Reply reply) {
    if (!session.transactions().isInBlock()) {
      ClientSession.warn(
          reply,
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "SET CONSTRAINTS can only be used in transaction blocks");
    }
    DeferredChecks deferred = session.transaction().deferred();
    if (s.names().isEmpty()) {
      deferred.setAll(s.isDeferred());
    }
    List<ConstraintEntry> named = new ArrayList<>();
    s.names().forEach(name -> named.addAll(constraints(name, s.isDeferred())));
    named.forEach(c -> deferred.set(c.oid(), s.isDeferred()));
    if (!s.isDeferred()) {
      session.queries().runDeferredChecks(false);
    }
    return Rows.none("SET CONSTRAINTS");
  }

  /** Returns the deferrable constraints of a name in the first schema that has some of it. */
  private List<ConstraintEntry> constraints(QualifiedName name, boolean isToBeDeferred) {
    CatalogVersion catalog = session.environment().catalog();
    List<String> schemas = session.environment().searchPath();
    if (name.schema() != null) {
      if (catalog.schema(name.schema()) == null) {
        throw new SqlException(
            SqlState.INVALID_SCHEMA_NAME, "schema \"" + name.schema() + "\" does not exist");
      }
      schemas = List.of(name.schema());
    }
    for (String schema : schemas) {
      List<ConstraintEntry> found = new ArrayList<>();
      for (RelationEntry relation : catalog.relations()) {
        if (relation instanceof TableEntry table && table.schema().equals(schema)) {
          table.constraints().stream()
              .filter(c -> c.name().equals(name.name()))
              .forEach(found::add);
        }
      }
      if (!found.isEmpty()) {
        if (isToBeDeferred && found.stream().anyMatch(c -> !c.isDeferrable())) {
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "constraint \"" + name.name() + "\" is not deferrable");
        }
        return found;
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_OBJECT, "constraint \"" + name.name() + "\" does not exist");
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
