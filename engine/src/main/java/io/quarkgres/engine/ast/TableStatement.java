package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about tables. */
public sealed interface TableStatement extends DdlStatement {
  /**
   * CREATE TABLE.
   *
   * @param ofType the type of {@code OF type}, or {@code null}
   * @param partitionBy PARTITION BY, or {@code null}
   * @param partitionOf PARTITION OF, or {@code null}
   * @param accessMethod the method after USING, or {@code null}
   * @param onCommit what ON COMMIT says, or {@code null}
   * @param tablespace the tablespace, or {@code null}
   */
  record CreateTable(
      QualifiedName name,
      Persistence persistence,
      boolean isIfNotExists,
      List<TableElement> elements,
      List<QualifiedName> inherits,
      QualifiedName ofType,
      PartitionBy partitionBy,
      PartitionOf partitionOf,
      String accessMethod,
      List<Option> options,
      OnCommit onCommit,
      String tablespace,
      int position)
      implements TableStatement {}

  /**
   * CREATE TABLE AS and CREATE MATERIALIZED VIEW.
   *
   * @param columns the column names; empty when not given
   * @param source a {@link Query} or an {@link UtilityStatement.Execute}
   * @param sourceText the text of {@code source}
   */
  record CreateTableAs(
      QualifiedName name,
      Persistence persistence,
      boolean isMaterializedView,
      boolean isIfNotExists,
      List<String> columns,
      String accessMethod,
      List<Option> options,
      OnCommit onCommit,
      String tablespace,
      Statement source,
      String sourceText,
      boolean isWithData,
      int position)
      implements TableStatement {}

  /** ALTER TABLE, INDEX, VIEW, SEQUENCE (the forms shared with tables) and MATERIALIZED VIEW. */
  record AlterTable(
      ObjectKind kind,
      QualifiedName name,
      boolean isOnly,
      boolean isIfExists,
      List<AlterTableAction> actions,
      int position)
      implements TableStatement {}

  /** TRUNCATE. */
  record Truncate(
      List<FromItem.Table> tables, boolean isRestartIdentity, boolean isCascade, int position)
      implements TableStatement {}

  /** {@code PARTITION BY RANGE|LIST|HASH (...)}; the strategy is lower case and unchecked. */
  record PartitionBy(String strategy, List<IndexElement> elements, int position) {}

  /**
   * {@code PARTITION OF parent FOR VALUES ...}.
   *
   * @param bound the bound
   */
  record PartitionOf(QualifiedName parent, PartitionBound bound, int position) {}

  /** FOR VALUES of a partition. */
  sealed interface PartitionBound {
    /** DEFAULT. */
    record Default(int position) implements PartitionBound {}

    /** {@code IN (...)}. */
    record In(List<Expression> values, int position) implements PartitionBound {}

    /** {@code FROM (...) TO (...)}; MINVALUE and MAXVALUE arrive as column references. */
    record Range(List<Expression> from, List<Expression> to, int position)
        implements PartitionBound {}

    /** {@code WITH (MODULUS m, REMAINDER r)}. */
    record Hash(int modulus, int remainder, int position) implements PartitionBound {}
  }

  /** What happens to a temporary table at the end of the transaction. */
  enum OnCommit {
    PRESERVE_ROWS,
    DELETE_ROWS,
    DROP
  }
}
