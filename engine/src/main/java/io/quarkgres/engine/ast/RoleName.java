package io.quarkgres.engine.ast;

/**
 * A role where one is expected.
 *
 * @param name the role; {@code null} unless {@code kind} is {@link Kind#NAMED}
 */
public record RoleName(Kind kind, String name, int position) {
  /** How the role was given. */
  public enum Kind {
    NAMED,
    CURRENT_ROLE,
    CURRENT_USER,
    SESSION_USER,
    PUBLIC
  }
}
