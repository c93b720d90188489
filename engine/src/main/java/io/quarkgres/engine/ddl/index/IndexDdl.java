package io.quarkgres.engine.ddl.index;

import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.ColumnNames;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.Immutability;
import io.quarkgres.engine.ddl.NameChooser;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CREATE INDEX and REINDEX. Used by the session's thread.
 *
 * <p>Methods that clients ask for and that are not built (gin, gist, brin, spgist) give an index
 * without structure: it is in the catalog, costs nothing, and queries are answered by other paths,
 * exactly.
 */
public final class IndexDdl {
  private static final int KEYS_MAX = 32;

  private final DdlContext context;

  private final IndexBuild builder;

  public IndexDdl(DdlContext context, IndexBuild builder) {
    this.context = context;
    this.builder = builder;
  }

  /** CREATE INDEX; returns its tag. */
  public String create(IndexStatement.CreateIndex s) {
    TableEntry table = lockedTable(s.table());
    context.refusePendingChecks(table, "CREATE INDEX");
    String method = method(s.method());
    IndexAbilities.check(s, method);
    if (s.name() != null && !claimName(table, s)) {
      return "CREATE INDEX";
    }
    List<String> names = columnNames(s);
    Keys keys = keys(table, method, s.elements(), names);
    BoundExpr predicate = predicate(table, s);
    String name = s.name() != null ? s.name() : defaultName(table, names);
    IndexEntry entry =
        new IndexEntry(
            context.newOid(),
            table.schemaOid(),
            table.schema(),
            name,
            context.currentUser(),
            table.oid(),
            method,
            keys.keys(),
            s.where() == null ? null : canonical(table, s.where().text()),
            s.isUnique(),
            false,
            s.isNullsNotDistinct(),
            included(table, s.include()),
            options(s.options()),
            keys.columns(),
            keys.orderingFunction(),
            null);
    IndexEntry built = builder.build(table, entry, keys.expressions(), predicate);
    context.change(editor -> editor.put(built));
    return "CREATE INDEX";
  }

  private TableEntry lockedTable(QualifiedName name) {
    RelationEntry relation = context.find(name);
    if (relation == null) {
      throw context.undefinedRelation(name);
    }
    if (!(relation instanceof TableEntry)) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "cannot create index on relation \"" + relation.name() + "\"")
          .withDetail("This operation is not supported for views.");
    }
    context.rights().requireOwner(relation);
    context.lock(relation.oid(), LockMode.SHARE);
    return (TableEntry) context.catalog().relationByOid(relation.oid());
  }

  /** Tells whether the name is free; with IF NOT EXISTS one that is not is only told of. */
  private boolean claimName(TableEntry table, IndexStatement.CreateIndex s) {
    context.lockName(table.schema(), s.name());
    if (context.catalog().relation(table.schema(), s.name()) == null) {
      return true;
    }
    if (!s.isIfNotExists()) {
      throw DdlErrors.duplicateRelation(s.name());
    }
    context.notice("NOTICE", "42P07", "relation \"" + s.name() + "\" already exists, skipping");
    return false;
  }

  /**
   * The keys of an index.
   *
   * @param columns what the index has as columns of its own
   * @param expressions what computes the keys of a row
   * @param orderingFunction the distance by which the index yields rows, 0 for none
   */
  private record Keys(
      List<IndexEntry.Key> keys,
      List<ColumnEntry> columns,
      List<BoundExpr> expressions,
      int orderingFunction) {}

  private Keys keys(
      TableEntry table, String method, List<IndexElement> elements, List<String> names) {
    if (elements.size() > KEYS_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "cannot use more than " + KEYS_MAX + " columns in an index");
    }
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> columns = new ArrayList<>();
    List<BoundExpr> expressions = new ArrayList<>();
    int ordering = 0;
    for (IndexElement element : elements) {
      BoundExpr key = keyExpression(table, element);
      expressions.add(key);
      String writtenClass = element.operatorClass() == null ? null : element.operatorClass().name();
      OperatorClasses.Chosen chosen =
          OperatorClasses.choose(context.catalog(), method, key.type(), writtenClass);
      OperatorClasses.checkOptions(method, chosen, element.operatorClassOptions());
      ordering = chosen.orderingFunction();
      keys.add(key(table, element, key, chosen));
      int number = columns.size() + 1;
      columns.add(ColumnEntry.plain(names.get(number - 1), number, key.type(), key.typmod(), 0));
    }
    return new Keys(keys, columns, expressions, ordering);
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
      ColumnEntry column = column(table, element.column());
      return new BoundExpr.ColumnRef(
          IndexBuild.TABLE, column.number() - 1, column.type(), column.typmod(), column.name());
    }
    BoundExpr bound =
        context.bindOver(
            element.expression().expression(),
            table,
            IndexBuild.TABLE,
            Binder.Purpose.INDEX_EXPRESSION);
    Immutability.require(bound, "functions in index expression must be marked IMMUTABLE");
    return bound;
  }

  private BoundExpr predicate(TableEntry table, IndexStatement.CreateIndex s) {
    if (s.where() == null) {
      return null;
    }
    BoundExpr bound =
        context.bindOver(
            s.where().expression(), table, IndexBuild.TABLE, Binder.Purpose.INDEX_PREDICATE);
    Immutability.require(bound, "functions in index predicate must be marked IMMUTABLE");
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

  /** Returns the names of the keys and of the included columns; a number makes them distinct. */
  private static List<String> columnNames(IndexStatement.CreateIndex s) {
    List<String> result = new ArrayList<>();
    for (IndexElement element : s.elements()) {
      String name =
          element.column() != null
              ? element.column()
              : ColumnNames.ofIndexed(element.expression().expression());
      result.add(distinct(name, result));
    }
    for (String name : s.include()) {
      result.add(distinct(name, result));
    }
    return result;
  }

  private static String distinct(String name, List<String> taken) {
    String result = name;
    for (int i = 1; taken.contains(result); i++) {
      result = NameChooser.cut(name, NameChooser.NAME_BYTES_MAX - Integer.toString(i).length()) + i;
    }
    return result;
  }

  private String defaultName(TableEntry table, List<String> columns) {
    return new NameChooser(context.catalog(), table.schema(), List.of())
        .relation(table.name(), String.join("_", columns), "idx");
  }

  private static List<Integer> included(TableEntry table, List<String> names) {
    List<Integer> result = new ArrayList<>();
    for (String name : names) {
      result.add(column(table, name).number());
    }
    return result;
  }

  private static ColumnEntry column(TableEntry table, String name) {
    ColumnEntry column = table.column(name);
    if (column == null) {
      SystemColumns.refuseIndexed(name);
      throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
    }
    return column;
  }

  private static Map<String, String> options(List<Option> options) {
    IndexOptions.requireDistinct(options);
    Map<String, String> result = new LinkedHashMap<>();
    for (Option option : options) {
      result.put(option.name(), option.value() == null ? "true" : option.value());
    }
    return result;
  }

  /** REINDEX: there is no bloat to remove; the names are checked. */
  public String reindex(IndexStatement.Reindex s) {
    switch (s.kind()) {
      case INDEX -> {
        RelationEntry found = context.find(s.name());
        if (found == null) {
          throw context.undefinedRelation(s.name());
        }
        if (!(found instanceof IndexEntry)) {
          throw DdlErrors.wrongKind(found.name(), "index", "an");
        }
        context.rights().requireOwner(found);
      }
      case TABLE -> {
        RelationEntry found = context.find(s.name());
        if (found == null) {
          throw context.undefinedRelation(s.name());
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
