package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.QualifiedName;
import java.util.Set;

/**
 * The collations there are: all of them order text by its bytes, so that COLLATE changes nothing
 * but has to name one of them. Thread: any.
 */
final class Collations {
  private static final Set<String> NAMES =
      Set.of("default", "C", "POSIX", "ucs_basic", "C.UTF-8", "C.utf8");

  private Collations() {}

  /** Raises 42704 for a collation that does not exist. */
  static void check(BindState state, QualifiedName name, int position) {
    boolean isSystem = name.schema() == null || name.schema().equals("pg_catalog");
    if (!isSystem || !NAMES.contains(name.name())) {
      throw BindErrors.undefinedObject(
          "collation \"%s\" for encoding \"UTF8\" does not exist".formatted(name), position);
    }
  }
}
