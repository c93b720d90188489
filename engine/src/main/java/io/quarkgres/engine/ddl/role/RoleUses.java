package io.quarkgres.engine.ddl.role;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.ddl.DdlContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What keeps a role from being dropped: objects it owns and rights it has. Thread: any. */
final class RoleUses {
  private final DdlContext context;

  RoleUses(DdlContext context) {
    this.context = context;
  }

  /** Returns the lines of the error's detail, none when the role is free. */
  List<String> of(int role) {
    List<String> result = new ArrayList<>();
    RoleCatalog roles = context.catalog().roles();
    for (Map.Entry<Integer, RoleCatalog.DatabaseRights> entry : roles.databases().entrySet()) {
      String name = databaseName(entry.getKey());
      if (name != null && entry.getValue().owner() == role) {
        result.add("owner of database " + name);
      } else if (name != null
          && entry.getValue().acl() != null
          && entry.getValue().acl().mentions(role)) {
        result.add("privileges for database " + name);
      }
    }
    result.addAll(in(context.catalog(), role));
    for (CatalogVersion other : context.otherCatalogs()) {
      int count = in(other, role).size();
      if (count > 0) {
        result.add(
            count + (count == 1 ? " object" : " objects") + " in database " + other.databaseName());
      }
    }
    return result;
  }

  private String databaseName(int oid) {
    if (oid == context.catalog().databaseOid()) {
      return context.catalog().databaseName();
    }
    for (CatalogVersion other : context.otherCatalogs()) {
      if (other.databaseOid() == oid) {
        return other.databaseName();
      }
    }
    return null;
  }

  /** A line of the detail, and the oid of the object that it is about. */
  private record Use(int oid, String text) {}

  /** Returns what uses a role in a database, older objects first. */
  private List<String> in(CatalogVersion catalog, int role) {
    List<Use> uses = new ArrayList<>();
    for (SchemaEntry schema : catalog.schemas()) {
      Acl acl = catalog.storedAcl(Kind.SCHEMA.classOid(), schema.oid(), 0);
      add(schema.oid(), "schema " + schema.name(), schema.owner(), acl, role, uses);
    }
    for (RelationEntry relation : catalog.relations()) {
      if (!(relation instanceof VirtualTable) && !(relation instanceof IndexEntry)) {
        addRelation(catalog, relation, role, uses);
      }
    }
    for (TypeEntry type : catalog.userTypes()) {
      String what = "type " + context.shown(catalog.types().byOid(type.oid()));
      add(type.oid(), what, type.owner(), null, role, uses);
    }
    for (ExtensionEntry extension : catalog.extensions()) {
      add(extension.oid(), "extension " + extension.name(), extension.owner(), null, role, uses);
    }
    uses.sort(Comparator.comparingInt(Use::oid));
    return uses.stream().map(Use::text).toList();
  }

  private void addRelation(
      CatalogVersion catalog, RelationEntry relation, int role, List<Use> out) {
    String what = Rights.word(relation) + " " + context.shown(relation);
    Acl acl = catalog.storedAcl(Kind.TABLE.classOid(), relation.oid(), 0);
    add(relation.oid(), what, relation.owner(), acl, role, out);
    for (ColumnEntry column : relation.columns()) {
      Acl ofColumn = catalog.columnAcl(relation.oid(), column.number());
      if (ofColumn != null && ofColumn.mentions(role) && relation.owner() != role) {
        String text = "privileges for column " + column.name() + " of " + what;
        out.add(new Use(relation.oid(), text));
      }
    }
  }

  private static void add(int oid, String what, int owner, Acl acl, int role, List<Use> out) {
    if (owner == role) {
      out.add(new Use(oid, "owner of " + what));
    } else if (acl != null && acl.mentions(role)) {
      out.add(new Use(oid, "privileges for " + what));
    }
  }
}
