package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Adds constraints to tables, new and old. Used by the session's thread. */
final class ConstraintDdl {
  private final DdlContext context;
  private final IndexDdl indexes;

  ConstraintDdl(DdlContext context, IndexDdl indexes) {
    this.context = context;
    this.indexes = indexes;
  }

  /** Adds constraints of a new table: keys first, because foreign keys may refer to them. */
  void addAll(TableEntry table, List<TableConstraint> list) {
    for (TableConstraint constraint : list) {
      if (!(constraint instanceof TableConstraint.ForeignKey)) {
        add(table.oid(), constraint, false);
      }
    }
    for (TableConstraint constraint : list) {
      if (constraint instanceof TableConstraint.ForeignKey) {
        add(table.oid(), constraint, false);
      }
    }
  }

  /** Adds a constraint; existing rows are checked if there may be some. */
  void add(int tableOid, TableConstraint constraint, boolean checksRows) {
    TableEntry table = (TableEntry) context.catalog().relationByOid(tableOid);
    switch (constraint) {
      case TableConstraint.Check c -> addCheck(table, c, checksRows);
      case TableConstraint.Key c -> addKey(table, c, checksRows ? -1 : c.position());
      case TableConstraint.ForeignKey c -> addForeignKey(table, c, checksRows);
      case TableConstraint.KeyUsingIndex c -> addKeyUsingIndex(table, c);
      case TableConstraint.Exclusion c -> throw DdlErrors.notBuilt("EXCLUDE");
    }
  }

  private void put(TableEntry table, ConstraintEntry constraint) {
    put(table, constraint, table.columns());
  }

  private void put(TableEntry table, ConstraintEntry constraint, List<ColumnEntry> columns) {
    List<ConstraintEntry> all = new ArrayList<>(table.constraints());
    all.add(constraint);
    TableEntry changed = TableDdl.with(table, columns, all, table.store());
    context.change(editor -> editor.put(changed));
  }

