package io.quarkgres.engine.ddl.index;

import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectDefinitions;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.ColumnCollations;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.exec.scan.IndexSpecs;
import io.quarkgres.engine.function.PlainContext;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds indexes over the rows of tables: new ones, those of constraints, and again over a new
 * store. Used by the session's thread.
 */
public final class IndexBuild {
  /** The number by which index expressions refer to the table's columns. */
  static final int TABLE = 1;

  private final DdlContext context;

  public IndexBuild(DdlContext context) {
    this.context = context;
  }

  /** Makes the entry of a constraint's index over plain columns. */
  public IndexEntry ofConstraint(
      TableEntry table,
      int oid,
      String name,
      List<Integer> columns,
      TableConstraint.Key constraint,
      List<Integer> included) {
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> indexColumns = new ArrayList<>();
    List<BoundExpr> expressions = new ArrayList<>();
    for (int number : columns) {
      ColumnEntry c = table.columns().get(number - 1);
      OperatorClasses.Chosen chosen =
          OperatorClasses.choose(context.catalog(), "btree", c.type(), null);
      keys.add(new IndexEntry.Key(number, null, chosen.name(), true, false, false));
      expressions.add(new BoundExpr.ColumnRef(TABLE, number - 1, c.type(), c.typmod(), c.name()));
      indexColumns.add(
          ColumnEntry.plain(
              c.name(), indexColumns.size() + 1, c.type(), c.typmod(), c.collation()));
    }
    IndexEntry entry =
        new IndexEntry(
            oid,
            table.schemaOid(),
            table.schema(),
            name,
            table.owner(),
            table.oid(),
            "btree",
            keys,
            null,
            true,
            constraint.isPrimary(),
            constraint.isNullsNotDistinct(),
            constraint.deferral().isDeferrable(),
            included,
            Map.of(),
            indexColumns,
            0,
            null);
    return build(table, entry, expressions, null);
  }

  /** Builds an index over the rows of a table, also again over a new store. */
  public IndexEntry rebuild(TableEntry table, IndexEntry entry) {
    List<BoundExpr> expressions = new ArrayList<>();
    for (IndexEntry.Key key : entry.keys()) {
      if (key.column() > 0) {
        ColumnEntry c = table.columns().get(key.column() - 1);
        expressions.add(
            new BoundExpr.ColumnRef(TABLE, c.number() - 1, c.type(), c.typmod(), c.name()));
      } else {
        expressions.add(
            context.bindOver(key.expressionSql(), table.name(), table.columns(), TABLE));
      }
    }
    BoundExpr predicate =
        entry.predicateSql() == null
            ? null
            : context.bindOver(entry.predicateSql(), table.name(), table.columns(), TABLE);
    return build(table, retyped(entry, expressions), expressions, predicate);
  }

  /** Returns an index whose keys have the types that their columns have by now. */
  private IndexEntry retyped(IndexEntry entry, List<BoundExpr> expressions) {
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> columns = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      IndexEntry.Key key = entry.keys().get(i);
      ColumnEntry c = entry.columns().get(i);
      SqlType type = expressions.get(i).type();
      boolean isSame = type.oid() == c.type().oid();
      String written = key.isDefaultClass() ? null : key.operatorClass();
      keys.add(
          isSame
              ? key
              : new IndexEntry.Key(
                  key.column(),
                  key.expressionSql(),
                  OperatorClasses.choose(context.catalog(), entry.method(), type, written).name(),
                  key.isDefaultClass(),
                  key.isDescending(),
                  key.nullsFirst()));
      columns.add(
          c.withType(
              type,
              expressions.get(i).typmod(),
              isSame ? c.collation() : ColumnCollations.of(null, type)));
    }
    return entry.withKeys(keys, columns);
  }

  /** Builds an index; raises 23505 when two rows have the same key of a unique one. */
  IndexEntry build(TableEntry table, IndexEntry entry, List<BoundExpr> keys, BoundExpr predicate) {
    if (!OperatorClasses.isOfExtension(entry.method())) {
      IndexOptions.check(entry.method(), entry.options());
    }
    if (OperatorClasses.WITHOUT_STRUCTURE.contains(entry.method())
        && !context.storage().hasMethod(entry.method())) {
      return entry;
    }
    IndexSpec spec =
        IndexSpecs.of(
            entry,
            table.columns(),
            TABLE,
            keys,
            predicate,
            context.catalog(),
            PlainContext.INSTANCE);
    UniqueConflict conflict = new UniqueConflict();
    long[] duplicate = new long[1];
    TableStore store = table.store();
    TableIndex index = add(table, spec, conflict, duplicate);
    if (index == null) {
      throw notUnique(table, entry, spec, conflict.existingRowId());
    }
    context.onRollback(() -> store.dropIndex(index));
    IndexNotice notice = index.buildNotice();
    if (notice != null) {
      context.notice("NOTICE", "00000", notice.message(), notice.detail(), notice.hint());
    }
    return entry.withIndex(index);
  }

  private TableIndex add(
      TableEntry table, IndexSpec spec, UniqueConflict conflict, long[] duplicate) {
    Transaction transaction = context.transaction();
    BuildProgress progress =
        new BuildProgress(transaction.interruption()::check, context.buildThreads());
    context.beginBuild(table.oid(), progress);
    try {
      return table.store().addIndex(transaction, spec, conflict, duplicate, progress);
    } finally {
      context.endBuild();
    }
  }

  private SqlException notUnique(TableEntry table, IndexEntry entry, IndexSpec spec, long rowId) {
    int[] projection = new int[table.columns().size()];
    for (int i = 0; i < projection.length; i++) {
      projection[i] = i;
    }
    String detail = null;
    context.nextCommand();
    try (Snapshot snapshot = context.transaction().latest()) {
      Block row = table.store().fetch(snapshot, new long[] {rowId}, 1, projection);
      if (row.rowCount() == 1) {
        detail = "Key " + shownKey(entry, spec.keys().keys(row), row.selection().position(0));
      }
    }
    return new SqlException(
            SqlState.UNIQUE_VIOLATION, "could not create unique index \"" + entry.name() + "\"")
        .withDetail(detail == null ? null : detail + " is duplicated.")
        .withObject(ErrorObject.constraint(table.schema(), table.name(), entry.name()));
  }

  private String shownKey(IndexEntry entry, Block keys, int position) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    CatalogServices services = context.evaluation().service(CatalogServices.class);
    TypeContext types = context.evaluation().types();
    for (int i = 0; i < entry.keys().size(); i++) {
      ColumnEntry column = entry.columns().get(i);
      names.add(ObjectDefinitions.indexColumn(services, entry, i + 1, true));
      Column value = keys.column(i);
      if (value.isNull(position)) {
        values.add("null");
      } else {
        ByteSink out = new ByteSink(32);
        SqlType type = column.type();
        type.print(value, position, out, types);
        values.add(out.toString());
      }
    }
    return "(" + String.join(", ", names) + ")=(" + String.join(", ", values) + ")";
  }
}
