package io.quarkgres.engine.ast;

import java.util.List;

/** One action of ALTER TABLE; the forms that stand alone (RENAME, SET SCHEMA) are statements. */
public sealed interface AlterTableAction {
  /** Returns where an error about the action points. */
  int position();

  /** {@code ADD [COLUMN] [IF NOT EXISTS] definition}. */
  record AddColumn(ColumnDefinition column, boolean isIfNotExists, int position)
      implements AlterTableAction {}

  /** {@code DROP [COLUMN] [IF EXISTS] name}. */
  record DropColumn(String column, boolean isIfExists, boolean isCascade, int position)
      implements AlterTableAction {}

  /**
   * {@code ALTER column TYPE type [COLLATE c] [USING expression]}.
   *
   * @param collation the collation, or {@code null}
   * @param using the conversion, or {@code null}
   */
  record AlterType(
      String column, TypeName type, QualifiedName collation, SourceExpression using, int position)
      implements AlterTableAction {}

  /**
   * {@code ALTER column SET DEFAULT value} or {@code DROP DEFAULT}.
   *
   * @param value the default, or {@code null} to drop it
   */
  record ColumnDefault(String column, SourceExpression value, int position)
      implements AlterTableAction {}

  /** {@code ALTER column SET NOT NULL} or {@code DROP NOT NULL}. */
  record ColumnNotNull(String column, boolean isSet, int position) implements AlterTableAction {}

  /** {@code ALTER column DROP EXPRESSION [IF EXISTS]}. */
  record DropExpression(String column, boolean isIfExists, int position)
      implements AlterTableAction {}

  /** {@code ALTER column ADD GENERATED ... AS IDENTITY}. */
  record AddIdentity(String column, boolean isAlways, List<SequenceOption> options, int position)
      implements AlterTableAction {}

  /**
   * {@code ALTER column SET GENERATED ... | SET sequence option | RESTART}.
   *
   * @param isAlways the new kind, or {@code null} to keep it
   */
  record AlterIdentity(String column, Boolean isAlways, List<SequenceOption> options, int position)
      implements AlterTableAction {}

  /** {@code ALTER column DROP IDENTITY [IF EXISTS]}. */
  record DropIdentity(String column, boolean isIfExists, int position)
      implements AlterTableAction {}

  /**
   * {@code ALTER column SET STATISTICS n}.
   *
   * @param column the column, or {@code null} when given by number
   * @param columnNumber the 1-based number of an index column, or 0
   */
  record ColumnStatistics(String column, int columnNumber, int target, int position)
      implements AlterTableAction {}

  /** {@code ALTER column SET STORAGE mode}. */
  record ColumnStorage(String column, String storage, int position) implements AlterTableAction {}

  /** {@code ALTER column SET COMPRESSION method}. */
  record ColumnCompression(String column, String method, int position)
      implements AlterTableAction {}

  /** {@code ALTER column SET (...)} or {@code RESET (...)}. */
  record ColumnOptions(String column, boolean isReset, List<Option> options, int position)
      implements AlterTableAction {}

  /** {@code ADD constraint}. */
  record AddConstraint(TableConstraint constraint, int position) implements AlterTableAction {}

  /** {@code ALTER CONSTRAINT name [deferral]}. */
  record AlterConstraint(String name, TableConstraint.Deferral deferral, int position)
      implements AlterTableAction {}

  /** {@code VALIDATE CONSTRAINT name}. */
  record ValidateConstraint(String name, int position) implements AlterTableAction {}

  /** {@code DROP CONSTRAINT [IF EXISTS] name}. */
  record DropConstraint(String name, boolean isIfExists, boolean isCascade, int position)
      implements AlterTableAction {}

  /** {@code OWNER TO role}. */
  record Owner(RoleName role, int position) implements AlterTableAction {}

  /** {@code SET (...)} or {@code RESET (...)} of storage parameters. */
  record StorageOptions(boolean isReset, List<Option> options, int position)
      implements AlterTableAction {}

  /** {@code SET LOGGED} or {@code SET UNLOGGED}. */
  record Logged(boolean isLogged, int position) implements AlterTableAction {}

  /** {@code SET TABLESPACE name}. */
  record Tablespace(String name, int position) implements AlterTableAction {}

  /** {@code SET ACCESS METHOD name}. */
  record AccessMethod(String name, int position) implements AlterTableAction {}

  /**
   * {@code CLUSTER ON index} or {@code SET WITHOUT CLUSTER}.
   *
   * @param index the index, or {@code null} for none
   */
  record ClusterOn(String index, int position) implements AlterTableAction {}

  /** {@code SET WITHOUT OIDS}, which has nothing to do. */
  record WithoutOids(int position) implements AlterTableAction {}

  /**
   * {@code ENABLE|DISABLE [REPLICA|ALWAYS] TRIGGER name|ALL|USER} and the same for RULE.
   *
   * @param name the name, or {@code null} for all
   * @param isUserOnly whether USER was written
   */
  record Firing(ObjectKind kind, FiringMode mode, String name, boolean isUserOnly, int position)
      implements AlterTableAction {}

  /** {@code ENABLE|DISABLE ROW LEVEL SECURITY}. */
  record RowSecurity(boolean isEnabled, int position) implements AlterTableAction {}

  /** {@code [NO] FORCE ROW LEVEL SECURITY}. */
  record ForceRowSecurity(boolean isForced, int position) implements AlterTableAction {}

  /**
   * {@code REPLICA IDENTITY ...}.
   *
   * @param index the index of USING INDEX, else {@code null}
   */
  record ReplicaIdentity(ReplicaIdentityKind kind, String index, int position)
      implements AlterTableAction {}

  /** {@code INHERIT parent} or {@code NO INHERIT parent}. */
  record Inherit(QualifiedName parent, boolean isNo, int position) implements AlterTableAction {}

  /**
   * {@code OF type} or {@code NOT OF}.
   *
   * @param type the type, or {@code null} for NOT OF
   */
  record OfType(QualifiedName type, int position) implements AlterTableAction {}

  /**
   * {@code ATTACH PARTITION}; of an index without bound.
   *
   * @param bound the bound, or {@code null}
   */
  record AttachPartition(QualifiedName partition, TableStatement.PartitionBound bound, int position)
      implements AlterTableAction {}

  /** {@code DETACH PARTITION [CONCURRENTLY | FINALIZE]}. */
  record DetachPartition(
      QualifiedName partition, boolean isConcurrently, boolean isFinalize, int position)
      implements AlterTableAction {}

  /** When a trigger or rule fires. */
  enum FiringMode {
    ENABLE,
    DISABLE,
    ENABLE_REPLICA,
    ENABLE_ALWAYS
  }

  /** What identifies a row to a replica. */
  enum ReplicaIdentityKind {
    DEFAULT,
    NOTHING,
    FULL,
    INDEX
  }
}