  private void requireNew(TableEntry table, String name) {
    for (ConstraintEntry other : table.constraints()) {
      if (other.name().equals(name)) {
        throw new SqlException(
            SqlState.DUPLICATE_OBJECT,
            "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
      }
    }
  }

  private NameChooser chooser(TableEntry table) {
    return new NameChooser(context.catalog(), table.schema(), List.of());
  }

  // CHECK.

  private void addCheck(TableEntry table, TableConstraint.Check c, boolean checksRows) {
    if (c.isNoInherit()) {
      throw DdlErrors.notBuilt("NO INHERIT");
    }
    BoundExpr bound =
        context.bindOver(c.condition().expression(), table.name(), table.columns(), 1);
    if (bound.type().oid() != Oids.BOOL) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "argument of CHECK must be type boolean, not type " + bound.type().info().sqlName(),
          c.condition().expression().position());
    }
    String name = c.name();
    if (name == null) {
      String second = onlyColumn(table, bound);
      name = chooser(table).constraint(table.constraints(), table.name(), second, "check");
    }
    requireNew(table, name);
    if (checksRows && !c.isNotValid()) {
      validateCheck(table, name, c.condition().text());
    }
    put(
        table,
        new ConstraintEntry.Check(
            context.newOid(),
            name,
            table.oid(),
            CanonicalSql.over(context, c.condition().text(), table.name(), table.columns()),
            !c.isNotValid()));
  }

  /** Returns the only column that a condition refers to, whose name goes into the constraint's. */
  private static String onlyColumn(TableEntry table, BoundExpr condition) {
    Set<Integer> columns = new HashSet<>();
    io.quarkgres.engine.bind.Expressions.walk(
        condition,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            columns.add(ref.column());
          }
        });
    return columns.size() == 1 ? table.columns().get(columns.iterator().next()).name() : null;
  }

  /** Raises 23514 when a row breaks a condition. */
  void validateCheck(TableEntry table, String name, String conditionSql) {
    long broken =
        context.execute(
            "SELECT 1 FROM " + qualified(table) + " WHERE NOT (" + conditionSql + ") LIMIT 1");
    if (broken > 0) {
      throw new SqlException(
              SqlState.CHECK_VIOLATION,
              "check constraint \""
                  + name
                  + "\" of relation \""
                  + table.name()
                  + "\" is violated by some row")
          .withObject(ErrorObject.constraint(table.schema(), table.name(), name));
    }
  }

  static String qualified(RelationEntry relation) {
    return ObjectNaming.quote(relation.schema()) + "." + ObjectNaming.quote(relation.name());
  }

  // PRIMARY KEY and UNIQUE.

  private void addKey(TableEntry table, TableConstraint.Key c, int position) {
    List<Integer> columns = new ArrayList<>();
    for (String name : c.columns()) {
      int number = keyColumn(table, name, c.position());
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
      included.add(keyColumn(table, name, c.position()));
    }
    String name = c.name() != null ? c.name() : keyName(table, c);
    requireNew(table, name);
    context.lockName(table.schema(), name);
    if (context.catalog().relation(table.schema(), name) != null) {
      throw DdlErrors.duplicateRelation(name);
    }
    TableEntry base = c.isPrimary() ? withNotNull(table, columns) : table;
    IndexEntry index = indexes.ofConstraint(base, context.newOid(), name, columns, c, included);
    context.change(editor -> editor.put(index));
    put(
        table,
        new ConstraintEntry.Key(
            context.newOid(),
            name,
            table.oid(),
            c.isPrimary(),
            columns,
            index.oid(),
            c.deferral().isDeferrable(),
            c.deferral().isInitiallyDeferred()),
        base.columns());
  }

  private static int keyColumn(TableEntry table, String name, int position) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column.number();
      }
    }
    throw DdlErrors.missingKeyColumn(name).withPosition(position);
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
        ? chooser(table).relation(table.name(), null, "pkey")
        : chooser(table).relation(table.name(), String.join("_", c.columns()), "key");
  }

  /** Returns the table with columns made NOT NULL; raises 23502 when a row has a NULL there. */
  TableEntry withNotNull(TableEntry table, List<Integer> numbers) {
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    for (int number : numbers) {
      ColumnEntry c = columns.get(number - 1);
      if (!c.isNotNull()) {
        requireNoNulls(table, c);
        columns.set(number - 1, notNull(c, true));
      }
    }
    return TableDdl.with(table, columns, table.constraints(), table.store());
  }

  void requireNoNulls(TableEntry table, ColumnEntry column) {
    if (table.store().rowCountEstimate() == 0 && !context.transaction().hasWritten()) {
      return;
    }
    long nulls =
        context.execute(
            "SELECT 1 FROM "
                + qualified(table)
                + " WHERE "
                + ObjectNaming.quote(column.name())
                + " IS NULL LIMIT 1");
    if (nulls > 0) {
      throw new SqlException(
              SqlState.NOT_NULL_VIOLATION,
              "column \""
                  + column.name()
                  + "\" of relation \""
                  + table.name()
                  + "\" contains null values")
          .withObject(ErrorObject.column(table.schema(), table.name(), column.name()));
    }
  }

  static ColumnEntry notNull(ColumnEntry c, boolean isNotNull) {
    return new ColumnEntry(
        c.name(),
        c.number(),
        c.type(),
        c.typmod(),
        c.collation(),
        isNotNull,
        c.defaultSql(),
        c.identity(),
        c.generated(),
        c.isDropped());
  }

  private void addKeyUsingIndex(TableEntry table, TableConstraint.KeyUsingIndex c) {
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
    requireNew(table, name);
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
    TableEntry base = c.isPrimary() ? withNotNull(table, columns) : table;
    IndexEntry owned = index.ofConstraint(name, c.isPrimary(), c.deferral().isDeferrable());
    // An index that lets equal keys in is another one for the storage.
    IndexEntry kept = owned.isDeferrable() ? indexes.rebuild(table, owned) : owned;
    if (kept != owned && index.index() != null) {
      context.onCommit(() -> table.store().dropIndex(index.index()));
    }
    context.change(editor -> editor.put(kept));
    put(
        table,
        new ConstraintEntry.Key(
            context.newOid(),
            name,
            table.oid(),
            c.isPrimary(),
            columns,
            index.oid(),
            c.deferral().isDeferrable(),
            c.deferral().isInitiallyDeferred()),
        base.columns());
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

  // FOREIGN KEY.

  private void addForeignKey(TableEntry table, TableConstraint.ForeignKey c, boolean checksRows) {
    TableConstraint.Reference reference = c.reference();
    if (reference.match() == TableConstraint.Match.PARTIAL) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented", c.position());
    }
    RelationEntry found = context.find(reference.table());
    if (found == null) {
      throw DdlErrors.undefinedRelation(reference.table());
    }
    if (!(found instanceof TableEntry)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "referenced relation \"" + found.name() + "\" is not a table");
    }
    context.lock(found.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
    TableEntry target = (TableEntry) context.catalog().relationByOid(found.oid());
    requireSamePersistence(table, target);
    List<Integer> columns = new ArrayList<>();
    for (String name : c.columns()) {
      columns.add(foreignKeyColumn(table, name));
    }
    List<Integer> referenced = new ArrayList<>();
    for (String name : reference.columns()) {
      referenced.add(foreignKeyColumn(target, name));
    }
    ConstraintEntry.Key key = referencedKey(target, referenced, reference);
    if (referenced.isEmpty()) {
      referenced.addAll(key.columns());
    }
    if (referenced.size() != columns.size()) {
      throw new SqlException(
          SqlState.INVALID_FOREIGN_KEY,
          "number of referencing and referenced columns for foreign key disagree");
    }
    String name =
        c.name() != null
            ? c.name()
            : chooser(table)
                .constraint(
                    table.constraints(), table.name(), String.join("_", c.columns()), "fkey");
    requireReferences(target, referenced);
    requireComparable(table, columns, target, referenced, name);
    requireNew(table, name);
    ConstraintEntry.ForeignKey entry =
        new ConstraintEntry.ForeignKey(
            context.newOid(),
            name,
            table.oid(),
            columns,
            target.oid(),
            referenced,
            key.indexOid(),
            action(reference.onUpdate()),
            action(reference.onDelete()),
            reference.match() == TableConstraint.Match.FULL,
            c.deferral().isDeferrable(),
            c.deferral().isInitiallyDeferred(),
            !c.isNotValid(),
            setColumns(table, columns, reference));
    if (checksRows && !c.isNotValid()) {
      validateForeignKey(table, target, entry);
    }
    put((TableEntry) context.catalog().relationByOid(table.oid()), entry);
  }

  private static List<Integer> setColumns(
      TableEntry table, List<Integer> columns, TableConstraint.Reference reference) {
    List<Integer> result = new ArrayList<>();
    for (String name : reference.setColumns()) {
      int number = foreignKeyColumn(table, name);
      if (!columns.contains(number)) {
        throw new SqlException(
            SqlState.INVALID_COLUMN_REFERENCE,
            "column \""
                + name
                + "\" referenced in ON DELETE SET action must be part of foreign key");
      }
      if (!result.contains(number)) {
        result.add(number);
      }
    }
    return List.copyOf(result);
  }

  private void requireReferences(TableEntry target, List<Integer> columns) {
    Rights rights = context.rights();
    boolean isAllowed =
        rights.onRelation(target, Privilege.REFERENCES, false)
            || columns.stream()
                .allMatch(c -> rights.onColumn(target, c, Privilege.REFERENCES, false));
    if (!isAllowed) {
      throw Rights.denied(target);
    }
  }

  private void requireSamePersistence(TableEntry table, TableEntry target) {
    String wrong =
        switch (table.persistence()) {
          case 'p' ->
              target.persistence() == 'p'
                  ? null
                  : "permanent tables may reference only permanent tables";
          case 'u' ->
              target.persistence() == 't'
                  ? "unlogged tables may reference only permanent or unlogged tables"
                  : null;
          default ->
              target.persistence() == 't'
                  ? null
                  : "temporary tables may reference only temporary tables";
        };
    if (wrong != null) {
      throw new SqlException(SqlState.INVALID_TABLE_DEFINITION, "constraints on " + wrong);
    }
  }

  private static int foreignKeyColumn(TableEntry table, String name) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column.number();
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_COLUMN,
        "column \"" + name + "\" referenced in foreign key constraint does not exist");
  }

  private static ConstraintEntry.Action action(TableConstraint.Action action) {
    return switch (action) {
      case NO_ACTION -> ConstraintEntry.Action.NO_ACTION;
      case RESTRICT -> ConstraintEntry.Action.RESTRICT;
      case CASCADE -> ConstraintEntry.Action.CASCADE;
      case SET_NULL -> ConstraintEntry.Action.SET_NULL;
      case SET_DEFAULT -> ConstraintEntry.Action.SET_DEFAULT;
    };
  }

  private ConstraintEntry.Key referencedKey(
      TableEntry target, List<Integer> columns, TableConstraint.Reference reference) {
    boolean isLate = false;
    for (ConstraintEntry constraint : target.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key) {
        boolean isMeant =
            columns.isEmpty()
                ? key.isPrimary()
                : key.columns().size() == columns.size()
                    && new HashSet<>(key.columns()).equals(new HashSet<>(columns));
        if (isMeant && !key.isDeferrable()) {
          return key;
        }
        isLate |= isMeant;
      }
    }
    for (IndexEntry index : context.catalog().indexesOf(target.oid())) {
      List<Integer> keys = new ArrayList<>();
      index.keys().forEach(k -> keys.add(k.column()));
      boolean isMeant =
          index.isAlwaysUnique()
              && index.predicateSql() == null
              && !columns.isEmpty()
              && keys.size() == columns.size()
              && new HashSet<>(keys).equals(new HashSet<>(columns));
      if (isMeant) {
        return new ConstraintEntry.Key(0, index.name(), target.oid(), false, keys, index.oid());
      }
    }
    if (isLate) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "cannot use a deferrable "
              + (columns.isEmpty() ? "primary key" : "unique constraint")
              + " for referenced table \""
              + reference.table().name()
              + "\"");
    }
    throw columns.isEmpty()
        ? new SqlException(
            SqlState.UNDEFINED_OBJECT,
            "there is no primary key for referenced table \"" + reference.table().name() + "\"")
        : new SqlException(
            SqlState.INVALID_FOREIGN_KEY,
            "there is no unique constraint matching given keys for referenced table \""
                + reference.table().name()
                + "\"");
  }

  private void requireComparable(
      TableEntry table,
      List<Integer> columns,
      TableEntry target,
      List<Integer> referenced,
      String name) {
    for (int i = 0; i < columns.size(); i++) {
      ColumnEntry from = table.columns().get(columns.get(i) - 1);
      ColumnEntry to = target.columns().get(referenced.get(i) - 1);
      if (!isComparable(from.type(), to.type())) {
        throw new SqlException(
            SqlState.DATATYPE_MISMATCH,
            "foreign key constraint \"" + name + "\" cannot be implemented",
            "Key columns \""
                + from.name()
                + "\" and \""
                + to.name()
                + "\" are of incompatible types: "
                + from.type().info().sqlName()
                + " and "
                + to.type().info().sqlName()
                + ".",
            null);
      }
    }
  }

  private static boolean isComparable(SqlType a, SqlType b) {
    if (a.oid() == b.oid()) {
      return true;
    }
    boolean areIntegers = isInteger(a) && isInteger(b);
    boolean areTexts = a.info().category() == 'S' && b.info().category() == 'S';
    return areIntegers || areTexts;
  }

  private static boolean isInteger(SqlType type) {
    return type.oid() == Oids.INT2 || type.oid() == Oids.INT4 || type.oid() == Oids.INT8;
  }

  /** Raises 23503 when a row refers to nothing. */
  void validateForeignKey(TableEntry table, TableEntry target, ConstraintEntry.ForeignKey key) {
    List<String> matches = new ArrayList<>();
    List<String> notNulls = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      String from = ObjectNaming.quote(table.columns().get(key.columns().get(i) - 1).name());
      String to =
          ObjectNaming.quote(target.columns().get(key.referencedColumns().get(i) - 1).name());
      matches.add("pk." + to + " = fk." + from);
      notNulls.add("fk." + from + " IS NOT NULL");
    }
    long missing =
        context.execute(
            "SELECT 1 FROM "
                + qualified(table)
                + " fk WHERE "
                + String.join(" AND ", notNulls)
                + " AND NOT EXISTS (SELECT 1 FROM "
                + qualified(target)
                + " pk WHERE "
                + String.join(" AND ", matches)
                + ") LIMIT 1");
    boolean isMixed =
        missing == 0 && key.isMatchFull() && notNulls.size() > 1 && hasMixture(table, notNulls);
    if (missing > 0 || isMixed) {
      throw new SqlException(
              SqlState.FOREIGN_KEY_VIOLATION,
              "insert or update on table \""
                  + table.name()
                  + "\" violates foreign key constraint \""
                  + key.name()
                  + "\"",
              isMixed ? "MATCH FULL does not allow mixing of null and nonnull key values." : null,
              null)
          .withObject(ErrorObject.constraint(table.schema(), table.name(), key.name()));
    }
  }

  /** Tells whether a row has NULL in some but not all columns of a key of MATCH FULL. */
  private boolean hasMixture(TableEntry table, List<String> notNulls) {
    return context.execute(
            "SELECT 1 FROM "
                + qualified(table)
                + " fk WHERE ("
                + String.join(" OR ", notNulls)
                + ") AND NOT ("
                + String.join(" AND ", notNulls)
                + ") LIMIT 1")
        > 0;
  }

  // Expressions of columns.

  /** Binds all defaults and generated columns once, so that errors are raised now. */
  void validateExpressions(
      TableEntry table, java.util.Map<Integer, io.quarkgres.engine.ast.Expression> written) {
    for (ColumnEntry column : table.columns()) {
      if (written.containsKey(column.number())) {
        // As written, so that an error points into the statement.
        context.bindAssigned(written.get(column.number()), column);
      } else {
        validateExpression(table, column);
      }
    }
  }

  private static void refuseGenerated(TableEntry table, BoundExpr expr) {
    boolean isGenerated =
        expr instanceof BoundExpr.ColumnRef ref
            && ref.column() >= 0
            && ref.column() < table.columns().size()
            && table.columns().get(ref.column()).generated() != 0;
    if (isGenerated) {
      throw new SqlException(
          SqlState.INVALID_OBJECT_DEFINITION,
          "cannot use generated column \""
              + ((BoundExpr.ColumnRef) expr).name()
              + "\" in column generation expression",
          "A generated column cannot reference another generated column.",
          null);
    }
  }

  void validateExpression(TableEntry table, ColumnEntry column) {
    if (column.defaultSql() == null) {
      return;
    }
    if (column.generated() != 0) {
      BoundExpr bound = context.bindOver(column.defaultSql(), table.name(), table.columns(), 1);
      io.quarkgres.engine.bind.Expressions.walk(
          bound,
          e -> {
            refuseGenerated(table, e);
            boolean isChanging =
                e instanceof BoundExpr.FunctionCall call
                    && call.call().function().volatility()
                        != io.quarkgres.engine.function.Volatility.IMMUTABLE;
            if (isChanging) {
              throw new SqlException(
                  SqlState.INVALID_OBJECT_DEFINITION, "generation expression is not immutable");
            }
          });
      return;
    }
    context.bindAssigned(Parser.parseExpression(column.defaultSql()), column);
  }
}
