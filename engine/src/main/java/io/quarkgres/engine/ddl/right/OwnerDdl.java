package io.quarkgres.engine.ddl.right;

import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.role.RoleNames;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;

/** ALTER ... OWNER TO. Used by the session's thread. */
public final class OwnerDdl {
  private final DdlContext context;

  private final TypeDdl types;

  public OwnerDdl(DdlContext context, TypeDdl types) {
    this.context = context;
    this.types = types;
  }

  public String change(ObjectStatement.ChangeOwner s) {
    String tag = "ALTER " + s.kind().word().toUpperCase(Locale.ROOT);
    switch (s.kind()) {
      case SCHEMA -> ofSchema(((ObjectName.Plain) s.object()).name().name(), s.newOwner());
      case DATABASE -> ofDatabase(((ObjectName.Plain) s.object()).name().name(), s.newOwner());
      case DOMAIN -> {
        types.requireDomain(TypeDdl.nameOf(s.object()));
        types.changeOwner(TypeDdl.nameOf(s.object()), s.newOwner());
      }
      case TYPE -> types.changeOwner(TypeDdl.nameOf(s.object()), s.newOwner());
      default -> throw DdlErrors.notBuilt(tag + " OWNER TO");
    }
    return tag;
  }

  private void requireMayGive(int newOwner) {
    RoleNames.requireMember(context, newOwner);
  }

  private void ofSchema(String name, RoleName role) {
    SchemaEntry schema = context.catalog().schema(name);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(name);
    }
    int owner = RoleNames.oid(context, role);
    if (owner == schema.owner()) {
      return;
    }
    context.rights().requireOwner(schema);
    requireMayGive(owner);
    requireCreateOnDatabase();
    give(schema, owner);
  }

  /** Gives a schema to another role. */
  void give(SchemaEntry schema, int owner) {
    Acl acl = context.catalog().storedAcl(Kind.SCHEMA.classOid(), schema.oid(), 0);
    context.change(editor -> {
      editor.put(new SchemaEntry(schema.oid(), schema.name(), owner));
      if (acl != null) {
        editor.acl(Kind.SCHEMA.classOid(), schema.oid(), 0, acl.withOwner(schema.owner(), owner));
      }
    });
  }

  private void requireCreateOnDatabase() {
    int database = context.catalog().databaseOid();
    if (!context.rights().onDatabase(database, Privilege.CREATE, false)) {
      throw Rights.denied("database", context.catalog().databaseName());
    }
  }

  private void ofDatabase(String name, RoleName role) {
    int oid = context.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    RoleCatalog.DatabaseRights old = context.catalog().roles().database(oid);
    int owner = RoleNames.oid(context, role);
    if (owner == old.owner()) {
      return;
    }
    if (!context.rights().isOwner(old.owner())) {
      throw Rights.notOwner("database", name);
    }
    requireMayGive(owner);
    giveDatabase(oid, old, owner);
  }

  /** Gives a database to another role. */
  void giveDatabase(int oid, RoleCatalog.DatabaseRights old, int owner) {
    Acl acl = old.acl() == null ? null : old.acl().withOwner(old.owner(), owner);
    context.changeRoles(r -> r.with(oid, new RoleCatalog.DatabaseRights(owner, acl)));
  }

  /** Gives a relation, its indexes and its sequences to another role. */
  public void ofRelation(RelationEntry relation, RoleName role) {
    int owner = RoleNames.oid(context, role);
    if (owner == relation.owner()) {
      return;
    }
    if (relation instanceof SequenceEntry s && s.ownedByTable() != 0) {
      RelationEntry table = context.catalog().relationByOid(s.ownedByTable());
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot change owner of sequence \"" + s.name() + "\"",
          "Sequence \"" + s.name() + "\" is linked to table \"" + table.name() + "\".",
          null);
    }
    context.rights().requireOwner(relation);
    if (!context.rights().isSuperuser()) {
      requireMayGive(owner);
      SchemaEntry schema = context.catalog().schemaByOid(relation.schemaOid());
      new Rights(context.catalog(), owner).requireCreate(schema);
    }
    giveWithParts(relation, owner);
  }

  /** Gives a relation, its indexes and its sequences to another role, without asking who may. */
  void giveWithParts(RelationEntry relation, int owner) {
    give(relation, owner);
    for (RelationEntry other : context.catalog().relations()) {
      boolean isIts =
          other instanceof IndexEntry i && i.tableOid() == relation.oid()
              || other instanceof SequenceEntry s && s.ownedByTable() == relation.oid();
      if (isIts) {
        give(other, owner);
      }
    }
  }

  private void give(RelationEntry relation, int owner) {
    int before = relation.owner();
    Acl acl = context.catalog().storedAcl(Kind.TABLE.classOid(), relation.oid(), 0);
    context.change(editor -> {
      editor.put(relation.placed(relation.schemaOid(), relation.schema(), relation.name(), owner));
      if (acl != null) {
        editor.acl(Kind.TABLE.classOid(), relation.oid(), 0, acl.withOwner(before, owner));
      }
    });
    for (ColumnEntry column : relation.columns()) {
      Acl ofColumn = context.catalog().columnAcl(relation.oid(), column.number());
      if (ofColumn != null) {
        context.change(editor ->
            editor.acl(
                Kind.COLUMN.classOid(),
                relation.oid(),
                column.number(),
                ofColumn.withOwner(before, owner)));
      }
    }
  }
}
