package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * ALTER TABLE ... ALTER COLUMN: identity and generation expressions. Used by the session's thread.
 */
final class ColumnSources {
  private final DdlContext context;
  private final OwnedSequences sequences;

  ColumnSources(DdlContext context, OwnedSequences sequences) {
    this.context = context;
    this.sequences = sequences;
  }

  /** Returns a column to alter; raises 42703. */
  static ColumnEntry require(TableEntry table, String name) {
    ColumnEntry column = table.column(name);
    if (column == null) {
      SystemColumns.refuseChange("alter", name);
      throw DdlErrors.undefinedColumn(name, table.name());
    }
    return column;
  }

  private static String shown(TableEntry table, ColumnEntry column) {
    return "column \"" + column.name() + "\" of relation \"" + table.name() + "\"";
  }

  private static SqlException wrongState(String message) {
    return new SqlException(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, message);
  }

  void addIdentity(TableEntry table, AlterTableAction.AddIdentity a) {
    ColumnEntry column = require(table, a.column());
    ColumnDraft.requireIdentityType(column.type());
    String shown = shown(table, column);
    if (!column.isNotNull()) {
      throw wrongState(shown + " must be declared NOT NULL before identity can be added");
    }
    if (column.identity() != 0) {
      throw wrongState(shown + " is already an identity column");
    }
    if (column.defaultSql() != null) {
      throw wrongState(shown + " already has a default value");
    }
    context.put(sequences.makeFor(table, column, a.options()));
    context.put(table.with(column.withSource(null, a.isAlways() ? 'a' : 'd', (char) 0)));
  }

  void alterIdentity(TableEntry table, AlterTableAction.AlterIdentity a) {
    ColumnEntry column = require(table, a.column());
    if (column.identity() == 0) {
      throw wrongState(shown(table, column) + " is not an identity column");
    }
    sequences.alter(table, column, a.options());
    if (a.isAlways() != null) {
      context.put(
          table.with(
              column.withSource(
                  column.defaultSql(), a.isAlways() ? 'a' : 'd', column.generated())));
    }
  }

  void dropIdentity(TableEntry table, AlterTableAction.DropIdentity a) {
    ColumnEntry column = require(table, a.column());
    if (column.identity() == 0) {
      String message = shown(table, column) + " is not an identity column";
      if (!a.isIfExists()) {
        throw wrongState(message);
      }
      context.notice("NOTICE", "00000", message + ", skipping");
      return;
    }
    sequences.remove(table, column);
    context.put(table.with(column.withSource(null, (char) 0, (char) 0)));
  }

  void dropExpression(TableEntry table, AlterTableAction.DropExpression a) {
    ColumnEntry column = require(table, a.column());
    if (column.generated() == 0) {
      String message = shown(table, column) + " is not a stored generated column";
      if (!a.isIfExists()) {
        throw wrongState(message);
      }
      context.notice("NOTICE", "00000", message + ", skipping");
      return;
    }
    context.put(table.with(column.withSource(null, column.identity(), (char) 0)));
  }
}
