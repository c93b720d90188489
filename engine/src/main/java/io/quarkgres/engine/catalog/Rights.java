package io.quarkgres.engine.catalog;

import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Set;

/**
 * What a role may do with the objects of a catalog version: PostgreSQL's rules of ownership,
 * privileges and membership (manual, section 5.7). Thread: any.
 */
public final class Rights {
  private static final int READ_ALL_DATA = 6181;
  private static final int WRITE_ALL_DATA = 6182;

  private final CatalogVersion catalog;
  private final RoleCatalog roles;
  private final int role;
  private final boolean isSuperuser;
  private Set<Integer> inherited;

  /** Makes the rights of a role in a catalog version. */
  public Rights(CatalogVersion catalog, int role) {
    this.catalog = catalog;
    this.roles = catalog.roles();
    this.role = role;
    this.isSuperuser = roles.isSuperuser(role);
  }

  /** Tells whether the role may do everything. */
  public boolean isSuperuser() {
    return isSuperuser;
  }

  private boolean isOneOfMine(int other) {
    if (inherited == null) {
      inherited = roles.inherited(role, catalog.databaseOid());
    }
    return inherited.contains(other);
  }

  /** Tells whether the role has the rights of an owner. */
  public boolean isOwner(int owner) {
    return isSuperuser || isOneOfMine(owner);
  }

  /** Tells whether some rights contain a privilege for the role. */
  private boolean has(Acl acl, int owner, Privilege privilege, boolean isOption) {
    if (isSuperuser) {
      return true;
    }
    if (isOption && isOneOfMine(owner)) {
      return true;
    }
    for (Acl.Item item : acl.items()) {
      Set<Privilege> held = isOption ? item.options() : item.privileges();
      boolean isMine = item.grantee() == Acl.PUBLIC ? !isOption : isOneOfMine(item.grantee());
      if (isMine && held.contains(privilege)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the role has a privilege on a table, view or sequence as a whole. */
  public boolean onRelation(RelationEntry relation, Privilege privilege, boolean isOption) {
    if (isSuperuser) {
      return true;
    }
    if (relation instanceof VirtualTable table) {
      return privilege == Privilege.SELECT && !isOption && !PrivateCatalogs.isPrivate(table)
          || mayByPredefinedRole(privilege);
    }
    return has(catalog.acl(relation), relation.owner(), privilege, isOption)
        || mayByPredefinedRole(privilege) && !isOption;
  }

  private boolean mayByPredefinedRole(Privilege privilege) {
    return switch (privilege) {
      case SELECT -> isOneOfMine(READ_ALL_DATA);
      case INSERT, UPDATE, DELETE -> isOneOfMine(WRITE_ALL_DATA);
      case TRUNCATE, REFERENCES, TRIGGER, EXECUTE, USAGE, CREATE, TEMPORARY, CONNECT -> false;
    };
  }

  /** Tells whether the role has a privilege on a column itself. */
  public boolean onColumn(RelationEntry relation, int number, Privilege privilege, boolean option) {
    Acl acl = catalog.columnAcl(relation.oid(), number);
    return isSuperuser || acl != null && has(acl, relation.owner(), privilege, option);
  }

  /** Tells whether the role has a privilege on some column of a relation. */
  public boolean onAnyColumn(RelationEntry relation, Privilege privilege, boolean isOption) {
    return relation.columns().stream()
        .anyMatch(c -> !c.isDropped() && onColumn(relation, c.number(), privilege, isOption));
  }

  /** Tells whether the role has a privilege on a schema. */
  public boolean onSchema(SchemaEntry schema, Privilege privilege, boolean isOption) {
    if (isSuperuser || schema.name().startsWith("pg_temp_")) {
      // Only the session's own is ever looked at.
      return true;
    }
    boolean byPredefined =
        privilege == Privilege.USAGE
            && !isOption
            && (isOneOfMine(READ_ALL_DATA) || isOneOfMine(WRITE_ALL_DATA));
    return byPredefined || has(catalog.acl(schema), schema.owner(), privilege, isOption);
  }

  /** Tells whether the role has a privilege on a database. */
  public boolean onDatabase(int oid, Privilege privilege, boolean isOption) {
    RoleCatalog.DatabaseRights rights = roles.database(oid);
    Acl acl = rights.acl() == null ? Acl.ofOwner(Kind.DATABASE, rights.owner()) : rights.acl();
    return has(acl, rights.owner(), privilege, isOption);
  }

  /** Raises 42501 unless the role may use a schema. */
  public void requireUsage(SchemaEntry schema) {
    if (!isSuperuser && !onSchema(schema, Privilege.USAGE, false)) {
      throw denied("schema", schema.name());
    }
  }

  /** Raises 42501 unless the role may make objects in a schema. */
  public void requireCreate(SchemaEntry schema) {
    if (!isSuperuser && !onSchema(schema, Privilege.CREATE, false)) {
      throw denied("schema", schema.name());
    }
  }

  /** Raises 42501 unless the role has a privilege on a relation as a whole. */
  public void require(RelationEntry relation, Privilege privilege) {
    if (!onRelation(relation, privilege, false)) {
      throw denied(relation);
    }
  }

  /** Raises 42501 unless the role owns a relation. */
  public void requireOwner(RelationEntry relation) {
    if (!isOwner(relation.owner())) {
      throw notOwner(word(relation), relation.name());
    }
  }

  /** Raises 42501 unless the role owns a schema. */
  public void requireOwner(SchemaEntry schema) {
    if (!isOwner(schema.owner())) {
      throw notOwner("schema", schema.name());
    }
  }

  /** Returns the word for a relation in messages about rights. */
  public static String word(RelationEntry relation) {
    return switch (relation) {
      case TableEntry t -> "table";
      case ViewEntry v -> "view";
      case SequenceEntry s -> "sequence";
      case IndexEntry i -> "index";
      case VirtualTable v -> v.kind() == 'v' ? "view" : "table";
    };
  }

  /** Makes the error of a missing privilege on a relation. */
  public static SqlException denied(RelationEntry relation) {
    return denied(word(relation), relation.name());
  }

  /** Makes the error of a missing privilege. */
  public static SqlException denied(String kind, String name) {
    return new SqlException(
        SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + kind + " " + name);
  }

  /** Makes the error of who is not the owner. */
  public static SqlException notOwner(String kind, String name) {
    return new SqlException(
        SqlState.INSUFFICIENT_PRIVILEGE, "must be owner of " + kind + " " + name);
  }
}
