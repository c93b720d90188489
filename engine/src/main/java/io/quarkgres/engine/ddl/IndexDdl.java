package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.IndexSpecs;
import io.quarkgres.engine.function.PlainContext;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CREATE INDEX and REINDEX, and the indexes of constraints. Used by the session's thread.
 *
 * <p>Methods that clients ask for and that are not built (gin, gist, brin, spgist, ivfflat) give an
 * index without structure: it is in the catalog, costs nothing, and queries are answered by other
 * paths, exactly.
 */
final class IndexDdl {
  /** The number by which index expressions refer to the table's columns. */
  private static final int TABLE = 1;

  private static final int KEYS_MAX = 32;

  private final DdlContext context;

  IndexDdl(DdlContext context) {
    this.context = context;
  }

  String create(IndexStatement.CreateIndex s) {
    RelationEntry relation = context.find(s.table());
    if (relation == null) {
      throw DdlErrors.undefinedRelation(s.table());
    }
    if (!(relation instanceof TableEntry)) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "cannot create index on relation \"" + relation.name() + "\"")
          .withDetail("This operation is not supported for views.");
    }
    context.rights().requireOwner(relation);
    context.lock(relation.oid(), LockMode.SHARE);
    TableEntry table = (TableEntry) context.catalog().relationByOid(relation.oid());
    context.refusePendingChecks(table, "CREATE INDEX");
    String method = method(s.method());
    IndexAbilities.check(s, method);
    if (s.name() != null) {
      context.lockName(table.schema(), s.name());
      if (context.catalog().relation(table.schema(), s.name()) != null) {
        if (!s.isIfNotExists()) {
          throw DdlErrors.duplicateRelation(s.name());
        }
        context.notice("NOTICE", "42P07", "relation \"" + s.name() + "\" already exists, skipping");
        return "CREATE INDEX";
      }
    }
    if (s.elements().size() > KEYS_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "cannot use more than " + KEYS_MAX + " columns in an index");
    }
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> columns = new ArrayList<>();
    List<BoundExpr> expressions = new ArrayList<>();
    int ordering = 0;
    for (IndexElement element : s.elements()) {
      BoundExpr key = keyExpression(table, element);
      expressions.add(key);
      String writtenClass = element.operatorClass() == null ? null : element.operatorClass().name();
      OperatorClasses.Chosen chosen =
          OperatorClasses.choose(context.catalog(), method, key.type(), writtenClass);
      ordering = chosen.orderingFunction();
      keys.add(key(table, element, key, chosen));
      columns.add(indexColumn(element, key, columns.size() + 1));
    }
    BoundExpr predicate = predicate(table, s);
    String name = s.name() != null ? s.name() : defaultName(table, s, keys, expressions);
    IndexEntry entry =
        new IndexEntry(
            context.newOid(),
            table.schemaOid(),
            table.schema(),
            name,
            context.currentUser(),
            table.oid(),
            method,
            keys,
            s.where() == null ? null : canonical(table, s.where().text()),
            s.isUnique(),
            false,
            s.isNullsNotDistinct(),
            included(table, s.include()),
            options(s.options()),
            columns,
            ordering,
            null);
    IndexEntry built = build(table, entry, expressions, predicate);
    context.change(editor -> editor.put(built));
    return "CREATE INDEX";
  }

  private String method(String written) {
    String method = written == null ? "btree" : written;
    boolean isKnown =
        context.storage().hasMethod(method) || OperatorClasses.WITHOUT_STRUCTURE.contains(method);
    if (!isKnown) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "access method \"" + method + "\" does not exist");
    }
    return method;
  }

  private BoundExpr keyExpression(TableEntry table, IndexElement element) {
    if (element.column() != null) {
      for (ColumnEntry column : table.columns()) {
        if (!column.isDropped() && column.name().equals(element.column())) {
          return new BoundExpr.ColumnRef(
              TABLE, column.number() - 1, column.type(), column.typmod(), column.name());
        }
      }
      throw new SqlException(
          SqlState.UNDEFINED_COLUMN, "column \"" + element.column() + "\" does not exist");
    }
    BoundExpr bound =
        context.bindOver(element.expression().expression(), table.name(), table.columns(), TABLE);
    requireImmutable(bound, "functions in index expression must be marked IMMUTABLE");
    return bound;
  }

  private static void requireImmutable(BoundExpr expression, String message) {
    Expressions.walk(
        expression,
        e -> {
          if (e instanceof BoundExpr.FunctionCall call
              && call.call().function().volatility() != Volatility.IMMUTABLE) {
            throw new SqlException(SqlState.INVALID_OBJECT_DEFINITION, message);
          }
        });
  }

  private BoundExpr predicate(TableEntry table, IndexStatement.CreateIndex s) {
    if (s.where() == null) {
      return null;
    }
    BoundExpr bound =
        context.bindOver(s.where().expression(), table.name(), table.columns(), TABLE);
    requireImmutable(bound, "functions in index predicate must be marked IMMUTABLE");
    return bound;
  }

  private String canonical(TableEntry table, String sql) {
    return CanonicalSql.over(context, sql, table.name(), table.columns());
  }

  private IndexEntry.Key key(
      TableEntry table, IndexElement element, BoundExpr bound, OperatorClasses.Chosen chosen) {
    boolean isDescending = element.direction() == OrderItem.Direction.DESC;
    boolean nullsFirst =
        switch (element.nulls()) {
          case FIRST -> true;
          case LAST -> false;
          case DEFAULT -> isDescending;
        };
    int column = bound instanceof BoundExpr.ColumnRef ref ? ref.column() + 1 : 0;
    boolean isColumn = element.column() != null;
    return new IndexEntry.Key(
        isColumn ? column : 0,
        isColumn ? null : canonical(table, element.expression().text()),
        chosen.name(),
        chosen.isDefault(),
        isDescending,
        nullsFirst);
  }

  private static ColumnEntry indexColumn(IndexElement element, BoundExpr bound, int number) {
    String name =
        element.column() != null
            ? element.column()
            : bound instanceof BoundExpr.FunctionCall call ? call.call().function().name() : "expr";
    return new ColumnEntry(
        name, number, bound.type(), bound.typmod(), 0, false, null, (char) 0, (char) 0, false);
  }

  private String defaultName(
      TableEntry table,
      IndexStatement.CreateIndex s,
      List<IndexEntry.Key> keys,
      List<BoundExpr> expressions) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      IndexElement element = s.elements().get(i);
      if (element.column() != null) {
        parts.add(element.column());
      } else {
        boolean isCall = expressions.get(i) instanceof BoundExpr.FunctionCall;
        parts.add(
            isCall
                ? ((BoundExpr.FunctionCall) expressions.get(i)).call().function().name()
                : "expr");
      }
    }
    return new NameChooser(context.catalog(), table.schema(), List.of())
        .relation(table.name(), String.join("_", parts), "idx");
  }

  private static List<Integer> included(TableEntry table, List<String> names) {
    List<Integer> result = new ArrayList<>();
    for (String name : names) {
      result.add(column(table, name).number());
    }
    return result;
  }

  static ColumnEntry column(TableEntry table, String name) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column;
      }
    }
    throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
  }

  private static Map<String, String> options(List<Option> options) {
    Map<String, String> result = new LinkedHashMap<>();
    for (Option option : options) {
      result.put(option.name(), option.value() == null ? "true" : option.value());
    }
    return result;
  }

  /** Makes the entry of a constraint's index over plain columns. */
  IndexEntry ofConstraint(
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
          new ColumnEntry(
              c.name(),
              indexColumns.size() + 1,
              c.type(),
              c.typmod(),
              c.collation(),
              false,
              null,
              (char) 0,
              (char) 0,
              false));
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
  IndexEntry rebuild(TableEntry table, IndexEntry entry) {
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
          new ColumnEntry(
              c.name(),
              c.number(),
              type,
              expressions.get(i).typmod(),
              isSame ? c.collation() : type.info().category() == 'S' ? 100 : 0,
              c.isNotNull(),
              null,
              (char) 0,
              (char) 0,
              false));
    }
    return entry.withKeys(keys, columns);
  }

  private IndexEntry build(
      TableEntry table, IndexEntry entry, List<BoundExpr> keys, BoundExpr predicate) {
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
    TableIndex index = store.addIndex(context.transaction(), spec, conflict, duplicate);
    if (index == null) {
      throw notUnique(table, entry, spec, conflict.existingRowId());
    }
    context.onRollback(() -> store.dropIndex(index));
    IndexNotice notice = index.buildNotice();
    if (notice != null) {
      context.notice("NOTICE", "00000", notice.message(), notice.detail(), notice.hint());
    }
    return withIndex(entry, index);
  }

  static IndexEntry withIndex(IndexEntry e, TableIndex index) {
    return new IndexEntry(
        e.oid(),
        e.schemaOid(),
        e.schema(),
        e.name(),
        e.owner(),
        e.tableOid(),
        e.method(),
        e.keys(),
        e.predicateSql(),
        e.isUnique(),
        e.isPrimary(),
        e.nullsNotDistinct(),
        e.isDeferrable(),
        e.includedColumns(),
        e.options(),
        e.columns(),
        e.orderingFunction(),
        index);
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
    TypeContext types = context.evaluation().types();
    for (int i = 0; i < entry.keys().size(); i++) {
      IndexEntry.Key key = entry.keys().get(i);
      ColumnEntry column = entry.columns().get(i);
      names.add(key.column() > 0 ? column.name() : key.expressionSql());
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

  /** REINDEX: there is no bloat to remove; the names are checked. */
  String reindex(IndexStatement.Reindex s) {
    switch (s.kind()) {
      case INDEX -> {
        RelationEntry found = context.find(s.name());
        if (found == null) {
          throw DdlErrors.undefinedRelation(s.name());
        }
        if (!(found instanceof IndexEntry)) {
          throw DdlErrors.wrongKind(found.name(), "index", "an");
        }
        context.rights().requireOwner(found);
      }
      case TABLE -> {
        RelationEntry found = context.find(s.name());
        if (found == null) {
          throw DdlErrors.undefinedRelation(s.name());
        }
        if (!(found instanceof TableEntry)) {
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + found.name() + "\" is not a table or materialized view");
        }
        context.rights().requireOwner(found);
      }
      case SCHEMA -> {
        if (context.catalog().schema(s.name().name()) == null) {
          throw DdlErrors.undefinedSchema(s.name().name());
        }
      }
      case SYSTEM, DATABASE -> {
        if (!context.catalog().databaseName().equals(s.name().name())) {
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "can only reindex the currently open database");
        }
      }
    }
    return "REINDEX";
  }
}
