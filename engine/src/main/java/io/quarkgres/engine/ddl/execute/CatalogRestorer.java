package io.quarkgres.engine.ddl.execute;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.CatalogImage;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.index.OperatorClasses;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.exec.scan.IndexSpecs;
import io.quarkgres.engine.function.PlainContext;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.List;

/** Brings back extensions, and indexes by building them anew. Used by the starting thread. */
public final class CatalogRestorer implements CatalogImage.Restorer {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.engine.ddl");
  private static final int TABLE = 1;

  /** Building an index over so many rows is worth a line in the log. */
  private static final long ROWS_TOLD = 100_000;

  private final Storage storage;

  /** Makes a restorer over a storage. */
  public CatalogRestorer(Storage storage) {
    this.storage = storage;
  }

  @Override
  public void extension(CatalogVersion.Editor editor, ExtensionEntry entry, String schema) {
    ExtensionDdl.install(editor, ExtensionDdl.find(entry.name()), entry, schema);
  }

  @Override
  public IndexEntry index(CatalogVersion catalog, TableEntry table, IndexEntry index) {
    boolean hasStructure =
        !OperatorClasses.WITHOUT_STRUCTURE.contains(index.method())
            || storage.hasMethod(index.method());
    if (!hasStructure) {
      return index;
    }
    long rows = table.store().rowCountEstimate();
    if (rows >= ROWS_TOLD) {
      LOG.log(
          System.Logger.Level.INFO,
          "building index \"{0}\" ({1}) over {2} rows",
          index.name(),
          index.method(),
          Long.toString(rows));
    }
    Binder binder =
        new Binder(
            new BindContext(
                catalog,
                List.of("pg_catalog", "public"),
                "postgres",
                List.of(),
                PlainContext.INSTANCE.types()));
    List<BoundExpr> keys = new ArrayList<>();
    for (IndexEntry.Key key : index.keys()) {
      keys.add(
          key.column() > 0
              ? reference(table.columns().get(key.column() - 1))
              : bound(binder, key.expressionSql(), table));
    }
    BoundExpr predicate =
        index.predicateSql() == null ? null : bound(binder, index.predicateSql(), table);
    Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    TableIndex built =
        table
            .store()
            .addIndex(
                transaction,
                IndexSpecs.of(
                    index, table.columns(), TABLE, keys, predicate, catalog, PlainContext.INSTANCE),
                new UniqueConflict(),
                new long[1],
                new BuildProgress());
    if (built == null) {
      transaction.rollback();
      throw new SqlException(
          SqlState.DATA_CORRUPTED,
          "table \"" + table.name() + "\" has equal keys in unique index \"" + index.name() + "\"");
    }
    transaction.commit();
    return index.withIndex(built);
  }

  private static BoundExpr reference(ColumnEntry c) {
    return new BoundExpr.ColumnRef(TABLE, c.number() - 1, c.type(), c.typmod(), c.name());
  }

  private static BoundExpr bound(Binder binder, String sql, TableEntry table) {
    return binder.bindOver(Parser.parseExpression(sql), table.name(), table.columns(), TABLE);
  }
}
