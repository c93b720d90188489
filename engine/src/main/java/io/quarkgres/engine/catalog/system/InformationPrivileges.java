package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.EvalContext;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** {@code information_schema}: what was granted on tables and columns. Thread: any. */
final class InformationPrivileges {
  private static final Set<Privilege> OF_COLUMNS =
      EnumSet.of(Privilege.INSERT, Privilege.SELECT, Privilege.UPDATE, Privilege.REFERENCES);

  private InformationPrivileges() {}

  static void register(SystemTables t) {
    t.live(
        "information_schema.table_privileges", (c, context, out) -> tables(c, context, true, out));
    t.live(
        "information_schema.role_table_grants",
        (c, context, out) -> tables(c, context, false, out));
    t.live(
        "information_schema.column_privileges",
        (c, context, out) -> columns(c, context, true, out));
    t.live(
        "information_schema.role_column_grants",
        (c, context, out) -> columns(c, context, false, out));
    t.live("information_schema.applicable_roles", InformationPrivileges::applicableRoles);
  }

  /** A privilege that one role gave another. */
  private record Grant(int grantor, int grantee, Privilege privilege, boolean isGrantable) {}

  private static void tables(
      CatalogVersion catalog, EvalContext context, boolean withPublic, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (!InformationSchema.isTableLike(relation)) {
        continue;
      }
      for (Acl.Item item : acl(catalog, relation).items()) {
        for (Privilege privilege : item.privileges()) {
          Grant grant = grant(item, privilege);
          if (isShown(catalog, context, grant, withPublic)) {
            row(catalog, relation, grant, out)
                .set("with_hierarchy", InformationSchema.yes(privilege == Privilege.SELECT))
                .end();
          }
        }
      }
    }
  }

  private static void columns(
      CatalogVersion catalog, EvalContext context, boolean withPublic, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (!InformationSchema.isTableLike(relation)) {
        continue;
      }
      Acl whole = acl(catalog, relation);
      for (ColumnEntry column : relation.columns()) {
        if (column.isDropped()) {
          continue;
        }
        Set<Grant> grants = new HashSet<>();
        addGrants(whole, grants);
        addGrants(catalog.columnAcl(relation.oid(), column.number()), grants);
        for (Grant grant : grants) {
          if (isShown(catalog, context, grant, withPublic)) {
            row(catalog, relation, grant, out).set("column_name", column.name()).end();
          }
        }
      }
    }
  }

  private static void addGrants(Acl acl, Set<Grant> grants) {
    if (acl == null) {
      return;
    }
    for (Acl.Item item : acl.items()) {
      for (Privilege privilege : item.privileges()) {
        if (OF_COLUMNS.contains(privilege)) {
          grants.add(grant(item, privilege));
        }
      }
    }
  }

  private static Grant grant(Acl.Item item, Privilege privilege) {
    boolean isGrantable = item.options().contains(privilege);
    return new Grant(item.grantor(), item.grantee(), privilege, isGrantable);
  }

  /** Returns the rights on a relation; everybody may read a system catalog that is not private. */
  private static Acl acl(CatalogVersion catalog, RelationEntry relation) {
    Acl acl = catalog.acl(relation);
    return relation instanceof VirtualTable
            && new Rights(catalog, Acl.PUBLIC).onRelation(relation, Privilege.SELECT, false)
        ? acl.grant(Acl.PUBLIC, relation.owner(), EnumSet.of(Privilege.SELECT), false)
        : acl;
  }

  private static boolean isShown(
      CatalogVersion catalog, EvalContext context, Grant grant, boolean withPublic) {
    int me = context.service(CatalogServices.class).currentRole();
    return isMine(catalog, me, grant.grantor())
        || (grant.grantee() == Acl.PUBLIC ? withPublic : isMine(catalog, me, grant.grantee()));
  }

  private static boolean isMine(CatalogVersion catalog, int me, int role) {
    return catalog.roles().hasRightsOf(me, role, catalog.databaseOid());
  }

  private static RowSink row(
      CatalogVersion catalog, RelationEntry relation, Grant grant, RowSink out) {
    RoleCatalog roles = catalog.roles();
    boolean isPublic = grant.grantee() == Acl.PUBLIC;
    boolean isGrantable =
        grant.isGrantable()
            || !isPublic
                && roles.hasRightsOf(grant.grantee(), relation.owner(), catalog.databaseOid());
    return out.set("grantor", roles.name(grant.grantor()))
        .set("grantee", isPublic ? "PUBLIC" : roles.name(grant.grantee()))
        .set("table_catalog", catalog.databaseName())
        .set("table_schema", relation.schema())
        .set("table_name", relation.name())
        .set("privilege_type", grant.privilege().name())
        .set("is_grantable", InformationSchema.yes(isGrantable));
  }

  private static void applicableRoles(CatalogVersion catalog, EvalContext context, RowSink out) {
    int me = context.service(CatalogServices.class).currentRole();
    RoleCatalog roles = catalog.roles();
    for (RoleCatalog.Membership membership : roles.memberships()) {
      if (isMine(catalog, me, membership.member())) {
        out.set("grantee", roles.name(membership.member()))
            .set("role_name", roles.name(membership.role()))
            .set("is_grantable", InformationSchema.yes(membership.isAdmin()))
            .end();
      }
    }
    int owner = roles.database(catalog.databaseOid()).owner();
    if (isMine(catalog, me, owner)) {
      out.set("grantee", roles.name(owner))
          .set("role_name", "pg_database_owner")
          .set("is_grantable", "NO")
          .end();
    }
  }
}
