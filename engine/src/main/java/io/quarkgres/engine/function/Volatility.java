package io.quarkgres.engine.function;

/** How far a function's result can be relied on (manual, section 38.7). Thread: any. */
public enum Volatility {
  /** Always the same for the same arguments. */
  IMMUTABLE,
  /** The same within a statement. */
  STABLE,
  /** May change at every call, or has effects. */
  VOLATILE
}
