package io.quarkgres.storage.memory;

import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.storage.memory.serial.SerializableTransaction;

/**
 * A point in commit order, and how far into its own transaction. Registered until closed, so that
 * what it sees is kept. Thread: any.
 */
final class MemorySnapshot implements Snapshot {
  private final SnapshotRegistry registry;
  private final MemoryTransaction owner;
  private final int command;
  private final long timestamp;
  private int slot;

  /** Who is to be told of changes that are passed over; {@code null} if that does not matter. */
  private final SerializableTransaction serial;

  /** The timestamp of its transaction's snapshot, which this one may be newer than. */
  private final long baseTimestamp;

  /** Makes a snapshot of a timestamp that a registry slot holds. */
  MemorySnapshot(SnapshotRegistry registry, int slot, MemoryTransaction owner) {
    this(registry, slot, owner, null, 0);
  }

  /** Makes a snapshot of a serializable transaction. */
  MemorySnapshot(
      SnapshotRegistry registry,
      int slot,
      MemoryTransaction owner,
      SerializableTransaction serial,
      long baseTimestamp) {
    this.serial = serial;
    this.baseTimestamp = baseTimestamp;
    this.registry = registry;
    this.slot = slot;
    this.owner = owner;
    this.command = owner.command();
    this.timestamp = registry.timestamp(slot);
  }

  private MemorySnapshot(MemorySnapshot other) {
    registry = other.registry;
    owner = other.owner;
    command = other.command;
    timestamp = other.timestamp;
    slot = -1;
    serial = null;
    baseTimestamp = 0;
  }

  /**
   * Returns a view that tells nothing, while this is open: for looking at rows by their ids, which
   * a read has found and told of already.
   */
  MemorySnapshot quiet() {
    return serial == null ? this : new MemorySnapshot(this);
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  MemoryTransaction owner() {
    return owner;
  }

  /** Tells whether this snapshot sees a change. */
  boolean sees(UndoBatch batch) {
    MemoryTransaction writer = batch.transaction;
    if (writer == owner) {
      return batch.command < command;
    }
    long committed = writer.commitTimestamp();
    boolean isSeen = committed != 0 && committed <= timestamp;
    if (serial != null && !(isSeen && committed <= baseTimestamp)) {
      tell(writer.snapshots().serial(), isSeen);
    }
    return isSeen;
  }

  /** Tells of a change that its transaction's snapshot does not see. */
  private void tell(SerializableTransaction writer, boolean isSeen) {
    if (writer == null) {
      return;
    }
    if (isSeen) {
      serial.followed(writer);
    } else {
      serial.passedOver(writer);
    }
  }

  /** Marks a whole table as read; to be called before it is. */
  void reading(MemoryTable table) {
    if (serial != null) {
      serial.readTable(table.id());
    }
  }

  /** Marks a range of an index as read; to be called before it is. */
  void reading(OrderedMemoryIndex index, KeyRange range) {
    if (serial != null) {
      serial.readKeys(index.table().id(), index, range);
    }
  }

  @Override
  public void close() {
    int held;
    synchronized (this) {
      held = slot;
      slot = -1;
    }
    if (held >= 0) {
      registry.release(held);
    }
  }
}
