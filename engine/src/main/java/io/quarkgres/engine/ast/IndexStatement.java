package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about indexes alone. */
public sealed interface IndexStatement extends DdlStatement {
  /**
   * CREATE INDEX.
   *
   * @param name the name, or {@code null} when the server is to choose
   * @param method the method after USING, or {@code null} for btree
   * @param include the columns of INCLUDE
   * @param tablespace the tablespace, or {@code null}
   * @param where the predicate, or {@code null}
   */
  record CreateIndex(
      String name,
      boolean isUnique,
      boolean isConcurrently,
      boolean isIfNotExists,
      QualifiedName table,
      boolean isOnly,
      String method,
      List<IndexElement> elements,
      List<String> include,
      boolean isNullsNotDistinct,
      List<Option> options,
      String tablespace,
      SourceExpression where,
      int position)
      implements IndexStatement {}

  /**
   * REINDEX.
   *
   * @param name an index, table, schema or database
   */
  record Reindex(
      ReindexKind kind,
      QualifiedName name,
      boolean isConcurrently,
      List<Option> options,
      int position)
      implements IndexStatement {}

  /** What REINDEX names. */
  enum ReindexKind {
    INDEX,
    TABLE,
    SCHEMA,
    SYSTEM,
    DATABASE
  }
}
