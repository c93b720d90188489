package io.quarkgres.engine.ast;

/** Whether a relation outlives its session or a crash. */
public enum Persistence {
  PERMANENT,
  UNLOGGED,
  TEMPORARY
}
