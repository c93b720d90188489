package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;

/** A type that a user has made. The array type over it has the oid before its own. Thread: any. */
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

  /** Returns the type itself. */
  SqlType type();

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
}
