package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.spi.data.Block;

/** Counts the rows and the time of another operator. */
final class MeasuredOperator implements Operator {
  private final Operator operator;
  private final OperatorStatistics statistics;
  private boolean hasRun;

  MeasuredOperator(Operator operator, OperatorStatistics statistics) {
    this.operator = operator;
    this.statistics = statistics;
  }

  @Override
  public Block next() {
    if (!hasRun) {
      hasRun = true;
      statistics.addLoop();
    }
    long start = System.nanoTime();
    Block block = operator.next();
    statistics.add(block == null ? 0 : block.rowCount(), System.nanoTime() - start);
    return block;
  }

  @Override
  public void reset() {
    hasRun = false;
    operator.reset();
  }

  @Override
  public void close() {
    operator.close();
  }
}
