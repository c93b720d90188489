package io.quarkgres.engine.ddl.role;

import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoleStatement.RoleOption;
import io.quarkgres.engine.catalog.PredefinedRoles;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.RoleEntry.Attribute;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE, ALTER and DROP ROLE, and membership. Used by the session's thread. */
public final class RoleDdl {
  private static final Set<String> RESERVED = Set.of("public", "none");

  private final DdlContext context;

  public RoleDdl(DdlContext context) {
    this.context = context;
  }

  private RoleCatalog roles() {
    return context.catalog().roles();
  }

  private RoleEntry me() {
    return roles().role(context.currentUser());
  }

  private boolean isSuperuser() {
    return context.rights().isSuperuser();
  }

  private boolean mayCreateRoles() {
    return isSuperuser() || me().is(Attribute.CREATEROLE);
  }

  private static SqlException denied(String message) {
    return new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, message);
  }

  /** The properties of a role in the making. */
  private static final class Draft {
    final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    final Set<Attribute> given = EnumSet.noneOf(Attribute.class);
    int connectionLimit = -1;
    String password;
    String validUntil;
  }

  public String create(RoleStatement.CreateRole s) {
    Draft draft = new Draft();
    draft.attributes.add(Attribute.INHERIT);
    if (s.keyword() == RoleStatement.RoleKeyword.USER) {
      draft.attributes.add(Attribute.LOGIN);
    }
    apply(draft, s.options());
    requireMayGive(draft, null);
    String name = s.name();
    refuseReserved(name, s.position());
    context.lockName("role", name);
    if (roles().role(name) != null) {
      throw new SqlException(SqlState.DUPLICATE_OBJECT, "role \"" + name + "\" already exists");
    }
    int oid = context.newOid();
    RoleEntry made = entry(oid, name, draft);
    context.changeRoles(r -> r.with(made));
    for (RoleOption option : s.options()) {
      if (option instanceof RoleOption.Membership membership) {
        addMembers(oid, membership);
      }
    }
    return "CREATE ROLE";
  }

  private static RoleEntry entry(int oid, String name, Draft draft) {
    return new RoleEntry(
        oid, name, draft.attributes, draft.connectionLimit, draft.password, draft.validUntil);
  }

  private static void refuseReserved(String name, int position) {
    if (name.startsWith("pg_")) {
      throw new SqlException(SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved")
          .withDetail("Role names starting with \"pg_\" are reserved.");
    }
    if (RESERVED.contains(name)) {
      throw new SqlException(
          SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved", position);
    }
  }

  private void apply(Draft draft, List<RoleOption> options) {
    Set<String> seen = new HashSet<>();
    for (RoleOption option : options) {
      String what =
          switch (option) {
            case RoleOption.Flag o -> o.flag().name();
            case RoleOption.Membership o -> o.kind().name();
            case RoleOption.Password o -> "PASSWORD";
            case RoleOption.ConnectionLimit o -> "CONNECTION LIMIT";
            case RoleOption.ValidUntil o -> "VALID UNTIL";
            case RoleOption.SysId o -> "SYSID";
          };
      if (!seen.add(what)) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR, "conflicting or redundant options", option.position());
      }
      switch (option) {
        case RoleOption.Flag o -> {
          Attribute attribute = Attribute.valueOf(o.flag().name());
          draft.given.add(attribute);
          if (o.isSet()) {
            draft.attributes.add(attribute);
          } else {
            draft.attributes.remove(attribute);
          }
        }
        case RoleOption.Password o -> draft.password = password(o.password());
        case RoleOption.ConnectionLimit o -> {
          if (o.limit() < -1) {
            throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + o.limit());
          }
          draft.connectionLimit = o.limit();
        }
        case RoleOption.ValidUntil o -> draft.validUntil = o.time();
        case RoleOption.SysId o ->
            context.notice("NOTICE", "00000", "SYSID can no longer be specified");
        case RoleOption.Membership o -> {}
      }
    }
  }

  private String password(String given) {
    if (given == null) {
      return null;
    }
    if (given.isEmpty()) {
      context.notice("NOTICE", "00000", "empty string is not a valid password, clearing password");
      return null;
    }
    return ScramVerifier.of(given);
  }

  /** Raises 42501 for an attribute that only those who have it may give. */
  private void requireMayGive(Draft draft, RoleEntry role) {
    if (isSuperuser()) {
      return;
    }
    boolean isAboutSuperuser =
        draft.given.contains(Attribute.SUPERUSER) && draft.attributes.contains(Attribute.SUPERUSER)
            || role != null
                && (role.is(Attribute.SUPERUSER) || draft.given.contains(Attribute.SUPERUSER));
    if (isAboutSuperuser) {
      throw denied(
          role == null
              ? "must be superuser to create superusers"
              : "must be superuser to alter superuser roles or change superuser attribute");
    }
    boolean isAboutReplication =
        role == null
            ? draft.attributes.contains(Attribute.REPLICATION)
            : role.is(Attribute.REPLICATION) || draft.given.contains(Attribute.REPLICATION);
    if (isAboutReplication) {
      throw denied(
          role == null
              ? "must be superuser to create replication users"
              : "must be superuser to alter replication roles or change replication attribute");
    }
    boolean isAboutSecurity =
        role == null
            ? draft.attributes.contains(Attribute.BYPASSRLS)
            : draft.given.contains(Attribute.BYPASSRLS);
    if (isAboutSecurity) {
      throw denied(
          role == null
              ? "must be superuser to create bypassrls users"
              : "must be superuser to change bypassrls attribute");
    }
    if (role == null && !mayCreateRoles()) {
      throw denied("permission denied to create role");
    }
  }

  private void addMembers(int oid, RoleOption.Membership membership) {
    for (RoleName name : membership.roles()) {
      int other = RoleNames.oid(context, name);
      switch (membership.kind()) {
        case IN_ROLE -> add(other, oid, false);
        case ROLE -> add(oid, other, false);
        case ADMIN -> add(oid, other, true);
      }
    }
  }

  private void add(int role, int member, boolean isAdmin) {
    RoleCatalog.Membership made =
        new RoleCatalog.Membership(role, member, context.currentUser(), isAdmin);
    context.changeRoles(r -> r.with(made));
  }

  public String alter(RoleStatement.AlterRole s) {
    RoleEntry old = roles().role(RoleNames.oid(context, s.role()));
    refuseSystemRole(old, "alter");
    Draft draft = new Draft();
    draft.attributes.addAll(old.attributes());
    draft.connectionLimit = old.connectionLimit();
    draft.password = old.password();
    draft.validUntil = old.validUntil();
    apply(draft, s.options());
    requireMayGive(draft, old);
    if (!mayCreateRoles()) {
      boolean isOwnPassword =
          old.oid() == context.currentUser()
              && s.options().stream().allMatch(o -> o instanceof RoleOption.Password);
      if (!isOwnPassword) {
        throw denied("permission denied");
      }
    }
    RoleEntry made = entry(old.oid(), old.name(), draft);
    context.changeRoles(r -> r.with(made));
    for (RoleOption option : s.options()) {
      if (option instanceof RoleOption.Membership membership) {
        addMembers(old.oid(), membership);
      }
    }
    return "ALTER ROLE";
  }

  private void refuseSystemRole(RoleEntry role, String verb) {
    if (role.name().startsWith("pg_")) {
      throw new SqlException(
              SqlState.RESERVED_NAME, "role name \"" + role.name() + "\" is reserved")
          .withDetail("Cannot " + verb + " reserved roles.");
    }
  }

  public String rename(String name, String newName) {
    RoleEntry old = RoleNames.named(context, name);
    if (old.oid() == context.sessionUser()) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "session user cannot be renamed");
    }
    if (old.oid() == context.currentUser()) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "current user cannot be renamed");
    }
    refuseReserved(old.name(), -1);
    refuseReserved(newName, -1);
    context.lockName("role", newName);
    if (roles().role(newName) != null) {
      throw new SqlException(SqlState.DUPLICATE_OBJECT, "role \"" + newName + "\" already exists");
    }
    if (old.is(Attribute.SUPERUSER) && !isSuperuser()) {
      throw denied("must be superuser to rename superusers");
    }
    if (!mayCreateRoles()) {
      throw denied("permission denied to rename role");
    }
    RoleEntry made =
        new RoleEntry(
            old.oid(),
            newName,
            old.attributes(),
            old.connectionLimit(),
            old.password(),
            old.validUntil());
    context.changeRoles(r -> r.with(made));
    return "ALTER ROLE";
  }

  public String drop(RoleStatement.DropRole s) {
    if (!mayCreateRoles()) {
      throw denied("permission denied to drop role");
    }
    for (RoleName name : s.roles()) {
      if (name.kind() != RoleName.Kind.NAMED) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "cannot use special role specifier in DROP ROLE");
      }
      RoleEntry role = roles().role(name.name());
      if (role == null) {
        if (!s.isIfExists()) {
          throw RoleNames.undefined(name.name());
        }
        context.notice("NOTICE", "00000", "role \"" + name.name() + "\" does not exist, skipping");
        continue;
      }
      drop(role);
    }
    return "DROP ROLE";
  }

  private void drop(RoleEntry role) {
    if (role.oid() == context.currentUser()) {
      throw new SqlException(SqlState.OBJECT_IN_USE, "current user cannot be dropped");
    }
    if (role.oid() == context.sessionUser()) {
      throw new SqlException(SqlState.OBJECT_IN_USE, "session user cannot be dropped");
    }
    if (role.is(Attribute.SUPERUSER) && !isSuperuser()) {
      throw denied("must be superuser to drop superusers");
    }
    List<String> uses = new RoleUses(context).of(role.oid());
    boolean isSystem = PredefinedRoles.name(role.oid()) != null;
    if (isSystem) {
      throw new SqlException(
          SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
          "cannot drop role " + role.name() + " because it is required by the database system");
    }
    if (!uses.isEmpty()) {
      throw new SqlException(
              SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
              "role \"" + role.name() + "\" cannot be dropped because some objects depend on it")
          .withDetail(String.join("\n", uses));
    }
    int oid = role.oid();
    context.changeRoles(r -> r.without(oid));
  }

  public String grant(RoleStatement.GrantRole s) {
    int grantor = s.grantor() == null ? context.currentUser() : RoleNames.oid(context, s.grantor());
    for (String name : s.roles()) {
      RoleEntry role = RoleNames.named(context, name);
      for (RoleName grantee : s.grantees()) {
        RoleEntry member = roles().role(RoleNames.oid(context, grantee));
        requireAdmin(role);
        if (s.isGrant()) {
          grant(s, role, member, grantor);
        } else {
          revoke(s, role, member);
        }
      }
    }
    return s.isGrant() ? "GRANT ROLE" : "REVOKE ROLE";
  }

  private void requireAdmin(RoleEntry role) {
    if (role.is(Attribute.SUPERUSER)) {
      if (!isSuperuser()) {
        throw denied("must be superuser to alter superusers");
      }
    } else if (!mayCreateRoles() && !roles().isAdminOf(context.currentUser(), role.oid())) {
      throw denied("must have admin option on role \"" + role.name() + "\"");
    }
  }

  private void grant(RoleStatement.GrantRole s, RoleEntry role, RoleEntry member, int grantor) {
    if (role.oid() == PredefinedRoles.DATABASE_OWNER) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "role \"" + role.name() + "\" cannot have explicit members");
    }
    if (roles().isMemberStrictly(role.oid(), member.oid())) {
      throw new SqlException(
          SqlState.INVALID_GRANT_OPERATION,
          "role \"" + role.name() + "\" is a member of role \"" + member.name() + "\"");
    }
    for (RoleCatalog.Membership m : roles().memberships()) {
      boolean isThere = m.role() == role.oid() && m.member() == member.oid();
      if (isThere && (m.isAdmin() || !s.isWithAdminOption())) {
        context.notice(
            "NOTICE",
            "00000",
            "role \"" + member.name() + "\" is already a member of role \"" + role.name() + "\"");
        return;
      }
    }
    RoleCatalog.Membership made =
        new RoleCatalog.Membership(role.oid(), member.oid(), grantor, s.isWithAdminOption());
    context.changeRoles(r -> r.with(made));
  }

  private void revoke(RoleStatement.GrantRole s, RoleEntry role, RoleEntry member) {
    for (RoleCatalog.Membership m : roles().memberships()) {
      if (m.role() == role.oid() && m.member() == member.oid()) {
        if (s.isOptionOnly()) {
          RoleCatalog.Membership made =
              new RoleCatalog.Membership(m.role(), m.member(), m.grantor(), false);
          context.changeRoles(r -> r.with(made));
        } else {
          context.changeRoles(
              r -> r.withoutMemberships(x -> x.role() == m.role() && x.member() == m.member()));
        }
        return;
      }
    }
    context.notice(
        "WARNING",
        "01000",
        "role \"" + member.name() + "\" is not a member of role \"" + role.name() + "\"");
  }

  public String alterGroup(RoleStatement.AlterGroup s) {
    RoleEntry role = roles().role(RoleNames.oid(context, s.group()));
    requireAdmin(role);
    List<RoleName> members = new ArrayList<>(s.members());
    RoleStatement.GrantRole grant =
        new RoleStatement.GrantRole(
            s.isAdd(), List.of(role.name()), members, false, false, null, false, s.position());
    grant(grant);
    return "ALTER ROLE";
  }
}
