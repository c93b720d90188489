package io.quarkgres.engine.ddl;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import java.util.ArrayList;
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

  private List<String> in(CatalogVersion catalog, int role) {
    List<String> result = new ArrayList<>();
    for (SchemaEntry schema : catalog.schemas()) {
      add(
          "schema " + schema.name(),
          schema.owner(),
          catalog.storedAcl(Kind.SCHEMA.classOid(), schema.oid(), 0),
          role,
          result);
    }
    for (RelationEntry relation : catalog.relations()) {
      boolean isOwn =
          !(relation instanceof VirtualTable)
              && !(relation instanceof IndexEntry)
              && !(relation instanceof SequenceEntry s && s.ownedByTable() != 0);
      if (isOwn) {
        String what = Rights.word(relation) + " " + context.shown(relation);
        Acl acl = catalog.storedAcl(Kind.TABLE.classOid(), relation.oid(), 0);
        add(what, relation.owner(), acl, role, result);
        for (ColumnEntry column : relation.columns()) {
          Acl ofColumn = catalog.columnAcl(relation.oid(), column.number());
          if (ofColumn != null && ofColumn.mentions(role) && relation.owner() != role) {
            result.add("privileges for column " + column.name() + " of " + what);
          }
        }
      }
    }
    catalog.extensions().stream()
        .filter(e -> e.owner() == role)
        .forEach(e -> result.add("owner of extension " + e.name()));
    return result;
  }

  private static void add(String what, int owner, Acl acl, int role, List<String> out) {
    if (owner == role) {
      out.add("owner of " + what);
    } else if (acl != null && acl.mentions(role)) {
      out.add("privileges for " + what);
    }
  }
}
