package io.quarkgres.engine.ddl.index;

import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Set;

/**
 * What an access method can do beyond indexing one column, as {@code amcanunique}, {@code
 * amcaninclude} and {@code amcanmulticol} of PostgreSQL say. Thread: any.
 */
final class IndexAbilities {
  private static final Set<String> UNIQUE = Set.of("btree");
  private static final Set<String> INCLUDED = Set.of("btree", "gist", "spgist");
  private static final Set<String> ORDERED = Set.of("btree");
  private static final Set<String> MULTICOLUMN = Set.of("btree", "gin", "gist", "brin");

  private IndexAbilities() {}

  /** Raises 0A000 when a statement asks for what the method cannot do. */
  static void check(IndexStatement.CreateIndex s, String method) {
    if (s.isUnique() && !UNIQUE.contains(method)) {
      throw missing(method, "unique indexes");
    }
    if (!s.include().isEmpty() && !INCLUDED.contains(method)) {
      throw missing(method, "included columns");
    }
    if (s.elements().size() > 1 && !MULTICOLUMN.contains(method)) {
      throw missing(method, "multicolumn indexes");
    }
    if (!ORDERED.contains(method)) {
      s.elements().forEach(element -> checkUnordered(element, method));
    }
  }

  private static void checkUnordered(IndexElement element, String method) {
    if (element.direction() != OrderItem.Direction.DEFAULT) {
      throw missing(method, "ASC/DESC options");
    }
    if (element.nulls() != OrderItem.Nulls.DEFAULT) {
      throw missing(method, "NULLS FIRST/LAST options");
    }
  }

  private static SqlException missing(String method, String ability) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "access method \"" + method + "\" does not support " + ability);
  }
}
