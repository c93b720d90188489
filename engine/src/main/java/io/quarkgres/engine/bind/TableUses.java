package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.Access;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one statement does with which relations: the locks it takes and the privileges it needs,
 * which are those of a view's owner while the view is bound. Used by one thread.
 */
final class TableUses {
  private final Provenance provenance;
  private final Map<Integer, LockMode> tables = new LinkedHashMap<>();
  private final Map<Long, Access> accesses = new LinkedHashMap<>();
  private int accessRole = Access.CURRENT_USER;
  private boolean isStored;

  TableUses(Provenance provenance) {
    this.provenance = provenance;
  }

  /** Notes that a relation is locked, in the strongest mode that is asked for. */
  void lock(int oid, LockMode mode) {
    tables.merge(oid, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  /** Notes that a privilege on a relation is needed. */
  void access(int oid, Privilege privilege) {
    accessTo(oid).add(privilege);
  }

  /** Notes that a privilege on a column is needed. */
  void access(int oid, int column, Privilege privilege) {
    accessTo(oid).add(privilege, column);
  }

  private Access accessTo(int oid) {
    return accesses.computeIfAbsent(
        (long) accessRole << 32 | oid, key -> new Access(oid, accessRole));
  }

  /** Notes that an expression reads a column, unless the table's own definition says so. */
  void read(BoundExpr expr) {
    if (!isStored && expr instanceof ColumnRef ref) {
      Provenance.Origin origin = provenance.origin(ref.relation(), ref.column());
      if (origin != null) {
        access(origin.tableOid(), origin.column(), Privilege.SELECT);
      }
    }
  }

  /** Binds what belongs to a relation's definition, for which no privilege is needed. */
  <T> T stored(Supplier<T> action) {
    boolean before = isStored;
    isStored = true;
    try {
      return action.get();
    } finally {
      isStored = before;
    }
  }

  /** Makes another role's privileges count; returns whose counted before. */
  int accessAs(int role) {
    int before = accessRole;
    accessRole = role;
    return before;
  }

  List<Access> accesses() {
    return List.copyOf(accesses.values());
  }

  List<BoundStatement.TableUse> tables() {
    List<BoundStatement.TableUse> result = new ArrayList<>();
    tables.forEach((oid, mode) -> result.add(new BoundStatement.TableUse(oid, mode)));
    return List.copyOf(result);
  }
}
