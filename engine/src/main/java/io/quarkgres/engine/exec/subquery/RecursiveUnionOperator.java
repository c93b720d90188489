package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/**
 * WITH RECURSIVE: the rows of the first term, then, as long as there are new rows, those of the
 * recursive term over the rows of the round before. Rows are yielded as they come, so that a LIMIT
 * ends an endless recursion.
 */
public final class RecursiveUnionOperator implements Operator {
  private final Operator first;
  private final Operator recursive;
  private final WorkingTable working;
  private final SqlType[] distinctTypes;
  private final ExecutionContext context;
  private final MemoryAccount.Share seenShare;
  private KeptBlocks round;
  private KeyTable seen;
  private boolean isRecursing;
  private boolean isDone;

  /** Makes one; {@code distinctTypes} is {@code null} for UNION ALL. */
  public RecursiveUnionOperator(
      Operator first,
      Operator recursive,
      WorkingTable working,
      SqlType[] distinctTypes,
      ExecutionContext context) {
    this.first = first;
    this.recursive = recursive;
    this.working = working;
    this.distinctTypes = distinctTypes;
    this.context = context;
    this.round = KeptBlocks.of(context);
    this.seenShare = context.memory().share();
  }

  @Override
  public Block next() {
    if (seen == null && distinctTypes != null) {
      seen = KeyTable.ofGroups(distinctTypes);
    }
    while (!isDone) {
      context.checkInterruption();
      Block block = isRecursing ? recursive.next() : first.next();
      if (block == null) {
        isDone = round.count() == 0;
        if (!isDone) {
          startRound();
        }
        continue;
      }
      if (seen != null) {
        Selection fresh = DistinctKeys.fresh(seen, block);
        seenShare.set(seen.memoryBytes());
        if (fresh.count() == 0) {
          continue;
        }
        block = block.select(fresh);
      }
      round.add(block);
      return block;
    }
    return null;
  }

  private void startRound() {
    isRecursing = true;
    working.set(round);
    round = KeptBlocks.of(context);
    recursive.reset();
  }

  @Override
  public void reset() {
    forget();
    isDone = false;
    first.reset();
  }

  private void forget() {
    round.clear();
    working.set(null);
    seen = null;
    isRecursing = false;
    seenShare.release();
  }

  @Override
  public void close() {
    forget();
    isDone = true;
    first.close();
    recursive.close();
  }
}
