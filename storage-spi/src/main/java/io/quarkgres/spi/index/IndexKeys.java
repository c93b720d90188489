package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/**
 * Computes what an index holds from the rows of its table; made by the engine, which knows
 * expressions and predicates. Thread: any.
 */
public interface IndexKeys {
  /** Returns the key columns, aligned with the positions of {@code rows} (all table columns). */
  Block keys(Block rows);

  /** Returns the selected rows that the index holds (partial indexes drop some). */
  Selection qualifying(Block rows);
}
