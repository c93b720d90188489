package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.tree.Access;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;
import java.util.Set;

/**
 * What a READ ONLY transaction must not do: change or lock rows of tables that are not temporary.
 * Used by the session's thread.
 */
final class ReadOnlyRule {
  private static final Set<Privilege> READING = Set.of(Privilege.SELECT);

  private ReadOnlyRule() {}

  /** Raises 25006 for a command in a READ ONLY transaction. */
  static void refuse(ClientSession session, String command) {
    if (session.transaction() != null && session.transaction().isReadOnly()) {
      throw new SqlException(
          SqlState.READ_ONLY_SQL_TRANSACTION,
          "cannot execute " + command + " in a read-only transaction");
    }
  }

  /** Raises 25006 for a statement that changes the catalog. */
  static void refuseDdl(ClientSession session, String sql) {
    if (session.transaction().isReadOnly()) {
      refuse(session, commandWords(sql));
    }
  }

  /** Returns the words that name a command: CREATE TABLE of CREATE TEMP TABLE. */
  private static String commandWords(String sql) {
    String words = sql.strip().toUpperCase(Locale.ROOT);
    String plain =
        words.replaceAll("\\b(UNIQUE|TEMP|TEMPORARY|LOCAL|GLOBAL|UNLOGGED|OR|REPLACE)\\s+", "");
    String[] parts = plain.split("[\\s(;]+", 3);
    return switch (parts[0]) {
      case "TRUNCATE" -> "TRUNCATE TABLE";
      case "COMMENT" -> "COMMENT";
      default -> parts[0] + " " + parts[1];
    };
  }

  /** Raises 25006 for a statement that changes or locks rows of a table that others see. */
  static void check(ClientSession session, BoundStatement bound) {
    if (session.transaction().isReadOnly()
        && !bound.isReadOnly()
        && changesShared(session.environment().catalog(), bound)) {
      refuse(session, command(bound));
    }
  }

  private static boolean changesShared(CatalogVersion catalog, BoundStatement bound) {
    for (Access access : bound.accesses()) {
      RelationEntry relation = catalog.relationByOid(access.oid());
      boolean isTemporary = relation != null && relation.schema().startsWith("pg_temp_");
      if (!isTemporary && !READING.containsAll(access.privileges())) {
        return true;
      }
    }
    return false;
  }

  private static String command(BoundStatement bound) {
    String[] name = {bound.kind().name()};
    if (bound.kind() == BoundStatement.Kind.SELECT) {
      Relations.walk(
          bound.relation(),
          relation -> {
            if (relation instanceof Relation.LockRows rows) {
              name[0] = "SELECT FOR " + rows.locks().get(0).mode().name().replace('_', ' ');
            }
          });
    }
    return name[0];
  }
}
