package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.VirtualTable;
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
final class GrantDdl {
  private final DdlContext context;

  GrantDdl(DdlContext context) {
    this.context = context;
  }

  /**
   * What privileges are kept of.
   *
   * @param relation the relation of a column, or {@code null}
   */
  private record Target(
      Kind kind, int oid, int column, int owner, String name, RelationEntry relation) {}

  String execute(RoleStatement.GrantPrivileges s) {
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
    switch (s.kind()) {
      case TABLE, SEQUENCE -> relations(s).forEach(r -> onRelation(s, r, grantees));
      case SCHEMA ->
          s.objects()
              .forEach(name -> {
                SchemaEntry schema = schema(plain(name));
                apply(
                    s,
                    new Target(Kind.SCHEMA, schema.oid(), 0, schema.owner(), schema.name(), null),
                    wanted(s, Kind.SCHEMA),
                    grantees);
              });
      case DATABASE -> s.objects().forEach(name -> onDatabase(s, plain(name), grantees));
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
          throw DdlErrors.undefinedRelation(((ObjectName.Plain) name).name());
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
      RoleStatement.GrantPrivileges s, RelationEntry relation, List<Integer> grantees) {
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
        onColumns(s, relation, written, grantees);
      }
    }
    if (!whole.isEmpty()) {
      Target target =
          new Target(kind, relation.oid(), 0, relation.owner(), relation.name(), relation);
      apply(s, target, whole, grantees);
    }
    boolean isRevokedFromColumns = !s.isGrant() && !isSequence;
    if (isRevokedFromColumns && !whole.isEmpty()) {
      revokeFromColumns(s, relation, whole, grantees);
    }
  }

  /** What is revoked from a table is revoked from its columns as well. */
  private void revokeFromColumns(
      RoleStatement.GrantPrivileges s,
      RelationEntry relation,
      Set<Privilege> whole,
      List<Integer> grantees) {
    Set<Privilege> ofColumns = EnumSet.copyOf(whole);
    ofColumns.retainAll(Kind.COLUMN.all());
    for (ColumnEntry column : relation.columns()) {
      if (context.catalog().columnAcl(relation.oid(), column.number()) != null
          && !ofColumns.isEmpty()) {
        apply(s, column(relation, column), ofColumns, grantees);
      }
    }
  }

  private static Target column(RelationEntry relation, ColumnEntry column) {
    return new Target(
        Kind.COLUMN, relation.oid(), column.number(), relation.owner(), column.name(), relation);
  }

  private void onColumns(
      RoleStatement.GrantPrivileges s,
      RelationEntry relation,
      RoleStatement.Privilege written,
      List<Integer> grantees) {
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
      apply(s, column(relation, found), meant, grantees);
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

  private void onDatabase(RoleStatement.GrantPrivileges s, String name, List<Integer> grantees) {
    int oid = context.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    int owner = context.catalog().roles().database(oid).owner();
    Target target = new Target(Kind.DATABASE, oid, 0, owner, name, null);
    apply(s, target, wanted(s, Kind.DATABASE), grantees);
  }

  // Applying.

  private Acl acl(Target target) {
    CatalogVersion catalog = context.catalog();
    Acl stored =
        target.kind() == Kind.DATABASE
            ? catalog.roles().database(target.oid()).acl()
            : catalog.storedAcl(target.kind().classOid(), target.oid(), target.column());
    return stored != null ? stored : Acl.ofOwner(target.kind(), target.owner());
  }

  private void apply(
      RoleStatement.GrantPrivileges s,
      Target target,
      Set<Privilege> wanted,
      List<Integer> grantees) {
    Acl acl = acl(target);
    int grantor = grantor(target, acl, wanted);
    Set<Privilege> allowed = allowed(target, acl, grantor, wanted);
    warnOfMissing(s, target, wanted, allowed);
    for (int grantee : grantees) {
      acl =
          s.isGrant()
              ? grant(s, target, acl, grantee, grantor, allowed)
              : revoke(s, target, acl, grantee, grantor, allowed);
    }
    Acl changed = acl;
    if (target.kind() == Kind.DATABASE) {
      context.changeRoles(
          r -> r.with(target.oid(), new RoleCatalog.DatabaseRights(target.owner(), changed)));
    } else {
      boolean isEmpty = target.kind() == Kind.COLUMN && changed.items().isEmpty();
      context.change(editor ->
          editor.acl(
              target.kind().classOid(), target.oid(), target.column(), isEmpty ? null : changed));
    }
  }

  private Acl grant(
      RoleStatement.GrantPrivileges s,
      Target target,
      Acl acl,
      int grantee,
      int grantor,
      Set<Privilege> privileges) {
    if (privileges.isEmpty()) {
      return acl;
    }
    boolean isToOwner = grantee == target.owner();
    // An owner always may pass on; grant options would only go in circles.
    return acl.grant(grantee, grantor, privileges, s.isWithGrantOption() && !isToOwner);
  }

  private Acl revoke(
      RoleStatement.GrantPrivileges s,
      Target target,
      Acl acl,
      int grantee,
      int grantor,
      Set<Privilege> privileges) {
    Acl result = acl.revoke(grantee, grantor, privileges, s.isOptionOnly());
    return withoutDependent(s, target, result);
  }

  /** Rights that were passed on by who may not any more go, too, or are an error. */
  private Acl withoutDependent(RoleStatement.GrantPrivileges s, Target target, Acl acl) {
    Acl result = acl;
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (Acl.Item item : result.items()) {
        if (item.grantor() == target.owner() || item.grantee() == item.grantor()) {
          continue;
        }
        Set<Privilege> orphaned = EnumSet.noneOf(Privilege.class);
        for (Privilege p : item.privileges()) {
          Acl now = result;
          boolean isBacked =
              now.items().stream()
                  .anyMatch(i -> i.grantee() == item.grantor() && i.options().contains(p));
          if (!isBacked) {
            orphaned.add(p);
          }
        }
        if (!orphaned.isEmpty()) {
          if (!s.isCascade()) {
            throw new SqlException(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                .withHint("Use CASCADE to revoke them too.");
          }
          result = result.revoke(item.grantee(), item.grantor(), orphaned, false);
          isChanged = true;
          break;
        }
      }
    }
    return result;
  }

  /** Returns as whom the current role grants: the owner, or a role with the grant options. */
  private int grantor(Target target, Acl acl, Set<Privilege> wanted) {
    Rights rights = context.rights();
    if (rights.isOwner(target.owner())) {
      return target.owner();
    }
    int me = context.currentUser();
    Set<Integer> mine = context.catalog().roles().inherited(me, context.catalog().databaseOid());
    int best = me;
    int most = 0;
    for (Acl.Item item : grantable(target, acl)) {
      Set<Privilege> held = EnumSet.noneOf(Privilege.class);
      held.addAll(item.options());
      held.retainAll(wanted);
      boolean isBetter = held.size() > most || held.size() == most && item.grantee() == me;
      if (mine.contains(item.grantee()) && !held.isEmpty() && isBetter) {
        best = item.grantee();
        most = held.size();
      }
    }
    return best;
  }

  /** Returns the items whose options count: those of a column's table, too. */
  private List<Acl.Item> grantable(Target target, Acl acl) {
    List<Acl.Item> result = new ArrayList<>(acl.items());
    if (target.kind() == Kind.COLUMN) {
      result.addAll(context.catalog().acl(target.relation()).items());
    }
    return result;
  }

  private Set<Privilege> allowed(Target target, Acl acl, int grantor, Set<Privilege> wanted) {
    Set<Privilege> result = EnumSet.noneOf(Privilege.class);
    if (grantor == target.owner()) {
      result.addAll(wanted);
      return result;
    }
    for (Acl.Item item : grantable(target, acl)) {
      if (item.grantee() == grantor) {
        result.addAll(item.options());
      }
    }
    result.retainAll(wanted);
    if (result.isEmpty() && !holdsAnything(target, acl)) {
      throw target.kind() == Kind.COLUMN
          ? new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE,
              "permission denied for column \""
                  + target.name()
                  + "\" of relation \""
                  + target.relation().name()
                  + "\"")
          : target.relation() != null
              ? Rights.denied(target.relation())
              : Rights.denied(target.kind().word(), target.name());
    }
    return result;
  }

  private boolean holdsAnything(Target target, Acl acl) {
    Set<Integer> mine =
        context.catalog().roles().inherited(context.currentUser(), context.catalog().databaseOid());
    return grantable(target, acl).stream()
        .anyMatch(i -> i.grantee() == Acl.PUBLIC || mine.contains(i.grantee()));
  }

  private void warnOfMissing(
      RoleStatement.GrantPrivileges s,
      Target target,
      Set<Privilege> wanted,
      Set<Privilege> allowed) {
    if (allowed.containsAll(wanted)) {
      return;
    }
    boolean isAll = s.privileges().isEmpty();
    if (!allowed.isEmpty() && isAll) {
      // With ALL, what cannot be passed on is left out with a word only if some of it remains.
      warn(
          s,
          target,
          s.isGrant()
              ? "not all privileges were granted for \"%s\""
              : "not all privileges could be revoked for \"%s\"");
      return;
    }
    if (allowed.isEmpty()) {
      warn(
          s,
          target,
          s.isGrant()
              ? "no privileges were granted for \"%s\""
              : "no privileges could be revoked for \"%s\"");
    } else {
      warn(
          s,
          target,
          s.isGrant()
              ? "not all privileges were granted for \"%s\""
              : "not all privileges could be revoked for \"%s\"");
    }
  }

  private void warn(RoleStatement.GrantPrivileges s, Target target, String message) {
    context.notice(
        "WARNING",
        s.isGrant() ? "01007" : "01006",
        String.format(Locale.ROOT, message, target.name()));
  }
}
