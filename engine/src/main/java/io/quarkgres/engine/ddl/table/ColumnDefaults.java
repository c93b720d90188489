package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.Immutability;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Map;

/** Defaults and generation expressions of columns. Used by the session's thread. */
public final class ColumnDefaults {
  private final DdlContext context;

  public ColumnDefaults(DdlContext context) {
    this.context = context;
  }

  /** ALTER COLUMN SET DEFAULT and DROP DEFAULT. */
  void set(TableEntry table, AlterTableAction.ColumnDefault a) {
    ColumnEntry column = ColumnSources.require(table, a.column());
    if (column.identity() != 0) {
      throw DdlErrors.columnIs(table, column, "an identity column");
    }
    if (column.generated() != 0) {
      throw DdlErrors.columnIs(table, column, "a generated column");
    }
    if (a.value() != null) {
      context.bindDefault(a.value().expression(), column);
    }
    String sql =
        a.value() == null ? null : CanonicalSql.assigned(context, a.value().text(), column);
    context.put(table.with(column.withDefault(sql)));
  }

  /** Binds all defaults and generated columns once, so that errors are raised now. */
  void validateAll(TableEntry table, Map<Integer, Expression> written) {
    for (ColumnEntry column : table.columns()) {
      // As written, so that an error points into the statement.
      Expression expression = written.get(column.number());
      if (expression != null && column.generated() != 0) {
        validateGenerated(table, expression);
      } else if (expression != null) {
        context.bindAssigned(expression, column);
      } else {
        validate(table, column);
      }
    }
  }

  /** Binds a default or a generation expression once, so that errors are raised now. */
  void validate(TableEntry table, ColumnEntry column) {
    if (column.defaultSql() == null) {
      return;
    }
    Expression kept = Parser.parseExpression(column.defaultSql());
    if (column.generated() == 0) {
      context.bindAssigned(kept, column);
    } else {
      validateGenerated(table, kept);
    }
  }

  private void validateGenerated(TableEntry table, Expression expression) {
    BoundExpr bound = context.bindOver(expression, table, 1, Binder.Purpose.GENERATED_COLUMN);
    Expressions.walk(bound, e -> refuseGenerated(table, e));
    Immutability.require(bound, "generation expression is not immutable");
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
}
