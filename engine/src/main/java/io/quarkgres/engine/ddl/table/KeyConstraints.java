package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** PRIMARY KEY and UNIQUE. Used by the session's thread. */
final class KeyConstraints {
  private final DdlContext context;
  private final IndexBuild indexes;
  private final NotNulls notNulls;

  KeyConstraints(DdlContext context, IndexBuild indexes, NotNulls notNulls) {
    this.context = context;
    this.indexes = indexes;
    this.notNulls = notNulls;
  }

  /** Adds a key with an index of its own. */
  void add(TableEntry table, TableConstraint.Key c, int position) {
    List<Integer> columns = new ArrayList<>();
    for (String name : c.columns()) {
      int number = keyColumn(table, name, c.isPrimary(), c.position());
      if (columns.contains(number)) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN,
            "column \""
                + name
                + "\" appears twice in "
                + (c.isPrimary() ? "primary key" : "unique")
                + " constraint",
            c.position());
      }
      columns.add(number);
    }
    if (c.isPrimary()) {
      refuseSecondPrimaryKey(table, position);
    }
    List<Integer> included = new ArrayList<>();
    for (String name : c.index().include()) {
      included.add(keyColumn(table, name, false, c.position()));
    }
    String name = c.name() != null ? c.name() : keyName(table, c);
    ConstraintDdl.requireNew(table, name);
    context.lockName(table.schema(), name);
    if (context.catalog().relation(table.schema(), name) != null) {
      throw DdlErrors.duplicateRelation(name);
    }
    TableEntry base = c.isPrimary() ? notNulls.withNotNull(table, columns) : table;
    IndexEntry index = indexes.ofConstraint(base, context.newOid(), name, columns, c, included);
    context.change(editor -> editor.put(index));
    put(base, name, c.isPrimary(), columns, index, c.deferral());
  }

  private void put(
      TableEntry table,
      String name,
      boolean isPrimary,
      List<Integer> columns,
      IndexEntry index,
      TableConstraint.Deferral deferral) {
    ConstraintDdl.put(
        context,
        table,
        new ConstraintEntry.Key(
            context.newOid(),
            name,
            table.oid(),
            isPrimary,
            columns,
            index.oid(),
            deferral.isDeferrable(),
            deferral.isInitiallyDeferred()));
  }

  private static int keyColumn(TableEntry table, String name, boolean isPrimary, int position) {
    ColumnEntry column = table.column(name);
    if (column == null) {
      if (isPrimary) {
        SystemColumns.refuseChange("alter", name);
      }
      SystemColumns.refuseIndexed(name);
      throw DdlErrors.missingKeyColumn(name).withPosition(position);
    }
    return column.number();
  }

  private static void refuseSecondPrimaryKey(TableEntry table, int position) {
    for (ConstraintEntry other : table.constraints()) {
      if (other instanceof ConstraintEntry.Key key && key.isPrimary()) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "multiple primary keys for table \"" + table.name() + "\" are not allowed",
            position);
      }
    }
  }

  private String keyName(TableEntry table, TableConstraint.Key c) {
    return c.isPrimary()
        ? ConstraintDdl.chooser(context, table).relation(table.name(), null, "pkey")
        : ConstraintDdl.chooser(context, table)
            .relation(table.name(), String.join("_", c.columns()), "key");
  }

  /** Makes a key of an index that is there. */
  void addUsingIndex(TableEntry table, TableConstraint.KeyUsingIndex c) {
    RelationEntry found = context.catalog().relation(table.schema(), c.index());
    if (!(found instanceof IndexEntry index)) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "index \"" + c.index() + "\" does not exist", c.position());
    }
    refuseUnfit(table, index, c);
    if (c.isPrimary()) {
      refuseSecondPrimaryKey(table, c.position());
    }
    List<Integer> columns = new ArrayList<>();
    index.keys().forEach(k -> columns.add(k.column()));
    String name = c.name() != null ? c.name() : index.name();
    ConstraintDdl.requireNew(table, name);
    if (!name.equals(index.name())) {
      context.notice(
          "NOTICE",
          "00000",
          "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \""
              + index.name()
              + "\" to \""
              + name
              + "\"");
      context.lockName(table.schema(), name);
      if (context.catalog().relation(table.schema(), name) != null) {
        throw DdlErrors.duplicateRelation(name);
      }
    }
    TableEntry base = c.isPrimary() ? notNulls.withNotNull(table, columns) : table;
    IndexEntry owned = index.ofConstraint(name, c.isPrimary(), c.deferral().isDeferrable());
    // An index that lets equal keys in is another one for the storage.
    IndexEntry kept = owned.isDeferrable() ? indexes.rebuild(table, owned) : owned;
    if (kept != owned && index.index() != null) {
      context.onCommit(() -> table.store().dropIndex(index.index()));
    }
    context.change(editor -> editor.put(kept));
    put(base, name, c.isPrimary(), columns, index, c.deferral());
  }

  private void refuseUnfit(
      TableEntry table, IndexEntry index, TableConstraint.KeyUsingIndex constraint) {
    boolean isOwned =
        context.catalog().relationByOid(index.tableOid()) instanceof TableEntry owner
            && owner.constraints().stream()
                .anyMatch(
                    o -> o instanceof ConstraintEntry.Key key && key.indexOid() == index.oid());
    String name = "\"" + index.name() + "\"";
    String state = null;
    if (isOwned) {
      state = "index " + name + " is already associated with a constraint";
    } else if (index.tableOid() != table.oid()) {
      state = "index " + name + " does not belong to table \"" + table.name() + "\"";
    }
    if (state != null) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, state, constraint.position());
    }
    String unfit = null;
    if (!index.isUnique()) {
      unfit = name + " is not a unique index";
    } else if (index.keys().stream().anyMatch(k -> k.column() == 0)) {
      unfit = "index " + name + " contains expressions";
    } else if (index.predicateSql() != null) {
      unfit = name + " is a partial index";
    } else {
      for (int i = 0; i < index.keys().size() && unfit == null; i++) {
        IndexEntry.Key key = index.keys().get(i);
        if (key.isDescending() || key.nullsFirst() || !key.isDefaultClass()) {
          unfit =
              "index "
                  + name
                  + " column number "
                  + (i + 1)
                  + " does not have default sorting behavior";
        }
      }
    }
    if (unfit != null) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          unfit,
          "Cannot create a primary key or unique constraint using such an index.",
          null,
          constraint.position());
    }
  }
}
