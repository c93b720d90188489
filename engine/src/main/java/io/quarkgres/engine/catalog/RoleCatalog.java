package io.quarkgres.engine.catalog;

import io.quarkgres.engine.catalog.RoleEntry.Attribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The roles of the server, who is a member of which, and what databases belong to them. All
 * databases have the same; each catalog version has one of its own, so that changes are
 * transactional. Immutable. Thread: any.
 */
public final class RoleCatalog {
  /** The oid of the first superuser. */
  public static final int SUPERUSER = 10;

  private final Map<Integer, RoleEntry> roles;
  private final List<Membership> memberships;
  private final Map<Integer, DatabaseRights> databases;
  private final Map<SettingsOf, Map<String, String>> settings;

  /** That a role is a member of another. */
  public record Membership(int role, int member, int grantor, boolean isAdmin) {}

  /**
   * Who owns a database and who may use it.
   *
   * @param acl the rights, {@code null} for those that a new database has
   */
  public record DatabaseRights(int owner, Acl acl) {}

  /**
   * Whose settings are kept.
   *
   * @param database the oid of the database that they hold in, 0 for all
   * @param role the oid of the role that they are of, 0 for all
   */
  public record SettingsOf(int database, int role) {}

  private RoleCatalog(
      Map<Integer, RoleEntry> roles,
      List<Membership> memberships,
      Map<Integer, DatabaseRights> databases,
      Map<SettingsOf, Map<String, String>> settings) {
    this.roles = roles;
    this.memberships = List.copyOf(memberships);
    this.databases = databases;
    this.settings = settings;
  }

  /** Returns the roles that a new server has. */
  public static RoleCatalog initial() {
    Map<Integer, RoleEntry> roles = new TreeMap<>();
    for (Map.Entry<Integer, String> role : PredefinedRoles.all().entrySet()) {
      Set<Attribute> attributes =
          role.getKey() == SUPERUSER
              ? EnumSet.allOf(Attribute.class)
              : EnumSet.of(Attribute.INHERIT);
      roles.put(
          role.getKey(), new RoleEntry(role.getKey(), role.getValue(), attributes, -1, null, null));
    }
    List<Membership> monitor = new ArrayList<>();
    for (int role : new int[] {3374, 3375, 3377}) {
      monitor.add(new Membership(role, 3373, SUPERUSER, false));
    }
    return new RoleCatalog(roles, monitor, Map.of(), Map.of());
  }

  /** Returns the roles that were kept. */
  static RoleCatalog restored(
      List<RoleEntry> roles,
      List<Membership> memberships,
      Map<Integer, DatabaseRights> databases,
      Map<SettingsOf, Map<String, String>> settings) {
    Map<Integer, RoleEntry> byOid = new TreeMap<>();
    roles.forEach(role -> byOid.put(role.oid(), role));
    return new RoleCatalog(byOid, memberships, new TreeMap<>(databases), settings);
  }

  /** Returns the role with an oid, or {@code null}. */
  public RoleEntry role(int oid) {
    return roles.get(oid);
  }

