package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about views and sequences alone. */
public sealed interface RelationStatement extends DdlStatement {
  /**
   * CREATE VIEW. A recursive view arrives as the plain one that the manual says it stands for.
   *
   * @param columns the column names; empty when not given
   * @param options what WITH says, such as security_barrier
   */
  record CreateView(
      QualifiedName name,
      boolean isOrReplace,
      boolean isTemporary,
      List<String> columns,
      List<Option> options,
      SourceQuery query,
      CheckOption checkOption,
      int position)
      implements RelationStatement {}

  /** REFRESH MATERIALIZED VIEW. */
  record RefreshMaterializedView(
      QualifiedName name, boolean isConcurrently, boolean isWithData, int position)
      implements RelationStatement {}

  /** CREATE SEQUENCE. */
  record CreateSequence(
      QualifiedName name,
      Persistence persistence,
      boolean isIfNotExists,
      List<SequenceOption> options,
      int position)
      implements RelationStatement {}

  /** ALTER SEQUENCE with sequence options. */
  record AlterSequence(
      QualifiedName name, boolean isIfExists, List<SequenceOption> options, int position)
      implements RelationStatement {}

  /** WITH CHECK OPTION of a view. */
  enum CheckOption {
    NONE,
    LOCAL,
    CASCADED
  }
}
