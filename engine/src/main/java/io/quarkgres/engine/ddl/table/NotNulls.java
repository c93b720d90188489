package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** NOT NULL of columns. Used by the session's thread. */
public final class NotNulls {
  private final DdlContext context;

  public NotNulls(DdlContext context) {
    this.context = context;
  }

  /** ALTER COLUMN SET NOT NULL and DROP NOT NULL. */
  void set(TableEntry table, AlterTableAction.ColumnNotNull a) {
    ColumnEntry column = ColumnSources.require(table, a.column());
    if (a.isSet()) {
      requireNoNulls(table, column);
    } else {
      refusePrimaryKey(table, column);
    }
    context.put(table.with(column.withNotNull(a.isSet())));
  }

  private static void refusePrimaryKey(TableEntry table, ColumnEntry column) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key
          && key.isPrimary()
          && key.columns().contains(column.number())) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "column \"" + column.name() + "\" is in a primary key");
      }
    }
    if (column.identity() != 0) {
      throw DdlErrors.columnIs(table, column, "an identity column");
    }
  }

  /** Returns the table with columns made NOT NULL; raises 23502 when a row has a NULL there. */
  TableEntry withNotNull(TableEntry table, List<Integer> numbers) {
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    for (int number : numbers) {
      ColumnEntry c = columns.get(number - 1);
      if (!c.isNotNull()) {
        requireNoNulls(table, c);
        columns.set(number - 1, c.withNotNull(true));
      }
    }
    return table.withColumns(columns);
  }

  /** Raises 23502 when a row has NULL in a column. */
  void requireNoNulls(TableEntry table, ColumnEntry column) {
    if (table.store().rowCountEstimate() == 0 && !context.transaction().hasWritten()) {
      return;
    }
    long nulls =
        context.execute(
            "SELECT 1 FROM "
                + ObjectNaming.qualified(table)
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
}
