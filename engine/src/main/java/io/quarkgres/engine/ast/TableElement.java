package io.quarkgres.engine.ast;

import java.util.Set;

/** What may stand between the parentheses of CREATE TABLE. */
public sealed interface TableElement permits ColumnDefinition, TableConstraint, TableElement.Like {
  /** Returns where an error about the element points. */
  int position();

  /** {@code LIKE table [INCLUDING what ...]}. */
  record Like(QualifiedName table, Set<LikeOption> including, int position)
      implements TableElement {}

  /** What LIKE may copy besides columns and NOT NULL. */
  enum LikeOption {
    COMMENTS,
    COMPRESSION,
    CONSTRAINTS,
    DEFAULTS,
    GENERATED,
    IDENTITY,
    INDEXES,
    STATISTICS,
    STORAGE
  }
}
