package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.SystemColumns;
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

/** FOREIGN KEY constraints. Used by the session's thread. */
final class ForeignKeys {
  /** The numbers, each of which becomes those behind it without being asked. */
  private static final List<String> WIDER_NUMBERS =
      List.of("int2", "int4", "int8", "numeric", "float4", "float8");

  private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

  private final DdlContext context;

  ForeignKeys(DdlContext context) {
    this.context = context;
  }

  /** Makes a foreign key; existing rows are checked if there may be some. */
  void add(TableEntry table, TableConstraint.ForeignKey c, boolean checksRows) {
    TableConstraint.Reference reference = c.reference();
    if (reference.match() == TableConstraint.Match.PARTIAL) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented", c.position());
    }
    TableEntry target = lockedTarget(reference.table());
    requireSamePersistence(table, target);
    List<Integer> columns = numbers(table, c.columns());
    List<Integer> referenced = numbers(target, reference.columns());
    ConstraintEntry.Key key = referencedKey(target, referenced, reference);
    if (referenced.isEmpty()) {
      referenced.addAll(key.columns());
    }
    requireKept(table, columns, reference);
    if (referenced.size() != columns.size()) {
      throw new SqlException(
          SqlState.INVALID_FOREIGN_KEY,
          "number of referencing and referenced columns for foreign key disagree");
    }
    String name = c.name() != null ? c.name() : chosenName(table, c);
    requireReferences(target, referenced);
    requireComparable(table, columns, target, referenced, name);
    ConstraintDdl.requireNew(table, name);
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
      validate(table, target, entry);
    }
    ConstraintDdl.put(context, (TableEntry) context.catalog().relationByOid(table.oid()), entry);
  }

  private TableEntry lockedTarget(QualifiedName name) {
    RelationEntry found = context.find(name);
    if (found == null) {
      throw context.undefinedRelation(name);
    }
    if (!(found instanceof TableEntry)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "referenced relation \"" + found.name() + "\" is not a table");
    }
    context.lock(found.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
    return (TableEntry) context.catalog().relationByOid(found.oid());
  }

  private static List<Integer> numbers(TableEntry table, List<String> names) {
    List<Integer> result = new ArrayList<>();
    for (String name : names) {
      result.add(column(table, name));
    }
    return result;
  }

  private String chosenName(TableEntry table, TableConstraint.ForeignKey c) {
    return ConstraintDdl.chooser(context, table)
        .constraint(table.constraints(), table.name(), String.join("_", c.columns()), "fkey");
  }

  private static List<Integer> setColumns(
      TableEntry table, List<Integer> columns, TableConstraint.Reference reference) {
    List<Integer> result = new ArrayList<>();
    for (String name : reference.setColumns()) {
      int number = column(table, name);
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

  /** Raises 42601 for an action that would write a generated column. */
  private static void requireKept(
      TableEntry table, List<Integer> columns, TableConstraint.Reference reference) {
    boolean hasGenerated =
        columns.stream().anyMatch(number -> table.columns().get(number - 1).generated() != 0);
    if (!hasGenerated) {
      return;
    }
    if (reference.onUpdate() == TableConstraint.Action.CASCADE || sets(reference.onUpdate())) {
      throw invalidAction("UPDATE");
    }
    if (sets(reference.onDelete())) {
      throw invalidAction("DELETE");
    }
  }

  private static boolean sets(TableConstraint.Action action) {
    return action == TableConstraint.Action.SET_NULL
        || action == TableConstraint.Action.SET_DEFAULT;
  }

  private static SqlException invalidAction(String event) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        "invalid ON " + event + " action for foreign key constraint containing generated column");
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

  private static int column(TableEntry table, String name) {
    ColumnEntry column = table.column(name);
    if (column == null) {
      SystemColumns.refuseUse(name, "system columns cannot be used in foreign keys");
      throw new SqlException(
          SqlState.UNDEFINED_COLUMN,
          "column \"" + name + "\" referenced in foreign key constraint does not exist");
    }
    return column.number();
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

  /** Raises 42804 when a changed table has columns that a key can no longer compare. */
  void requireStillComparable(TableEntry changed) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof TableEntry table) {
        for (ConstraintEntry constraint : table.constraints()) {
          if (constraint instanceof ConstraintEntry.ForeignKey key
              && (table.oid() == changed.oid() || key.referencedTable() == changed.oid())) {
            TableEntry target = (TableEntry) context.catalog().relationByOid(key.referencedTable());
            requireComparable(table, key.columns(), target, key.referencedColumns(), key.name());
          }
        }
      }
    }
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
      if (isComparableElsewhere(from.type().base().name(), to.type().base().name())) {
        throw DdlErrors.notBuilt(
            "a foreign key from type %s to type %s"
                .formatted(from.type().info().sqlName(), to.type().info().sqlName()));
      }
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

  private static boolean isComparable(SqlType from, SqlType to) {
    SqlType a = from.base();
    SqlType b = to.base();
    if (a.oid() == b.oid()) {
      return true;
    }
    boolean areIntegers = isInteger(a) && isInteger(b);
    boolean areTexts = a.info().category() == 'S' && b.info().category() == 'S';
    return areIntegers || areTexts;
  }

  /** Tells whether PostgreSQL compares two types that are of different layout here. */
  private static boolean isComparableElsewhere(String from, String to) {
    int narrow = WIDER_NUMBERS.indexOf(from);
    int wide = WIDER_NUMBERS.indexOf(to);
    boolean isWidened = narrow >= 0 && wide >= 3 && narrow < wide;
    boolean areFloats = from.equals("float8") && to.equals("float4");
    boolean areTimes = !from.equals(to) && TIMES.contains(from) && TIMES.contains(to);
    return isWidened || areFloats || areTimes;
  }

  private static boolean isInteger(SqlType type) {
    return type.oid() == Oids.INT2 || type.oid() == Oids.INT4 || type.oid() == Oids.INT8;
  }

  /** Raises 23503 when a row refers to nothing. */
  void validate(TableEntry table, TableEntry target, ConstraintEntry.ForeignKey key) {
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
                + ObjectNaming.qualified(table)
                + " fk WHERE "
                + String.join(" AND ", notNulls)
                + " AND NOT EXISTS (SELECT 1 FROM "
                + ObjectNaming.qualified(target)
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
                + ObjectNaming.qualified(table)
                + " fk WHERE ("
                + String.join(" OR ", notNulls)
                + ") AND NOT ("
                + String.join(" AND ", notNulls)
                + ") LIMIT 1")
        > 0;
  }
}
