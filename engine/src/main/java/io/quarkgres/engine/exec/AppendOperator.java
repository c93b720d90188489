package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;
import java.util.List;

/** The rows of several inputs, one input after another. */
public final class AppendOperator implements Operator {
  private final List<Operator> inputs;
  private int current;

  public AppendOperator(List<Operator> inputs) {
    this.inputs = inputs;
  }

  @Override
  public Block next() {
    while (current < inputs.size()) {
      Block block = inputs.get(current).next();
      if (block != null) {
        return block;
      }
      current++;
    }
    return null;
  }

  @Override
  public void reset() {
    current = 0;
    inputs.forEach(Operator::reset);
  }

  @Override
  public void close() {
    inputs.forEach(Operator::close);
  }
}
