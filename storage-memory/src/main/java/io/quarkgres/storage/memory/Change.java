package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import java.util.List;

/**
 * One change of what a storage keeps, in a form that can be written down and made again: a
 * transaction is a series of them, and so is a whole storage. Row ids are physical; making a change
 * twice is the same as making it once. Thread: any.
 */
public sealed interface Change {
  /** A table became part of the storage. */
  record TableAdded(long table, List<Layout> columns) implements Change {
    /** Copies the list. */
    public TableAdded {
      columns = List.copyOf(columns);
    }
  }

  /** A table went, with its rows. */
  record TableRemoved(long table) implements Change {}

  /** Rows with all columns; the block is dense and aligned with the ids. */
  record RowsInserted(long table, long[] rowIds, Block rows) implements Change {}

  /** New values of some columns of rows; the block is dense and aligned with the ids. */
  record RowsUpdated(long table, long[] rowIds, int[] columns, Block values) implements Change {}

  /** Rows that went. */
  record RowsDeleted(long table, long[] rowIds) implements Change {}

  /** A metadata value, {@code null} for one that went. */
  record Put(String key, byte[] value) implements Change {}
}
