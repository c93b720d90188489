package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.Snapshot;

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

  /** Makes a snapshot of a timestamp that a registry slot holds. */
  MemorySnapshot(SnapshotRegistry registry, int slot, MemoryTransaction owner) {
    this.registry = registry;
    this.slot = slot;
    this.owner = owner;
    this.command = owner.command();
    this.timestamp = registry.timestamp(slot);
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  MemoryTransaction owner() {
    return owner;
  }

  int command() {
    return command;
  }

  /** Tells whether this snapshot sees a change. */
  boolean sees(UndoBatch batch) {
    MemoryTransaction writer = batch.transaction;
    if (writer == owner) {
      return batch.command < command;
    }
    long committed = writer.commitTimestamp();
    return committed != 0 && committed <= timestamp;
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
