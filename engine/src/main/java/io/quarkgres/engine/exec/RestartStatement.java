package io.quarkgres.engine.exec;

/**
 * Says that a row has changed while the statement waited for it, and that the change cannot be
 * judged row by row: the statement is rolled back and run again with a newer snapshot. Never leaves
 * {@link io.quarkgres.engine.exec.build.Execution}.
 */
public final class RestartStatement extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RestartStatement() {
    super("the statement has to be run again", null, false, false);
  }
}
