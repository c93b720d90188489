package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * BEGIN, COMMIT, savepoints, SET TRANSACTION and SET CONSTRAINTS: what {@link TransactionControl}
 * does, as statements. Used by the session's thread.
 */
final class TransactionStatements {
  private final ClientSession session;

  TransactionStatements(ClientSession session) {
    this.session = session;
  }

  /** Runs a statement. */
  Portal.RowSource run(UtilityStatement.TransactionStatement statement, Reply reply) {
    return switch (statement) {
      case UtilityStatement.Begin s -> begin(s, reply);
      case UtilityStatement.Commit s ->
          Rows.none(session.transactions().commitBlock(s.isChain(), reply));
      case UtilityStatement.Rollback s ->
          Rows.none(session.transactions().rollbackBlock(s.isChain(), reply));
      case UtilityStatement.Savepoint s -> savepoint(s);
      case UtilityStatement.ReleaseSavepoint s -> release(s);
      case UtilityStatement.RollbackToSavepoint s -> rollbackTo(s);
      case UtilityStatement.SetTransaction s -> setTransaction(s, reply);
      case UtilityStatement.SetSessionCharacteristics s -> setCharacteristics(s);
      case UtilityStatement.SetConstraints s -> setConstraints(s, reply);
    };
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

  private Portal.RowSource setTransaction(UtilityStatement.SetTransaction statement, Reply reply) {
    if (statement.snapshot() != null) {
      throw UtilityRunner.notBuilt("SET TRANSACTION SNAPSHOT");
    }
    if (!session.transactions().isInBlock()) {
      ClientSession.warn(
          reply,
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "SET TRANSACTION can only be used in transaction blocks");
      return Rows.none("SET");
    }
    session.transaction().setModes(statement.modes());
    return Rows.none("SET");
  }

  private Portal.RowSource setCharacteristics(
      UtilityStatement.SetSessionCharacteristics statement) {
    UtilityStatement.TransactionModes modes = statement.modes();
    if (modes.isolation() != null) {
      session
          .settings()
          .set("default_transaction_isolation", TransactionModes.name(modes.isolation()), false);
    }
    if (modes.isReadOnly() != null) {
      String value = modes.isReadOnly() ? "on" : "off";
      session.settings().set("default_transaction_read_only", value, false);
    }
    if (modes.isDeferrable() != null) {
      String value = modes.isDeferrable() ? "on" : "off";
      session.settings().set("default_transaction_deferrable", value, false);
    }
    return Rows.none("SET");
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
}
