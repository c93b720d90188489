package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.NameChooser;
import io.quarkgres.engine.ddl.drop.DropDdl;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Adds constraints to tables, new and old, and changes them. Used by the session's thread. */
public final class ConstraintDdl {
  private final DdlContext context;
  private final CheckConstraints checks;
  private final KeyConstraints keys;
  private final ForeignKeys foreignKeys;
  private final DropDdl drops;

  public ConstraintDdl(DdlContext context, IndexBuild indexes, NotNulls notNulls, DropDdl drops) {
    this.context = context;
    this.checks = new CheckConstraints(context);
    this.keys = new KeyConstraints(context, indexes, notNulls);
    this.foreignKeys = new ForeignKeys(context);
    this.drops = drops;
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
      case TableConstraint.Check c -> put(context, table, checks.make(table, c, checksRows));
      case TableConstraint.Key c -> keys.add(table, c, checksRows ? -1 : c.position());
      case TableConstraint.ForeignKey c -> foreignKeys.add(table, c, checksRows);
      case TableConstraint.KeyUsingIndex c -> keys.addUsingIndex(table, c);
      case TableConstraint.Exclusion c -> throw DdlErrors.notBuilt("EXCLUDE");
    }
  }

  /** Puts a table with one more constraint. */
  static void put(DdlContext context, TableEntry table, ConstraintEntry constraint) {
    List<ConstraintEntry> all = new ArrayList<>(table.constraints());
    all.add(constraint);
    context.put(table.withConstraints(all));
  }

  /** Raises 42710 when a table has a constraint of a name. */
  static void requireNew(TableEntry table, String name) {
    for (ConstraintEntry other : table.constraints()) {
      if (other.name().equals(name)) {
        throw new SqlException(
            SqlState.DUPLICATE_OBJECT,
            "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
      }
    }
  }

  static NameChooser chooser(DdlContext context, TableEntry table) {
    return new NameChooser(context.catalog(), table.schema(), List.of());
  }

  /** ALTER CONSTRAINT: when it is checked. */
  void alter(TableEntry table, AlterTableAction.AlterConstraint a) {
    ConstraintEntry found = find(table, a.name());
    if (found == null) {
      throw undefinedConstraint(table, a.name());
    }
    if (!(found instanceof ConstraintEntry.ForeignKey key)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "constraint \""
              + found.name()
              + "\" of relation \""
              + table.name()
              + "\" is not a foreign key constraint");
    }
    TableConstraint.Deferral deferral = a.deferral();
    swap(table, key, key.deferred(deferral.isDeferrable(), deferral.isInitiallyDeferred()));
  }

  /** VALIDATE CONSTRAINT. */
  void validate(TableEntry table, AlterTableAction.ValidateConstraint a) {
    ConstraintEntry found = find(table, a.name());
    switch (found) {
      case null -> throw undefinedConstraint(table, a.name());
      case ConstraintEntry.Check c -> {
        checks.validate(table, c.name(), c.conditionSql());
        swap(
            table,
            c,
            new ConstraintEntry.Check(c.oid(), c.name(), c.tableOid(), c.conditionSql(), true));
      }
      case ConstraintEntry.ForeignKey c -> {
        TableEntry target = (TableEntry) context.catalog().relationByOid(c.referencedTable());
        foreignKeys.validate(table, target, c);
        swap(table, c, c.validated());
      }
      case ConstraintEntry.Key c ->
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "constraint \""
                  + c.name()
                  + "\" of relation \""
                  + table.name()
                  + "\" is not a foreign key or check constraint");
    }
  }

  private void swap(TableEntry table, ConstraintEntry old, ConstraintEntry replaced) {
    List<ConstraintEntry> all = new ArrayList<>(table.constraints());
    all.set(all.indexOf(old), replaced);
    context.put(table.withConstraints(all));
  }

  /** DROP CONSTRAINT. */
  void drop(TableEntry table, AlterTableAction.DropConstraint a) {
    ConstraintEntry found = find(table, a.name());
    if (found == null) {
      if (!a.isIfExists()) {
        throw undefinedConstraint(table, a.name());
      }
      context.notice(
          "NOTICE", "00000", undefinedConstraint(table, a.name()).getMessage() + ", skipping");
      return;
    }
    drops.dropWithDependents(List.of(new DropItem.Constraint(found)), a.isCascade());
  }

  private static ConstraintEntry find(TableEntry table, String name) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint.name().equals(name)) {
        return constraint;
      }
    }
    return null;
  }

  private static SqlException undefinedConstraint(TableEntry table, String name) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
  }
}
