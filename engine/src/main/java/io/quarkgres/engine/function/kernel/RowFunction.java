package io.quarkgres.engine.function.kernel;

/** A function of single values: reads arguments from a row, writes one result. Thread: any. */
@FunctionalInterface
public interface RowFunction {
  /** Computes one row: exactly one call of a method of {@code out}. */
  void apply(Row row, Out out);
}
