package io.quarkgres.engine.ddl.right;

import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Privilege.Kind;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockTable.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What GRANT and REVOKE do to the rights on one object: who grants, what of it he may, what goes
 * along with what is revoked. Used by the session's thread.
 */
final class AclChange {
  private final DdlContext context;
  private final RoleStatement.GrantPrivileges s;
  private final List<Integer> grantees;

  AclChange(DdlContext context, RoleStatement.GrantPrivileges statement, List<Integer> grantees) {
    this.context = context;
    this.s = statement;
    this.grantees = grantees;
  }

  /**
   * What privileges are kept of.
   *
   * @param relation the relation of a column, or {@code null}
   */
  record Target(Kind kind, int oid, int column, int owner, String name, RelationEntry relation) {}

  private Acl acl(Target target) {
    CatalogVersion catalog = context.catalog();
    Acl stored =
        target.kind() == Kind.DATABASE
            ? catalog.roles().database(target.oid()).acl()
            : catalog.storedAcl(target.kind().classOid(), target.oid(), target.column());
    return stored != null ? stored : Acl.ofOwner(target.kind(), target.owner());
  }

  /** Changes the rights on a target. */
  void apply(Target target, Set<Privilege> wanted) {
    Acl acl = acl(target);
    int grantor = grantor(target, acl, wanted);
    Set<Privilege> allowed = allowed(target, acl, grantor, wanted);
    warnOfMissing(target, wanted, allowed);
    for (int grantee : grantees) {
      acl =
          s.isGrant()
              ? grant(target, acl, grantee, grantor, allowed)
              : revoke(target, acl, grantee, grantor, allowed);
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

  private Acl grant(Target target, Acl acl, int grantee, int grantor, Set<Privilege> privileges) {
    if (privileges.isEmpty()) {
      return acl;
    }
    boolean isToOwner = grantee == target.owner();
    // An owner always may pass on; grant options would only go in circles.
    return acl.grant(grantee, grantor, privileges, s.isWithGrantOption() && !isToOwner);
  }

  private Acl revoke(Target target, Acl acl, int grantee, int grantor, Set<Privilege> privileges) {
    Acl result = acl.revoke(grantee, grantor, privileges, s.isOptionOnly());
    return withoutDependent(target, result);
  }

  /** Rights that were passed on by who may not any more go, too, or are an error. */
  private Acl withoutDependent(Target target, Acl acl) {
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

  private void warnOfMissing(Target target, Set<Privilege> wanted, Set<Privilege> allowed) {
    if (allowed.containsAll(wanted)) {
      return;
    }
    boolean isAll = s.privileges().isEmpty();
    if (!allowed.isEmpty() && isAll) {
      // With ALL, what cannot be passed on is left out with a word only if some of it remains.
      warn(
          target,
          s.isGrant()
              ? "not all privileges were granted for \"%s\""
              : "not all privileges could be revoked for \"%s\"");
      return;
    }
    if (allowed.isEmpty()) {
      warn(
          target,
          s.isGrant()
              ? "no privileges were granted for \"%s\""
              : "no privileges could be revoked for \"%s\"");
    } else {
      warn(
          target,
          s.isGrant()
              ? "not all privileges were granted for \"%s\""
              : "not all privileges could be revoked for \"%s\"");
    }
  }

  private void warn(Target target, String message) {
    context.notice(
        "WARNING",
        s.isGrant() ? "01007" : "01006",
        String.format(Locale.ROOT, message, target.name()));
  }
}
