package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.List;

/** Runs LOCK TABLE. Used by the session's thread. */
final class LockTables {
  private final ClientSession session;

  LockTables(ClientSession session) {
    this.session = session;
  }

  /** Locks the tables until the end of the transaction. */
  Portal.RowSource run(UtilityStatement.Lock s) {
    session.transactions().requireBlock("LOCK TABLE");
    LockMode mode = LockMode.valueOf(s.mode().name());
    for (FromItem.Table table : s.tables()) {
      RelationEntry relation = RelationLookup.require(session, table.name());
      switch (relation) {
        case TableEntry t -> {
          requireRight(t, mode);
          lock(t, mode, s.isNowait());
        }
        case VirtualTable t -> {
          requireRight(t, mode);
          lock(t, mode, s.isNowait());
        }
        case ViewEntry view -> {
          requireRight(view, mode);
          lockView(view, mode, s.isNowait());
        }
        case SequenceEntry sequence -> throw notLockable(sequence, "sequences");
        case IndexEntry index -> throw notLockable(index, "indexes");
      }
    }
    return Rows.none("LOCK TABLE");
  }

  private static SqlException notLockable(RelationEntry relation, String kind) {
    return new SqlException(
            SqlState.WRONG_OBJECT_TYPE, "cannot lock relation \"" + relation.name() + "\"")
        .withDetail("This operation is not supported for " + kind + ".");
  }

  /** Locks a view and all that it reads. */
  private void lockView(ViewEntry view, LockMode mode, boolean isNowait) {
    lock(view, mode, isNowait);
    Statement query = Parser.parse(view.querySql()).get(0).statement();
    BoundStatement bound =
        new Binder(session.environment().bindContext(List.of()).withSearchPath(view.searchPath()))
            .bind(query);
    for (BoundStatement.TableUse use : bound.tables()) {
      lock(session.environment().catalog().relationByOid(use.oid()), mode, isNowait);
    }
  }

  /** Raises 42501 for a role that may do nothing that a lock mode is for. */
  private void requireRight(RelationEntry relation, LockMode mode) {
    List<Privilege> any =
        switch (mode) {
          case ACCESS_SHARE -> List.of(Privilege.SELECT);
          case ROW_EXCLUSIVE ->
              List.of(Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE, Privilege.TRUNCATE);
          case ROW_SHARE,
              SHARE_UPDATE_EXCLUSIVE,
              SHARE,
              SHARE_ROW_EXCLUSIVE,
              EXCLUSIVE,
              ACCESS_EXCLUSIVE ->
              List.of(Privilege.UPDATE, Privilege.DELETE, Privilege.TRUNCATE);
        };
    Rights rights = session.role().rights();
    if (any.stream().noneMatch(p -> rights.onRelation(relation, p, false))) {
      throw Rights.denied(relation);
    }
  }

  private void lock(RelationEntry relation, LockMode mode, boolean isNowait) {
    if (!isNowait) {
      session.queries().lock(relation.oid(), mode);
      return;
    }
    boolean isLocked =
        session
            .engine()
            .storage()
            .locks()
            .tryLock(session.transaction().store(), session.queries().target(relation.oid()), mode);
    if (!isLocked) {
      throw new SqlException(
          SqlState.LOCK_NOT_AVAILABLE,
          "could not obtain lock on relation \"" + relation.name() + "\"");
    }
  }
}
