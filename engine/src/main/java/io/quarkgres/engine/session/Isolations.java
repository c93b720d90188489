package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.spi.store.IsolationLevel;

/** Isolation levels by the words of SQL and of settings. Thread: any. */
final class Isolations {
  private Isolations() {}

  static IsolationLevel ofSetting(Settings settings) {
    return switch (settings.raw("default_transaction_isolation")) {
      case "serializable" -> IsolationLevel.SERIALIZABLE;
      case "repeatable read" -> IsolationLevel.REPEATABLE_READ;
      default -> IsolationLevel.READ_COMMITTED;
    };
  }

  /** Returns the level of SQL's words, or {@code null} for none. */
  static IsolationLevel of(UtilityStatement.IsolationLevel level) {
    return level == null
        ? null
        : switch (level) {
          case READ_UNCOMMITTED, READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
          case REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
          case SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
        };
  }

  static String name(IsolationLevel level) {
    return switch (level) {
      case READ_COMMITTED -> "read committed";
      case REPEATABLE_READ -> "repeatable read";
      case SERIALIZABLE -> "serializable";
    };
  }
}
