package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.catalog.Privilege;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a statement does with a relation, for the check of privileges when it runs. Filled by one
 * thread while the statement is bound, and not changed afterwards.
 */
public final class Access {
  /** The role that means whoever runs the statement. */
  public static final int CURRENT_USER = 0;

  private final int oid;
  private final int role;
  private final Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
  private final Map<Privilege, Set<Integer>> columns = new EnumMap<>(Privilege.class);

  public Access(int oid, int role) {
    this.oid = oid;
    this.role = role;
  }

  public void add(Privilege privilege) {
    privileges.add(privilege);
  }

  public void add(Privilege privilege, int column) {
    privileges.add(privilege);
    columns.computeIfAbsent(privilege, p -> new TreeSet<>()).add(column);
  }

  /** Returns the oid of the relation. */
  public int oid() {
    return oid;
  }

  /** Returns whose privileges count: a view's owner, or {@link #CURRENT_USER}. */
  public int role() {
    return role;
  }

  /** Returns the privileges that are needed. */
  public Set<Privilege> privileges() {
    return privileges;
  }

  /** Returns the numbers of the columns a privilege is needed for; empty when none is named. */
  public Set<Integer> columns(Privilege privilege) {
    return columns.getOrDefault(privilege, Set.of());
  }
}
