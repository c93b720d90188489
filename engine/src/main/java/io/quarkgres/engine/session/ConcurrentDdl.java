package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The statements about indexes that must be alone in their transaction. Thread: any. */
final class ConcurrentDdl {
  private ConcurrentDdl() {}

  /** Returns what to call a statement that must be alone, {@code null} for any other. */
  static String words(DdlStatement statement) {
    if (statement instanceof IndexStatement.CreateIndex s && s.isConcurrently()) {
      return "CREATE INDEX CONCURRENTLY";
    }
    if (statement instanceof ObjectStatement.Drop s && s.isConcurrently()) {
      requireOne(s);
      return "DROP INDEX CONCURRENTLY";
    }
    return statement instanceof IndexStatement.Reindex s ? reindex(s) : null;
  }

  private static void requireOne(ObjectStatement.Drop s) {
    if (s.names().size() > 1) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
    }
    if (s.isCascade()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "DROP INDEX CONCURRENTLY does not support CASCADE");
    }
  }

  private static String reindex(IndexStatement.Reindex s) {
    return switch (s.kind()) {
      case INDEX, TABLE -> s.isConcurrently() ? "REINDEX CONCURRENTLY" : null;
      case SCHEMA -> "REINDEX SCHEMA";
      case SYSTEM -> "REINDEX SYSTEM";
      case DATABASE -> "REINDEX DATABASE";
    };
  }
}
