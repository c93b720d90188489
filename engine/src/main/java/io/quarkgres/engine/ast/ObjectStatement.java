package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about schemas, databases, extensions and types, and those about any object. */
public sealed interface ObjectStatement extends DdlStatement {
  /** DROP of anything but databases and roles. */
  record Drop(
      ObjectKind kind,
      List<ObjectName> names,
      boolean isIfExists,
      boolean isConcurrently,
      boolean isCascade,
      int position)
      implements ObjectStatement {}

  /**
   * ALTER ... RENAME.
   *
   * @param kind what gets the new name
   * @param relationKind for a column or constraint, the keyword that names what holds it; for
   *     others the same as {@code kind}
   */
  record Rename(
      ObjectKind kind,
      ObjectKind relationKind,
      ObjectName object,
      boolean isOnly,
      boolean isIfExists,
      String newName,
      boolean isCascade,
      int position)
      implements ObjectStatement {}

  /** ALTER ... SET SCHEMA. */
  record SetSchema(
      ObjectKind kind, ObjectName object, boolean isIfExists, String newSchema, int position)
      implements ObjectStatement {}

  /** ALTER ... OWNER TO, of anything but tables and their kin. */
  record ChangeOwner(ObjectKind kind, ObjectName object, RoleName newOwner, int position)
      implements ObjectStatement {}

  /**
   * COMMENT ON.
   *
   * @param text the comment, or {@code null} to remove it
   */
  record Comment(ObjectKind kind, ObjectName object, String text, int position)
      implements ObjectStatement {}

  /**
   * CREATE SCHEMA.
   *
   * @param name the name, or {@code null} for that of the role
   * @param authorization the owner, or {@code null}
   * @param elements the statements that create objects in it
   */
  record CreateSchema(
      String name,
      RoleName authorization,
      boolean isIfNotExists,
      List<Statement> elements,
      int position)
      implements ObjectStatement {}

  /** ALTER DATABASE with options. */
  record AlterDatabase(String name, List<Option> options, int position)
      implements ObjectStatement {}

  /** {@code ALTER DATABASE name SET variable} or {@code RESET}. */
  record AlterDatabaseSet(String name, UtilityStatement.Setting setting, int position)
      implements ObjectStatement {}

  /**
   * CREATE EXTENSION.
   *
   * @param schema the schema, or {@code null}
   * @param version the version, or {@code null}
   */
  record CreateExtension(
      String name,
      boolean isIfNotExists,
      String schema,
      String version,
      boolean isCascade,
      int position)
      implements ObjectStatement {}

  /**
   * ALTER EXTENSION UPDATE.
   *
   * @param version the version, or {@code null} for the newest
   */
  record AlterExtension(String name, String version, int position) implements ObjectStatement {}

  /** CREATE TYPE AS ENUM. */
  record CreateEnum(QualifiedName name, List<String> labels, int position)
      implements ObjectStatement {}

  /**
   * ALTER TYPE ADD VALUE.
   *
   * @param neighbor the label of BEFORE or AFTER, or {@code null}
   */
  record AddEnumValue(
      QualifiedName name,
      String label,
      boolean isIfNotExists,
      String neighbor,
      boolean isAfter,
      int position)
      implements ObjectStatement {}

  /** ALTER TYPE RENAME VALUE. */
  record RenameEnumValue(QualifiedName name, String oldLabel, String newLabel, int position)
      implements ObjectStatement {}

  /** {@code CREATE TYPE name AS (...)}. */
  record CreateComposite(QualifiedName name, List<ColumnDefinition> attributes, int position)
      implements ObjectStatement {}

  /** {@code CREATE TYPE name AS RANGE (...)}. */
  record CreateRange(QualifiedName name, List<Option> options, int position)
      implements ObjectStatement {}

  /** ALTER TYPE ADD, DROP or ALTER ATTRIBUTE. */
  record AlterComposite(QualifiedName name, List<AttributeAction> actions, int position)
      implements ObjectStatement {}

  /**
   * CREATE DOMAIN.
   *
   * @param collation the collation, or {@code null}
   */
  record CreateDomain(
      QualifiedName name,
      TypeName type,
      QualifiedName collation,
      List<ColumnConstraint> constraints,
      int position)
      implements ObjectStatement {}

  /** ALTER DOMAIN. */
  record AlterDomain(QualifiedName name, DomainAction action, int position)
      implements ObjectStatement {}

  /** What ALTER TYPE does with an attribute. */
  sealed interface AttributeAction {
    /** ADD ATTRIBUTE. */
    record Add(ColumnDefinition attribute, boolean isCascade) implements AttributeAction {}

    /** DROP ATTRIBUTE. */
    record Drop(String attribute, boolean isIfExists, boolean isCascade, int position)
        implements AttributeAction {}

    /**
     * ALTER ATTRIBUTE TYPE.
     *
     * @param collation the collation, or {@code null}
     */
    record AlterType(
        String attribute, TypeName type, QualifiedName collation, boolean isCascade, int position)
        implements AttributeAction {}
  }

  /** What ALTER DOMAIN does. */
  sealed interface DomainAction {
    /**
     * SET DEFAULT or DROP DEFAULT.
     *
     * @param value the default, or {@code null} to drop it
     */
    record Default(SourceExpression value) implements DomainAction {}

    /** SET NOT NULL or DROP NOT NULL. */
    record NotNull(boolean isSet) implements DomainAction {}

    /** ADD constraint. */
    record AddConstraint(TableConstraint constraint) implements DomainAction {}

    /** DROP CONSTRAINT. */
    record DropConstraint(String name, boolean isIfExists, boolean isCascade)
        implements DomainAction {}

    /** VALIDATE CONSTRAINT. */
    record ValidateConstraint(String name) implements DomainAction {}
  }
}
