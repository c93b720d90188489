package io.quarkgres.engine.ast;

/** What follows OVER: a name of the WINDOW clause, or a window of its own. */
public sealed interface Over {
  /** {@code OVER name}. */
  record Named(String name, int position) implements Over {}

  /** {@code OVER (...)}. */
  record Inline(WindowSpecification specification) implements Over {}
}
