package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TRUNCATE: each table gets a new, empty store, so that it costs nothing and rolls back like any
 * other DDL. Used by the session's thread.
 */
public final class TruncateDdl {
  private final DdlContext context;
  private final IndexBuild indexes;

  public TruncateDdl(DdlContext context, IndexBuild indexes) {
    this.context = context;
    this.indexes = indexes;
  }

  public String truncate(TableStatement.Truncate s) {
    Map<Integer, TableEntry> targets = new LinkedHashMap<>();
    for (FromItem.Table item : s.tables()) {
      RelationEntry found = context.find(item.name());
      if (found == null) {
        throw context.undefinedRelation(item.name());
      }
      if (!(found instanceof TableEntry)) {
        throw DdlErrors.wrongKind(found.name(), "table", "a");
      }
      add((TableEntry) found, targets);
    }
    if (s.isCascade()) {
      addReferencing(targets);
    } else {
      refuseReferenced(targets);
    }
    targets.values().forEach(t -> context.refusePendingChecks(t, "TRUNCATE"));
    for (TableEntry table : targets.values()) {
      empty(table);
      if (s.isRestartIdentity()) {
        restartSequences(table);
      }
    }
    return "TRUNCATE TABLE";
  }

  private void add(TableEntry table, Map<Integer, TableEntry> targets) {
    context.rights().require(table, Privilege.TRUNCATE);
    context.lock(table.oid(), LockMode.ACCESS_EXCLUSIVE);
    targets.put(table.oid(), (TableEntry) context.catalog().relationByOid(table.oid()));
  }

  private void addReferencing(Map<Integer, TableEntry> targets) {
    List<TableEntry> queue = new ArrayList<>(targets.values());
    for (int i = 0; i < queue.size(); i++) {
      for (ConstraintEntry key : context.catalog().referencesTo(queue.get(i).oid())) {
        if (!targets.containsKey(key.tableOid())) {
          TableEntry other = (TableEntry) context.catalog().relationByOid(key.tableOid());
          context.notice("NOTICE", "00000", "truncate cascades to table \"" + other.name() + "\"");
          add(other, targets);
          queue.add(other);
        }
      }
    }
  }

  private void refuseReferenced(Map<Integer, TableEntry> targets) {
    for (TableEntry table : targets.values()) {
      for (ConstraintEntry key : context.catalog().referencesTo(table.oid())) {
        if (!targets.containsKey(key.tableOid())) {
          RelationEntry other = context.catalog().relationByOid(key.tableOid());
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "cannot truncate a table referenced in a foreign key constraint",
              "Table \"" + other.name() + "\" references \"" + table.name() + "\".",
              "Truncate table \""
                  + other.name()
                  + "\" at the same time, or use TRUNCATE ... CASCADE.");
        }
      }
    }
  }

  /** Gives a table a new store. */
  public void empty(TableEntry table) {
    TableEntry emptied =
        table.with(
            table.columns(), table.constraints(), NewRelation.store(context, table.columns()));
    List<IndexEntry> rebuilt = new ArrayList<>();
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      rebuilt.add(indexes.rebuild(emptied, index));
    }
    context.transaction().replaced(table.store());
    context.change(editor -> {
      editor.put(emptied);
      rebuilt.forEach(editor::put);
    });
  }

  private void restartSequences(TableEntry table) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s && s.ownedByTable() == table.oid()) {
        context.put(s.withState(new SequenceEntry.State(s.start(), false)));
      }
    }
  }
}
