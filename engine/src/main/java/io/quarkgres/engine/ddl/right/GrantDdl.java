package io.quarkgres.engine.ddl.right;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.role.RoleNames;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * GRANT and REVOKE of privileges on tables, columns, sequences, schemas and databases. Used by the
 * session's thread.
 */
public final class GrantDdl {
  private final DdlContext context;

  public GrantDdl(DdlContext context) {
    this.context = context;
  }

  public String execute(RoleStatement.GrantPrivileges s) {
    List<Integer> grantees = new ArrayList<>();
    for (RoleName grantee : s.grantees()) {
      int oid = RoleNames.grantee(context, grantee);
      if (oid == Acl.PUBLIC && s.isWithGrantOption()) {
        throw new SqlException(
            SqlState.INVALID_GRANT_OPERATION, "grant options can only be granted to roles");
      }
      grantees.add(oid);
    }
    if (s.grantor() != null && RoleNames.oid(context, s.grantor()) != context.currentUser()) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "grantor must be current user");
    }
    AclChange change = new AclChange(context, s, grantees);
    switch (s.kind()) {
      case TABLE, SEQUENCE -> relations(s).forEach(r -> onRelation(s, r, change));
      case SCHEMA ->
          s.objects()
              .forEach(name -> {
                SchemaEntry schema = schema(plain(name));
                change.apply(
                    new AclChange.Target(
                        Kind.SCHEMA, schema.oid(), 0, schema.owner(), schema.name(), null),
                    wanted(s, Kind.SCHEMA));
              });
      case DATABASE -> s.objects().forEach(name -> onDatabase(s, plain(name), change));
      default -> throw DdlErrors.notBuilt((s.isGrant() ? "GRANT" : "REVOKE") + " ON " + s.kind());
    }
    return s.isGrant() ? "GRANT" : "REVOKE";
  }

  private static String plain(ObjectName name) {
    return ((ObjectName.Plain) name).name().name();
  }

  private SchemaEntry schema(String name) {
    SchemaEntry schema = context.catalog().schema(name);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(name);
    }
    return schema;
  }

  private List<RelationEntry> relations(RoleStatement.GrantPrivileges s) {
    List<RelationEntry> result = new ArrayList<>();
    for (ObjectName name : s.objects()) {
      if (s.isAllInSchema()) {
        int schema = schema(plain(name)).oid();
        for (RelationEntry relation : context.catalog().relations()) {
          boolean isSequence = relation instanceof SequenceEntry;
          if (relation.schemaOid() == schema
              && !(relation instanceof IndexEntry)
              && isSequence == (s.kind() == ObjectKind.SEQUENCE)) {
            result.add(relation);
          }
        }
      } else {
        RelationEntry found = context.find(((ObjectName.Plain) name).name());
        if (found == null) {
          throw context.undefinedRelation(((ObjectName.Plain) name).name());
        }
        if (found instanceof IndexEntry) {
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is an index");
        }
        if (s.kind() == ObjectKind.SEQUENCE && !(found instanceof SequenceEntry)) {
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is not a sequence");
        }
        result.add(found);
      }
    }
    return result;
  }

  private void onRelation(
      RoleStatement.GrantPrivileges s, RelationEntry relation, AclChange change) {
    if (relation instanceof VirtualTable) {
      throw DdlErrors.notBuilt("GRANT and REVOKE on system catalogs");
    }
    boolean isSequence = relation instanceof SequenceEntry;
    Kind kind = isSequence ? Kind.SEQUENCE : Kind.TABLE;
    Set<Privilege> whole = EnumSet.noneOf(Privilege.class);
    if (s.privileges().isEmpty()) {
      whole.addAll(kind.all());
    }
    for (RoleStatement.Privilege written : s.privileges()) {
      Set<Privilege> meant = meant(written, isSequence && s.kind() == ObjectKind.TABLE, kind);
      if (written.columns().isEmpty()) {
        whole.addAll(meant);
      } else {
        onColumns(relation, written, change);
      }
    }
    if (!whole.isEmpty()) {
      AclChange.Target target =
          new AclChange.Target(
              kind, relation.oid(), 0, relation.owner(), relation.name(), relation);
      change.apply(target, whole);
    }
    boolean isRevokedFromColumns = !s.isGrant() && !isSequence;
    if (isRevokedFromColumns && !whole.isEmpty()) {
      revokeFromColumns(relation, whole, change);
    }
  }

  /** What is revoked from a table is revoked from its columns as well. */
  private void revokeFromColumns(RelationEntry relation, Set<Privilege> whole, AclChange change) {
    Set<Privilege> ofColumns = EnumSet.copyOf(whole);
    ofColumns.retainAll(Kind.COLUMN.all());
    for (ColumnEntry column : relation.columns()) {
      if (context.catalog().columnAcl(relation.oid(), column.number()) != null
          && !ofColumns.isEmpty()) {
        change.apply(column(relation, column), ofColumns);
      }
    }
  }

  private static AclChange.Target column(RelationEntry relation, ColumnEntry column) {
    return new AclChange.Target(
        Kind.COLUMN, relation.oid(), column.number(), relation.owner(), column.name(), relation);
  }

  private void onColumns(
      RelationEntry relation, RoleStatement.Privilege written, AclChange change) {
    Set<Privilege> meant = written.name() == null ? Kind.COLUMN.all() : Set.of(of(written.name()));
    if (!Kind.COLUMN.all().containsAll(meant)) {
      throw new SqlException(
          SqlState.INVALID_GRANT_OPERATION,
          "invalid privilege type " + meant.iterator().next().name() + " for column");
    }
    for (String name : written.columns()) {
      ColumnEntry found = null;
      for (ColumnEntry column : relation.columns()) {
        found = !column.isDropped() && column.name().equals(name) ? column : found;
      }
      if (found == null) {
        throw DdlErrors.undefinedColumn(name, relation.name());
      }
      change.apply(column(relation, found), meant);
    }
  }

  private static Privilege of(String word) {
    Privilege privilege = Privilege.of(word);
    if (privilege == null) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "unrecognized privilege type \"" + word.toLowerCase(Locale.ROOT) + "\"");
    }
    return privilege;
  }

  private static Set<Privilege> meant(
      RoleStatement.Privilege written, boolean isSequenceAsTable, Kind kind) {
    if (written.name() == null) {
      return kind.all();
    }
    Privilege privilege = of(written.name());
    if (!kind.all().contains(privilege)) {
      Kind said = isSequenceAsTable && Kind.TABLE.all().contains(privilege) ? Kind.TABLE : kind;
      if (said == Kind.TABLE && kind == Kind.SEQUENCE) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "sequence only supports USAGE, SELECT, and UPDATE privileges");
      }
      throw new SqlException(
          SqlState.INVALID_GRANT_OPERATION,
          "invalid privilege type "
              + privilege.name()
              + " for "
              + (kind == Kind.TABLE ? "relation" : kind.word()));
    }
    return Set.of(privilege);
  }

  private static Set<Privilege> wanted(RoleStatement.GrantPrivileges s, Kind kind) {
    Set<Privilege> result = EnumSet.noneOf(Privilege.class);
    if (s.privileges().isEmpty()) {
      result.addAll(kind.all());
    }
    for (RoleStatement.Privilege written : s.privileges()) {
      if (!written.columns().isEmpty()) {
        throw new SqlException(
            SqlState.INVALID_GRANT_OPERATION, "column privileges are only valid for relations");
      }
      result.addAll(meant(written, false, kind));
    }
    return result;
  }

  private void onDatabase(RoleStatement.GrantPrivileges s, String name, AclChange change) {
    int oid = context.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    int owner = context.catalog().roles().database(oid).owner();
    AclChange.Target target = new AclChange.Target(Kind.DATABASE, oid, 0, owner, name, null);
    change.apply(target, wanted(s, Kind.DATABASE));
  }
}
