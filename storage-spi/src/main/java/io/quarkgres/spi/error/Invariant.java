package io.quarkgres.spi.error;

/**
 * Checks of what the code itself promises, always on, for block, page and message boundaries. A
 * broken promise is a bug, not a user's error: it surfaces as {@code XX000}. Thread: any.
 */
public final class Invariant {
  private Invariant() {}

  /** Raises {@code XX000} naming the broken promise unless {@code held}. */
  public static void check(boolean held, String what) {
    if (!held) {
      throw new SqlException(SqlState.INTERNAL_ERROR, "invariant broken: " + what);
    }
  }
}
