package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * ALTER TABLE ... ALTER COLUMN: identity and generation expressions. Used by the session's thread.
 */
final class ColumnSources {
  private final DdlContext context;
  private final TableDdl tables;
  private final SequenceDdl sequences;

  ColumnSources(DdlContext context, TableDdl tables, SequenceDdl sequences) {
    this.context = context;
    this.tables = tables;
    this.sequences = sequences;
  }

  private static ColumnEntry require(TableEntry table, String name) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column;
      }
    }
    throw DdlErrors.undefinedColumn(name, table.name());
  }

  private void replace(TableEntry table, ColumnEntry column) {
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.set(column.number() - 1, column);
    TableEntry changed = TableDdl.with(table, columns, table.constraints(), table.store());
    context.change(editor -> editor.put(changed));
  }

  private static String shown(TableEntry table, ColumnEntry column) {
    return "column \"" + column.name() + "\" of relation \"" + table.name() + "\"";
  }

  private static SqlException wrongState(String message) {
    return new SqlException(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, message);
  }

  void addIdentity(TableEntry table, AlterTableAction.AddIdentity a) {
    ColumnEntry column = require(table, a.column());
    TableDdl.requireIdentityType(column.type());
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
    SequenceEntry sequence = tables.identitySequence(table, column, a.options());
    context.change(editor -> editor.put(sequence));
    replace(table, column.withSource(null, a.isAlways() ? 'a' : 'd', (char) 0));
  }

  void alterIdentity(TableEntry table, AlterTableAction.AlterIdentity a) {
    ColumnEntry column = require(table, a.column());
    if (column.identity() == 0) {
      throw wrongState(shown(table, column) + " is not an identity column");
    }
    SequenceEntry sequence = sequenceOf(table, column);
    SequenceEntry altered = sequences.altered(sequence, a.options());
    context.change(editor -> editor.put(altered));
    if (a.isAlways() != null) {
      replace(
          table,
          column.withSource(column.defaultSql(), a.isAlways() ? 'a' : 'd', column.generated()));
    }
  }

  private SequenceEntry sequenceOf(TableEntry table, ColumnEntry column) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s
          && s.ownedByTable() == table.oid()
          && s.ownedByColumn() == column.number()) {
        return s;
      }
    }
    throw new IllegalStateException("an identity column has a sequence");
  }

  /** Makes an identity column's sequence count in the column's new type. */
  void retypeIdentity(TableEntry table, int column, io.quarkgres.engine.ast.TypeName type) {
    SequenceEntry sequence = sequenceOf(table, table.columns().get(column - 1));
    SequenceEntry retyped = sequences.retyped(sequence, type);
    context.change(editor -> editor.put(retyped));
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
    int sequence = sequenceOf(table, column).oid();
    context.change(editor -> editor.removeRelation(sequence));
    replace(table, column.withSource(null, (char) 0, (char) 0));
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
    replace(table, column.withSource(null, column.identity(), (char) 0));
  }
}
