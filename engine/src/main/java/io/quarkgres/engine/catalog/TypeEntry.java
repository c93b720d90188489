package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.TypeInfo;
import java.util.Comparator;
import java.util.List;

/**
 * A type that a user has made. The array type over it has the oid before its own. What other types
 * are made of it is found in the {@link io.quarkgres.engine.type.TypeRegistry} of a version, by
 * oid. Thread: any.
 */
public sealed interface TypeEntry {
  /** Returns {@code pg_type.oid}. */
  int oid();

  /** Returns the oid of the schema. */
  int schemaOid();

  /** Returns the schema's name. */
  String schema();

  /** Returns the type's name. */
  String name();

  /** Returns the oid of the owning role. */
  int owner();

  /** Returns the highest oid of the type and its parts. */
  int highestOid();

  /** Returns the type under another name, in another schema or with another owner. */
  TypeEntry moved(int schemaOid, String schema, String name, int owner);

  /** A type of labels. */
  record Enum(int oid, int schemaOid, String schema, String name, int owner, EnumType type)
      implements TypeEntry {
    /** Returns what describes an enum type. */
    public static TypeInfo info(int oid, String schema, String name) {
      return new TypeInfo(oid, schema, name, name, Integer.BYTES, 'e', 'E', false, 0, oid - 1, ',');
    }

    @Override
    public int highestOid() {
      return type.labels().stream().mapToInt(EnumType.Label::oid).reduce(oid, Math::max);
    }

    @Override
    public TypeEntry moved(int newSchemaOid, String newSchema, String newName, int newOwner) {
      EnumType moved = new EnumType(info(oid, newSchema, newName), type.labels());
      return new Enum(oid, newSchemaOid, newSchema, newName, newOwner, moved);
    }
  }

  /**
   * A domain.
   *
   * @param parent the oid of the type that it is over
   * @param parentTypmod the modifier of that type
   * @param collation the oid of its collation, 0 for a type without
   * @param defaultSql the text of its default, or {@code null}
   */
  record Domain(
      int oid,
      int schemaOid,
      String schema,
      String name,
      int owner,
      int parent,
      int parentTypmod,
      int collation,
      boolean isNotNull,
      String defaultSql,
      List<Check> checks)
      implements TypeEntry {
    /** Copies the list. */
    public Domain {
      checks = List.copyOf(checks);
    }

    /** Returns what conditions of a domain are over: one column, the value. */
    public static ColumnEntry value(DomainType domain) {
      return ColumnEntry.plain("value", 1, domain.parent(), domain.parentTypmod(), 0);
    }

    /** Returns the constraints in the order in which they are checked. */
    public List<Check> checksByName() {
      return checks.stream().sorted(Comparator.comparing(Check::name)).toList();
    }

    /** Returns a constraint by name, {@code null} when there is none. */
    public Check check(String checkName) {
      return checks.stream().filter(c -> c.name().equals(checkName)).findFirst().orElse(null);
    }

    /** Returns the domain with other constraints. */
    public Domain withChecks(List<Check> newChecks) {
      return new Domain(
          oid,
          schemaOid,
          schema,
          name,
          owner,
          parent,
          parentTypmod,
          collation,
          isNotNull,
          defaultSql,
          newChecks);
    }

    /** Returns the domain with NULL refused or let in, and with another default. */
    public Domain with(boolean isNullRefused, String newDefault) {
      return new Domain(
          oid,
          schemaOid,
          schema,
          name,
          owner,
          parent,
          parentTypmod,
          collation,
          isNullRefused,
          newDefault,
          checks);
    }

    @Override
    public int highestOid() {
      return checks.stream().mapToInt(Check::oid).reduce(oid, Math::max);
    }

    @Override
    public TypeEntry moved(int newSchemaOid, String newSchema, String newName, int newOwner) {
      return new Domain(
          oid,
          newSchemaOid,
          newSchema,
          newName,
          newOwner,
          parent,
          parentTypmod,
          collation,
          isNotNull,
          defaultSql,
          checks);
    }
  }

  /** A CHECK constraint of a domain; the condition is SQL text over {@code VALUE}. */
  record Check(int oid, String name, String conditionSql, boolean isValidated) {
    /** Returns the constraint with another name, text or state. */
    public Check with(String newName, String newSql, boolean isNowValidated) {
      return new Check(oid, newName, newSql, isNowValidated);
    }
  }
}
