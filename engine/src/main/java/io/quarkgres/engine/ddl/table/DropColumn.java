package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.engine.ddl.drop.ColumnUses;
import io.quarkgres.engine.ddl.drop.DropDdl;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE ... DROP COLUMN. Used by the session's thread. */
final class DropColumn {
  private final DdlContext context;
  private final OwnedSequences sequences;
  private final DropDdl drops;

  DropColumn(DdlContext context, OwnedSequences sequences, DropDdl drops) {
    this.context = context;
    this.sequences = sequences;
    this.drops = drops;
    drops.setColumnRemover(this::remove);
  }

  void drop(TableEntry table, AlterTableAction.DropColumn a) {
    ColumnEntry column = table.column(a.column());
    if (column == null) {
      SystemColumns.refuseChange("drop", a.column());
      if (!a.isIfExists()) {
        throw DdlErrors.undefinedColumn(a.column(), table.name());
      }
      context.notice(
          "NOTICE",
          "00000",
          DdlErrors.undefinedColumn(a.column(), table.name()).getMessage() + ", skipping");
      return;
    }
    drops.dropWithDependents(List.of(new DropItem.Column(table, column)), a.isCascade());
  }

  /** Takes a column out of a table, with the constraints and indexes that are about it. */
  private void remove(TableEntry table, ColumnEntry column) {
    List<ConstraintEntry> kept = new ArrayList<>();
    for (ConstraintEntry constraint : table.constraints()) {
      if (!ColumnUses.uses(context, table, constraint, column)) {
        kept.add(constraint);
      }
    }
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      if (ColumnUses.uses(context, table, index, column)) {
        removeIndex(table, index);
      }
    }
    TableEntry now = (TableEntry) context.catalog().relationByOid(table.oid());
    context.put(now.with(column.dropped()).withConstraints(kept));
    sequences.remove(table, column);
  }

  private void removeIndex(TableEntry table, IndexEntry index) {
    context.change(editor -> editor.removeRelation(index.oid()));
    if (index.index() != null) {
      context.onCommit(() -> table.store().dropIndex(index.index()));
    }
  }
}
