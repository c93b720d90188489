package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about roles and privileges. */
public sealed interface RoleStatement extends DdlStatement {
  /** CREATE ROLE, USER (which may log in) or GROUP. */
  record CreateRole(RoleKeyword keyword, String name, List<RoleOption> options, int position)
      implements RoleStatement {}

  /** ALTER ROLE or USER with options. */
  record AlterRole(RoleName role, List<RoleOption> options, int position)
      implements RoleStatement {}

  /**
   * {@code ALTER ROLE role|ALL [IN DATABASE name] SET|RESET ...}.
   *
   * @param role the role, or {@code null} for ALL
   * @param database the database, or {@code null} for all
   */
  record AlterRoleSet(
      RoleName role, String database, UtilityStatement.Setting setting, int position)
      implements RoleStatement {}

  /** {@code ALTER GROUP group ADD|DROP USER role, ...}. */
  record AlterGroup(RoleName group, boolean isAdd, List<RoleName> members, int position)
      implements RoleStatement {}

  /** DROP ROLE, USER or GROUP. */
  record DropRole(List<RoleName> roles, boolean isIfExists, int position)
      implements RoleStatement {}

  /** DROP OWNED BY. */
  record DropOwned(List<RoleName> roles, boolean isCascade, int position)
      implements RoleStatement {}

  /** REASSIGN OWNED BY. */
  record ReassignOwned(List<RoleName> roles, RoleName newOwner, int position)
      implements RoleStatement {}

  /**
   * GRANT or REVOKE of privileges on objects.
   *
   * @param privileges what is granted; empty for ALL
   * @param isAllInSchema whether {@code objects} are schemas and the objects all of theirs
   * @param isOptionOnly whether REVOKE takes only the grant option
   * @param grantor the role of GRANTED BY, or {@code null}
   */
  record GrantPrivileges(
      boolean isGrant,
      List<Privilege> privileges,
      ObjectKind kind,
      boolean isAllInSchema,
      List<ObjectName> objects,
      List<RoleName> grantees,
      boolean isWithGrantOption,
      boolean isOptionOnly,
      RoleName grantor,
      boolean isCascade,
      int position)
      implements RoleStatement {}

  /**
   * GRANT or REVOKE of membership in roles.
   *
   * @param grantor the role of GRANTED BY, or {@code null}
   */
  record GrantRole(
      boolean isGrant,
      List<String> roles,
      List<RoleName> grantees,
      boolean isWithAdminOption,
      boolean isOptionOnly,
      RoleName grantor,
      boolean isCascade,
      int position)
      implements RoleStatement {}

  /** ALTER DEFAULT PRIVILEGES; {@code kind} of the grant is that of the objects to come. */
  record AlterDefaultPrivileges(
      List<RoleName> forRoles, List<String> inSchemas, GrantPrivileges grant, int position)
      implements RoleStatement {}

  /**
   * A privilege, lower case.
   *
   * @param name the privilege, or {@code null} for ALL restricted to columns
   * @param columns the columns; empty for the whole object
   */
  record Privilege(String name, List<String> columns, int position) {}

  /** A property of a role. */
  sealed interface RoleOption {
    /** Returns where an error about the option points. */
    int position();

    /** A word such as {@code superuser} or {@code nologin}, lower case and checked. */
    record Flag(RoleFlag flag, boolean isSet, int position) implements RoleOption {}

    /**
     * {@code [ENCRYPTED] PASSWORD 'secret'}.
     *
     * @param password the password, or {@code null} for PASSWORD NULL
     */
    record Password(String password, int position) implements RoleOption {}

    /** {@code CONNECTION LIMIT n}. */
    record ConnectionLimit(int limit, int position) implements RoleOption {}

    /** {@code VALID UNTIL 'time'}. */
    record ValidUntil(String time, int position) implements RoleOption {}

    /** {@code IN ROLE}, {@code ROLE} (also USER) and {@code ADMIN} with their roles. */
    record Membership(MembershipKind kind, List<RoleName> roles, int position)
        implements RoleOption {}

    /** {@code SYSID n}, which has no effect. */
    record SysId(int id, int position) implements RoleOption {}
  }

  /** The properties that are on or off. */
  enum RoleFlag {
    SUPERUSER,
    CREATEDB,
    CREATEROLE,
    REPLICATION,
    LOGIN,
    BYPASSRLS,
    INHERIT
  }

  /** The ways to be a member from birth. */
  enum MembershipKind {
    IN_ROLE,
    ROLE,
    ADMIN
  }

  /** The word after CREATE. */
  enum RoleKeyword {
    ROLE,
    USER,
    GROUP
  }
}
