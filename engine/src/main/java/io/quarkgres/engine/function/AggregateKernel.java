package io.quarkgres.engine.function;

/** An aggregate function: makes accumulators. Thread: any. */
@FunctionalInterface
public non-sealed interface AggregateKernel extends Kernel {
  /** Makes an accumulator that holds the states of many groups. */
  Accumulator create(Call call, EvalContext context);
}
