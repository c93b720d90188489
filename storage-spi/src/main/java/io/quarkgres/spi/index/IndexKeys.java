package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/**
 * Computes what an index holds from the rows of its table; made by the engine, which knows
 * expressions and predicates. Thread: any.
 */
public interface IndexKeys {
  /**
   * Returns the key columns, aligned with the positions of {@code rows} (all table columns). Only
   * what stands at selected positions is a key: those of {@link #qualifying} rows.
   */
  Block keys(Block rows);

  /** Returns the selected rows that the index holds (partial indexes drop some). */
  Selection qualifying(Block rows);

  /**
   * Returns the table columns that keys and predicate depend on, so that updates of others leave
   * the index alone and only these need be present in {@code rows}; {@code null} when not known.
   * The others may then be NULL in the rows given.
   */
  default int[] columns() {
    return null;
  }
}
