package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RestartStatement;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import java.util.Arrays;

/**
 * A running statement. A statement that changes data is run to its end, with its referential
 * checks, before its first row is given out. Used by one thread at a time.
 */
public final class Execution implements AutoCloseable {
  private final PlannedStatement planned;
  private final ExecutionContext context;
  private OperatorBuilder builder;
  private Operator root;
  private KeptBlocks finished;
  private int nextFinished;
  private Snapshot ownSnapshot;
  private boolean isClosed;

  private Execution(PlannedStatement planned, ExecutionContext context) {
    this.planned = planned;
    this.context = context;
    build();
  }

  /** Opens a statement. */
  public static Execution open(PlannedStatement planned, ExecutionContext context) {
    return new Execution(planned, context);
  }

  private void build() {
    builder = new OperatorBuilder(planned, context);
    root = builder.build(planned.plan());
  }

  /** Returns the next block of result columns, or {@code null} at the end. */
  public Block next() {
    if (isClosed) {
      return null;
    }
    if (builder.modifications().count() == 0) {
      return result(root.next());
    }
    if (finished == null) {
      finished = KeptBlocks.of(context);
      runToEnd();
    }
    return nextFinished < finished.count() ? finished.get(nextFinished++) : null;
  }

  private void runToEnd() {
    boolean canRestart =
        builder.modifications().needsRestart()
            && context.transaction().isolation() == IsolationLevel.READ_COMMITTED;
    while (true) {
      int savepoint = canRestart ? context.transaction().savepoint() : 0;
      try {
        for (Block block = root.next(); block != null; block = root.next()) {
          finished.add(result(block));
        }
        builder.modifications().references().run();
        return;
      } catch (RestartStatement restart) {
        context.transaction().rollbackTo(savepoint);
        startAgain();
      }
    }
  }

  private void startAgain() {
    finished.clear();
    builder.close();
    root.close();
    Snapshot newer = context.transaction().snapshot();
    context.replaceSnapshot(newer);
    if (ownSnapshot != null) {
      ownSnapshot.close();
    }
    ownSnapshot = newer;
    build();
  }

  /** Cuts off columns that are not the client's. */
  private Block result(Block block) {
    int width = planned.bound().columns().size();
    if (block == null || block.columns().length <= width) {
      return block;
    }
    Column[] columns = Arrays.copyOf(block.columns(), width);
    return new Block(columns, block.positionCount(), block.selection());
  }

  /** Returns how many rows the statement inserted, updated or deleted so far. */
  public long affectedRows() {
    return builder.modifications().affectedRows();
  }

  /** Returns what an operator did, or {@code null}; only of a measured execution. */
  public OperatorStatistics statistics(Plan plan) {
    return builder.statistics(plan);
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      root.close();
      builder.close();
      if (finished != null) {
        finished.close();
      }
      if (ownSnapshot != null) {
        ownSnapshot.close();
      }
    }
  }
}
