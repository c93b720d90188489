package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a virtual table: those that never change, made once, and those of a catalog version,
 * kept until another version is asked for. Thread: any.
 */
final class SystemRows implements VirtualTable.Rows {
  /** Makes rows out of a catalog version. */
  @FunctionalInterface
  interface Filler {
    /** Adds the rows. */
    void fill(CatalogVersion catalog, EvalContext context, RowSink out);
  }

  /** Blocks and the catalog version they show. */
  private record Kept(long version, List<Block> blocks) {}

  private final List<ColumnEntry> columns;
  private final Filler fixed;
  private final Filler filler;
  private final boolean isKept;
  private volatile List<Block> fixedBlocks;
  private volatile Kept kept;

  /**
   * Makes rows.
   *
   * @param fixed the rows that never change, or {@code null}
   * @param filler the other rows, or {@code null}
   * @param isKept whether they depend on nothing but the catalog version
   */
  SystemRows(List<ColumnEntry> columns, Filler fixed, Filler filler, boolean isKept) {
    this.columns = columns;
    this.fixed = fixed;
    this.filler = filler;
    this.isKept = isKept;
  }

  @Override
  public BlockCursor open(Catalog catalog, EvalContext context) {
    CatalogVersion version = (CatalogVersion) catalog;
    List<Block> all = new ArrayList<>(fixedBlocks(version, context));
    if (filler != null) {
      all.addAll(blocks(version, context));
    }
    Iterator<Block> blocks = all.iterator();
    return () -> blocks.hasNext() ? blocks.next() : null;
  }

  private List<Block> fixedBlocks(CatalogVersion catalog, EvalContext context) {
    if (fixed == null) {
      return List.of();
    }
    if (fixedBlocks == null) {
      fixedBlocks = made(fixed, catalog, context);
    }
    return fixedBlocks;
  }

  private List<Block> blocks(CatalogVersion catalog, EvalContext context) {
    if (!isKept) {
      return made(filler, catalog, context);
    }
    Kept now = kept;
    if (now == null || now.version() != catalog.version()) {
      now = new Kept(catalog.version(), made(filler, catalog, context));
      kept = now;
    }
    return now.blocks();
  }

  private List<Block> made(Filler from, CatalogVersion catalog, EvalContext context) {
    RowSink sink = new RowSink(columns);
    from.fill(catalog, context, sink);
    return sink.blocks();
  }
}
