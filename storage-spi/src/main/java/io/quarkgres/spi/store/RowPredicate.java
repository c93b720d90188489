package io.quarkgres.spi.store;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/** A condition on rows, made by the engine and asked for blocks of them. Used by one thread. */
public interface RowPredicate {
  /** Returns the table columns that it looks at. */
  int[] columns();

  /** Returns those of the selected rows of a block, which has {@link #columns}, that pass. */
  Selection passing(Block rows);
}
