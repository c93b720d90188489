package io.quarkgres.engine.catalog;

import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.store.BlockCursor;
import java.util.List;

/**
 * A table or view of {@code pg_catalog} or {@code information_schema}, computed from a catalog
 * version when it is read. Thread: any.
 *
 * @param kind {@code r} or {@code v}
 */
public record VirtualTable(
    int oid,
    int schemaOid,
    String schema,
    String name,
    char kind,
    List<ColumnEntry> columns,
    Rows rows)
    implements RelationEntry {
  /** Computes the rows. */
  @FunctionalInterface
  public interface Rows {
    /** Opens the rows with all columns, as a version of the catalog has them. */
    BlockCursor open(Catalog catalog, EvalContext context);
  }

  @Override
  public int owner() {
    return 10;
  }

  @Override
  public RelationEntry withColumns(List<ColumnEntry> newColumns) {
    return new VirtualTable(oid, schemaOid, schema, name, kind, newColumns, rows);
  }

  @Override
  public VirtualTable placed(int newSchemaOid, String newSchema, String newName, int newOwner) {
    throw new IllegalStateException("a system catalog stays where it is");
  }
}
