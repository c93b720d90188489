package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a table's rows anew into a store with other columns: ADD COLUMN, ALTER TYPE. The old store
 * stays for transactions that still see the old catalog version. Used by the session's thread.
 */
final class TableRewrite {
  /** The number by which expressions refer to the table's columns as they were. */
  static final int OLD = 1;

  private static final int NEW = 2;

  private final DdlContext context;
  private final IndexBuild indexes;

  TableRewrite(DdlContext context, IndexBuild indexes) {
    this.context = context;
    this.indexes = indexes;
  }

  /** Returns references to all columns as they are. */
  static List<BoundExpr> identity(TableEntry table) {
    List<BoundExpr> result = new ArrayList<>();
    for (ColumnEntry c : table.columns()) {
      result.add(new BoundExpr.ColumnRef(OLD, c.number() - 1, c.type(), c.typmod(), c.name()));
    }
    return result;
  }

  /** Puts the table with new columns, whose values are expressions over the old ones. */
  TableEntry rewrite(TableEntry table, List<ColumnEntry> columns, List<BoundExpr> values) {
    TableStore store = NewRelation.store(context, columns);
    copy(table, values, store);
    TableEntry rewritten = table.with(columns, table.constraints(), store);
    List<IndexEntry> rebuilt = new ArrayList<>();
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      rebuilt.add(indexes.rebuild(rewritten, index));
    }
    context.transaction().replaced(table.store());
    context.change(editor -> {
      editor.put(rewritten);
      rebuilt.forEach(editor::put);
    });
    return rewritten;
  }

  private void copy(TableEntry table, List<BoundExpr> values, TableStore store) {
    List<OutputColumn> outputs = new ArrayList<>();
    for (ColumnEntry c : table.columns()) {
      outputs.add(new OutputColumn(OLD, c.number() - 1, c.name(), c.type(), c.typmod()));
    }
    List<String> names = new ArrayList<>();
    List<ResultColumn> results = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      names.add("column" + (i + 1));
      results.add(
          new ResultColumn(names.get(i), values.get(i).type(), values.get(i).typmod(), 0, 0));
    }
    Relation project =
        new Relation.Project(
            NEW,
            new Relation.Scan(OLD, table, table.name(), outputs),
            values,
            Relation.outputsOf(NEW, values, names));
    BoundStatement statement =
        new BoundStatement(
            project,
            results,
            List.of(),
            BoundStatement.Kind.SELECT,
            true,
            List.of(),
            List.of(),
            context.catalog().version());
    context.nextCommand();
    try (BlockCursor rows = context.run(statement)) {
      for (Block block = rows.next(); block != null; block = rows.next()) {
        store.insert(
            context.transaction(), block, new long[block.rowCount()], new UniqueConflict());
      }
    }
    context.nextCommand();
  }
}
