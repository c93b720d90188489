package io.quarkgres.engine.exec;

import io.quarkgres.engine.spill.SpilledRows;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks that are kept to be read again, in memory as far as that allows and then in a temporary
 * file. Used by one thread at a time.
 */
public final class KeptBlocks implements AutoCloseable {
  private final MemoryAccount memory;
  private final Interruption interruption;
  private final MemoryAccount.Share share;
  private final List<Block> held = new ArrayList<>();
  private SpilledRows spilled;

  /** Makes an empty list; {@code interruption} may be {@code null}. */
  public KeptBlocks(MemoryAccount memory, Interruption interruption) {
    this.memory = memory;
    this.interruption = interruption;
    this.share = memory.share();
  }

  /** Makes an empty list of an operator. */
  public static KeptBlocks of(ExecutionContext context) {
    return new KeptBlocks(context.memory(), context.evaluation().interruption());
  }

  /** Appends a block. */
  public void add(Block block) {
    if (spilled == null && share.bytes() <= memory.sortBytes()) {
      Block kept = 2 * block.rowCount() < block.positionCount() ? block.compact() : block;
      share.grow(bytes(kept));
      held.add(kept);
      return;
    }
    if (spilled == null) {
      spilled = new SpilledRows(memory.openFile(interruption), layouts(block));
    }
    spilled.append(block.columns(), block.selection());
    // a block of its own, so that blocks count alike
    spilled.finish();
  }

  private static Layout[] layouts(Block block) {
    Layout[] result = new Layout[block.columns().length];
    for (int i = 0; i < result.length; i++) {
      result[i] = block.column(i).layout();
    }
    return result;
  }

  /** Returns how many blocks there are to read; more than were added where some were large. */
  public int count() {
    return held.size() + (spilled == null ? 0 : spilled.blocks());
  }

  /** Returns the i-th block, from 0. */
  public Block get(int i) {
    return i < held.size() ? held.get(i) : spilled.read(i - held.size());
  }

  /** Returns how many rows the i-th block has. */
  public int rowCount(int i) {
    return i < held.size() ? held.get(i).rowCount() : spilled.rowCount(i - held.size());
  }

  /** Returns what a block takes, arrays that it shares with others not counted in full. */
  static long bytes(Block block) {
    long bytes = 64;
    for (Column column : block.columns()) {
      bytes += Math.min(column.memoryBytes(), 64L * block.positionCount());
    }
    return bytes;
  }

  /** Forgets all blocks. */
  public void clear() {
    held.clear();
    share.release();
    if (spilled != null) {
      spilled.release();
      spilled = null;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
