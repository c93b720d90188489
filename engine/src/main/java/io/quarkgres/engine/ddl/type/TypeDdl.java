package io.quarkgres.engine.ddl.type;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.role.RoleNames;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;

/** What all types that users make have in common: names, schemas, owners. One session's thread. */
public final class TypeDdl {
  private final DdlContext context;

  public TypeDdl(DdlContext context) {
    this.context = context;
  }

  /** Returns the schema for a new type and locks the name there; raises 42710 if it is taken. */
  SchemaEntry schemaFor(QualifiedName name) {
    String schemaName = name.schema() == null ? context.creationSchema() : name.schema();
    if (schemaName.equals("pg_temp")) {
      schemaName = context.temporarySchema();
    }
    SchemaEntry schema = context.catalog().schema(schemaName);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(schemaName);
    }
    context.rights().requireCreate(schema);
    context.lockName(schemaName, name.name());
    if (find(schemaName, name.name()) != null) {
      throw duplicate(name.name());
    }
    return schema;
  }

  private static SqlException duplicate(String name) {
    return new SqlException(SqlState.DUPLICATE_OBJECT, "type \"" + name + "\" already exists");
  }

  /** Raises 42710 when a relation cannot have a name since a type of its schema has it. */
  public static void refuseTypeName(DdlContext context, String schema, String name) {
    for (TypeEntry type : context.catalog().userTypes()) {
      if (type.schema().equals(schema) && type.name().equals(name)) {
        throw duplicate(name)
            .withHint(
                "A relation has an associated type of the same name, so you must use a name that"
                    + " doesn't conflict with any existing type.");
      }
    }
  }

  private SqlType find(String schema, String name) {
    for (SqlType type : context.catalog().types().byName(name)) {
      if (type.info().schema().equals(schema)) {
        return type;
      }
    }
    return null;
  }

  /** Returns a type by name, {@code null} when there is none. */
  public SqlType find(QualifiedName name) {
    if (name.schema() != null) {
      boolean isTemporary = name.schema().equals("pg_temp");
      return find(isTemporary ? context.temporarySchema() : name.schema(), name.name());
    }
    if (!context.searchPath().contains("pg_catalog")) {
      SqlType type = find("pg_catalog", name.name());
      if (type != null) {
        return type;
      }
    }
    for (String schema : context.searchPath()) {
      SqlType type = find(schema, name.name());
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  /** Raises 42704, or 3F000 for a schema that does not exist. */
  public SqlException undefined(QualifiedName name) {
    if (name.schema() != null && context.catalog().schema(name.schema()) == null) {
      return DdlErrors.undefinedSchema(name.schema());
    }
    return new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
  }

  /** Returns a type that a user has made and may change. */
  public TypeEntry owned(QualifiedName name) {
    SqlType type = find(name);
    if (type == null) {
      throw undefined(name);
    }
    TypeEntry entry = context.catalog().userType(type.oid());
    if (entry == null) {
      throw type.info().schema().equals("pg_catalog")
          ? Rights.notOwner("type", type.info().sqlName())
          : DdlErrors.notBuilt("ALTER TYPE of a type that is no enum, domain or composite type");
    }
    if (!context.rights().isOwner(entry.owner())) {
      throw Rights.notOwner("type", name.name());
    }
    // others that alter it are waited for; what they have made of it counts
    context.lockName(entry.schema(), entry.name());
    return context.catalog().userType(entry.oid());
  }

  /** Raises 42809 for what is no domain. */
  public void requireDomain(QualifiedName name) {
    SqlType type = find(name);
    if (type == null) {
      throw undefined(name);
    }
    if (type.info().kind() != 'd') {
      throw new SqlException(SqlState.WRONG_OBJECT_TYPE, context.shown(type) + " is not a domain");
    }
  }

  public static QualifiedName nameOf(ObjectName name) {
    return switch (name) {
      case ObjectName.Plain n -> n.name();
      case ObjectName.Type n -> n.type().name();
      case ObjectName.Routine n -> n.name();
      case ObjectName.Within n -> n.owner();
      case ObjectName.Column n -> n.relation();
    };
  }

  private static String tag(ObjectStatement.Rename s) {
    return "ALTER " + s.kind().word().toUpperCase(Locale.ROOT);
  }

  public String rename(ObjectStatement.Rename s) {
    if (s.kind() == ObjectKind.DOMAIN) {
      requireDomain(nameOf(s.object()));
    }
    TypeEntry type = owned(nameOf(s.object()));
    context.lockName(type.schema(), s.newName());
    if (find(type.schema(), s.newName()) != null) {
      throw duplicate(s.newName());
    }
    move(type, type.moved(type.schemaOid(), type.schema(), s.newName(), type.owner()));
    return tag(s);
  }

  public String setSchema(ObjectStatement.SetSchema s) {
    if (s.kind() == ObjectKind.DOMAIN) {
      requireDomain(nameOf(s.object()));
    }
    TypeEntry type = owned(nameOf(s.object()));
    SchemaEntry schema = context.catalog().schema(s.newSchema());
    if (schema == null) {
      throw DdlErrors.undefinedSchema(s.newSchema());
    }
    context.rights().requireCreate(schema);
    context.lockName(schema.name(), type.name());
    if (schema.oid() != type.schemaOid() && find(schema.name(), type.name()) != null) {
      throw new SqlException(
          SqlState.DUPLICATE_OBJECT,
          "type \"" + type.name() + "\" already exists in schema \"" + schema.name() + "\"");
    }
    move(type, type.moved(schema.oid(), schema.name(), type.name(), type.owner()));
    return "ALTER " + s.kind().word().toUpperCase(Locale.ROOT);
  }

  public void changeOwner(QualifiedName name, RoleName role) {
    TypeEntry type = owned(name);
    int owner = RoleNames.oid(context, role);
    if (!context.rights().isSuperuser()) {
      RoleNames.requireMember(context, owner);
    }
    put(type.moved(type.schemaOid(), type.schema(), type.name(), owner));
  }

  private void move(TypeEntry before, TypeEntry after) {
    TypeTexts.follow(context, before, after);
    put(after);
  }

  void put(TypeEntry type) {
    context.change(editor -> editor.put(type));
  }
}
