package io.quarkgres.engine.exec;

/**
 * An operator over one input that gathers something of it, which it lets go of when it is closed or
 * begins anew. Used by one thread.
 */
public abstract class GatheringOperator implements Operator {
  /** What the rows come from. */
  protected final Operator input;

  /** Makes one over an input. */
  protected GatheringOperator(Operator input) {
    this.input = input;
  }

  /** Lets go of what was gathered; may be called when there is nothing. */
  protected abstract void forget();

  @Override
  public final void reset() {
    forget();
    input.reset();
  }

  @Override
  public final void close() {
    forget();
    input.close();
  }
}