  /** Returns the role of a name, or {@code null}. */
  public RoleEntry role(String name) {
    for (RoleEntry role : roles.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    return null;
  }

  /** Returns the name of a role, or {@code null}. */
  public String name(int oid) {
    RoleEntry role = roles.get(oid);
    return role == null ? null : role.name();
  }

  /** Returns all roles. */
  public Collection<RoleEntry> all() {
    return roles.values();
  }

  /** Returns all memberships. */
  public List<Membership> memberships() {
    return memberships;
  }

  /** Returns who owns a database and who may use it. */
  public DatabaseRights database(int oid) {
    return databases.getOrDefault(oid, new DatabaseRights(SUPERUSER, null));
  }

  /** Returns the databases that something is known of. */
  public Map<Integer, DatabaseRights> databases() {
    return databases;
  }

  /** Tells whether a role is a superuser. */
  public boolean isSuperuser(int oid) {
    RoleEntry role = roles.get(oid);
    return role != null && role.is(Attribute.SUPERUSER);
  }

  /** Tells whether a role is another one or a member of it, directly or not. */
  public boolean isMember(int member, int role, int databaseOid) {
    return isSuperuser(member) || reach(member, false, databaseOid).contains(role);
  }

  /** Tells whether a role is a member of another, superusers being members of what they are. */
  public boolean isMemberStrictly(int member, int role) {
    return reach(member, false, 0).contains(role);
  }

  /** Tells whether a role has the rights of another without SET ROLE. */
  public boolean hasRightsOf(int member, int role, int databaseOid) {
    return isSuperuser(member) || inherited(member, databaseOid).contains(role);
  }

  /** Returns the roles whose rights a role has without SET ROLE, itself included. */
  public Set<Integer> inherited(int member, int databaseOid) {
    return reach(member, true, databaseOid);
  }

  private Set<Integer> reach(int member, boolean isInherited, int databaseOid) {
    Set<Integer> result = new HashSet<>();
    List<Integer> queue = new ArrayList<>(List.of(member));
    result.add(member);
    for (int i = 0; i < queue.size(); i++) {
      int at = queue.get(i);
      RoleEntry entry = roles.get(at);
      if (isInherited && (entry == null || !entry.is(Attribute.INHERIT))) {
        continue;
      }
      for (Membership m : memberships) {
        if (m.member() == at && result.add(m.role())) {
          queue.add(m.role());
        }
      }
      if (databaseOid != 0
          && database(databaseOid).owner() == at
          && result.add(PredefinedRoles.DATABASE_OWNER)) {
        queue.add(PredefinedRoles.DATABASE_OWNER);
      }
    }
    return result;
  }

  /** Tells whether a role may make others members of one. */
  public boolean isAdminOf(int member, int role) {
    if (isSuperuser(member)) {
      return true;
    }
    Set<Integer> mine = reach(member, false, 0);
    return memberships.stream()
        .anyMatch(m -> m.role() == role && m.isAdmin() && mine.contains(m.member()));
  }

  /** Returns the catalog with a role added or replaced. */
  public RoleCatalog with(RoleEntry role) {
    Map<Integer, RoleEntry> changed = new TreeMap<>(roles);
    changed.put(role.oid(), role);
    return new RoleCatalog(changed, memberships, databases, settings);
  }

  /** Returns the catalog without a role and its memberships. */
  public RoleCatalog without(int oid) {
    Map<Integer, RoleEntry> changed = new TreeMap<>(roles);
    changed.remove(oid);
    return new RoleCatalog(changed, memberships, databases, settings)
        .withoutMemberships(m -> m.role() == oid || m.member() == oid)
        .withoutSettings(of -> of.role() == oid);
  }

  /** Returns the catalog with a membership added or replaced. */
  public RoleCatalog with(Membership made) {
    List<Membership> changed = new ArrayList<>(memberships);
    changed.removeIf(m -> m.role() == made.role() && m.member() == made.member());
    changed.add(made);
    return new RoleCatalog(roles, changed, databases, settings);
  }

  /** Returns the catalog without some memberships. */
  public RoleCatalog withoutMemberships(Predicate<Membership> isGone) {
    List<Membership> changed = new ArrayList<>(memberships);
    changed.removeIf(isGone);
    return new RoleCatalog(roles, changed, databases, settings);
  }

  /** Returns the catalog with what is known of a database replaced. */
  public RoleCatalog with(int databaseOid, DatabaseRights rights) {
    Map<Integer, DatabaseRights> changed = new TreeMap<>(databases);
    changed.put(databaseOid, rights);
    return new RoleCatalog(roles, memberships, changed, settings);
  }

  /** Returns the settings that sessions begin with, by whose they are. */
  public Map<SettingsOf, Map<String, String>> settings() {
    return settings;
  }

  /** Returns the settings that some sessions begin with, as they were written. */
  public Map<String, String> settings(SettingsOf of) {
    return settings.getOrDefault(of, Map.of());
  }

  /** Returns the catalog with settings replaced; none removes them. */
  public RoleCatalog with(SettingsOf of, Map<String, String> values) {
    Map<SettingsOf, Map<String, String>> changed = new LinkedHashMap<>(settings);
    if (values.isEmpty()) {
      changed.remove(of);
    } else {
      changed.put(of, Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }
    return new RoleCatalog(roles, memberships, databases, changed);
  }

  /** Returns the catalog without the settings of some. */
  public RoleCatalog withoutSettings(Predicate<SettingsOf> isGone) {
    Map<SettingsOf, Map<String, String>> changed = new LinkedHashMap<>(settings);
    changed.keySet().removeIf(isGone);
    return new RoleCatalog(roles, memberships, databases, changed);
  }
}
