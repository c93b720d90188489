package io.quarkgres.engine.ddl.right;

import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.PredefinedRoles;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.drop.DropDdl;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.ddl.role.RoleNames;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DROP OWNED and REASSIGN OWNED: all that roles own in the current database, and, for the first,
 * the rights that they have. Used by the session's thread.
 */
public final class OwnedDdl {
  private final DdlContext context;
  private final DropDdl drops;
  private final OwnerDdl owners;

  public OwnedDdl(DdlContext context, DropDdl drops, OwnerDdl owners) {
    this.context = context;
    this.drops = drops;
    this.owners = owners;
  }

  public String drop(RoleStatement.DropOwned s) {
    Set<Integer> roles = roles(s.roles(), "drop objects");
    refuseSystem(roles, "cannot drop objects owned by role ", " because they are");
    revokeAll(roles);
    drops.dropWithDependents(owned(roles), s.isCascade());
    return "DROP OWNED";
  }

  public String reassign(RoleStatement.ReassignOwned s) {
    Set<Integer> roles = roles(s.roles(), "reassign objects");
    int owner = RoleNames.oid(context, s.newOwner());
    requireRightsOf(owner, "reassign objects");
    refuseSystem(roles, "cannot reassign ownership of objects owned by role ", " because they are");
    for (DropItem item : owned(roles)) {
      switch (item) {
        case DropItem.Relation r -> owners.giveWithParts(r.entry(), owner);
        case DropItem.Schema schema -> owners.give(schema.entry(), owner);
        case DropItem.Type t -> give(t.entry(), owner);
        case DropItem.Installed e -> give(e.entry(), owner);
        case DropItem.Column c -> throw new IllegalStateException("a column has no owner");
        case DropItem.Default d -> throw new IllegalStateException("a default has no owner");
        case DropItem.Constraint c -> throw new IllegalStateException("a constraint has no owner");
      }
    }
    for (Map.Entry<Integer, RoleCatalog.DatabaseRights> entry :
        context.catalog().roles().databases().entrySet()) {
      if (roles.contains(entry.getValue().owner())) {
        owners.giveDatabase(entry.getKey(), entry.getValue(), owner);
      }
    }
    return "REASSIGN OWNED";
  }

  private void give(TypeEntry type, int owner) {
    TypeEntry given = type.moved(type.schemaOid(), type.schema(), type.name(), owner);
    context.change(editor -> editor.put(given));
  }

  private void give(ExtensionEntry e, int owner) {
    ExtensionEntry given = new ExtensionEntry(e.oid(), e.name(), e.schemaOid(), e.version(), owner);
    context.change(editor -> editor.put(given));
  }

  private Set<Integer> roles(List<RoleName> names, String what) {
    Set<Integer> result = new HashSet<>();
    for (RoleName name : names) {
      int role = RoleNames.oid(context, name);
      requireRightsOf(role, what);
      result.add(role);
    }
    return result;
  }

  private void requireRightsOf(int role, String what) {
    if (!context.rights().isOwner(role)) {
      throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + what);
    }
  }

  private void refuseSystem(Set<Integer> roles, String before, String after) {
    for (int role : roles) {
      if (PredefinedRoles.name(role) != null) {
        throw new SqlException(
            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
            before
                + context.catalog().roles().name(role)
                + after
                + " required by the database system");
      }
    }
  }

  private List<DropItem> owned(Set<Integer> roles) {
    List<DropItem> result = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      boolean goesWithTable =
          relation instanceof IndexEntry
              || relation instanceof SequenceEntry s && s.ownedByTable() != 0;
      boolean isOwn = roles.contains(relation.owner()) && !(relation instanceof VirtualTable);
      if (isOwn && !goesWithTable) {
        result.add(new DropItem.Relation(relation));
      }
    }
    context.catalog().userTypes().stream()
        .filter(t -> roles.contains(t.owner()))
        .forEach(t -> result.add(new DropItem.Type(t)));
    context.catalog().schemas().stream()
        .filter(s -> roles.contains(s.owner()))
        .forEach(s -> result.add(new DropItem.Schema(s)));
    context.catalog().extensions().stream()
        .filter(e -> roles.contains(e.owner()))
        .forEach(e -> result.add(new DropItem.Installed(e, ExtensionDdl.find(e.name()))));
    return result;
  }

  private void revokeAll(Set<Integer> roles) {
    for (RelationEntry relation : context.catalog().relations()) {
      revoke(Kind.TABLE.classOid(), relation.oid(), 0, relation.owner(), roles);
      for (ColumnEntry column : relation.columns()) {
        revoke(Kind.COLUMN.classOid(), relation.oid(), column.number(), relation.owner(), roles);
      }
    }
    for (SchemaEntry schema : context.catalog().schemas()) {
      revoke(Kind.SCHEMA.classOid(), schema.oid(), 0, schema.owner(), roles);
    }
    context
        .catalog()
        .roles()
        .databases()
        .forEach((oid, rights) -> {
          if (rights.acl() != null) {
            Acl left = without(rights.acl(), rights.owner(), roles);
            context.changeRoles(
                r -> r.with(oid, new RoleCatalog.DatabaseRights(rights.owner(), left)));
          }
        });
  }

  private void revoke(int classOid, int oid, int part, int owner, Set<Integer> roles) {
    Acl acl = context.catalog().storedAcl(classOid, oid, part);
    if (acl != null) {
      Acl left = without(acl, owner, roles);
      boolean isNone = left.items().isEmpty() && part != 0;
      context.change(editor -> editor.acl(classOid, oid, part, isNone ? null : left));
    }
  }

  /** Takes away what roles have on an object of another, and what they passed on of it. */
  private static Acl without(Acl acl, int owner, Set<Integer> roles) {
    List<Acl.Item> left = new ArrayList<>();
    for (Acl.Item item : acl.items()) {
      boolean isTheirs = item.grantee() != owner && roles.contains(item.grantee());
      boolean isFromThem = item.grantor() != owner && roles.contains(item.grantor());
      if (!isTheirs && !isFromThem) {
        left.add(item);
      }
    }
    return new Acl(left);
  }
}
