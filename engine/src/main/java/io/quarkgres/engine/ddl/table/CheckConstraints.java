package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashSet;
import java.util.Set;

/** CHECK constraints of tables. Used by the session's thread. */
final class CheckConstraints {
  private final DdlContext context;

  CheckConstraints(DdlContext context) {
    this.context = context;
  }

  /** Adds a condition; existing rows are checked if there may be some. */
  ConstraintEntry.Check make(TableEntry table, TableConstraint.Check c, boolean checksRows) {
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
      name =
          ConstraintDdl.chooser(context, table)
              .constraint(table.constraints(), table.name(), second, "check");
    }
    ConstraintDdl.requireNew(table, name);
    if (checksRows && !c.isNotValid()) {
      validate(table, name, c.condition().text());
    }
    return new ConstraintEntry.Check(
        context.newOid(),
        name,
        table.oid(),
        CanonicalSql.over(context, c.condition().text(), table.name(), table.columns()),
        !c.isNotValid());
  }

  /** Returns the only column that a condition refers to, whose name goes into the constraint's. */
  private static String onlyColumn(TableEntry table, BoundExpr condition) {
    Set<Integer> columns = new HashSet<>();
    Expressions.walk(
        condition,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            columns.add(ref.column());
          }
        });
    return columns.size() == 1 ? table.columns().get(columns.iterator().next()).name() : null;
  }

  /** Raises 23514 when a row breaks a condition. */
  void validate(TableEntry table, String name, String conditionSql) {
    long broken =
        context.execute(
            "SELECT 1 FROM "
                + ObjectNaming.qualified(table)
                + " WHERE NOT ("
                + conditionSql
                + ") LIMIT 1");
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
}
