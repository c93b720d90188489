package io.quarkgres.spi.store;

/** Receives where an insert or update met an equal key. Used by one thread. */
public final class UniqueConflict {
  private TableIndex index;
  private int position;
  private long existingRowId;

  /** Notes a conflict of the row at a block position with an existing row. */
  public void set(TableIndex conflicting, int blockPosition, long rowId) {
    index = conflicting;
    position = blockPosition;
    existingRowId = rowId;
  }

  /** Returns the unique index whose key is there already. */
  public TableIndex index() {
    return index;
  }

  /** Returns the position in the block of the row that was not written. */
  public int position() {
    return position;
  }

  /** Returns the row that has the key. */
  public long existingRowId() {
    return existingRowId;
  }
}
