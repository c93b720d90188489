package io.quarkgres.engine.catalog;

import java.util.EnumSet;
import java.util.Set;

/**
 * A role. Thread: any.
 *
 * @param connectionLimit how many sessions it may have, -1 for any number
 * @param password the password's verifier, or {@code null}
 * @param validUntil until when the password is good, as text of a timestamptz, or {@code null}
 */
public record RoleEntry(
    int oid,
    String name,
    Set<Attribute> attributes,
    int connectionLimit,
    String password,
    String validUntil) {
  /** What a role may do. */
  public enum Attribute {
    /** Everything. */
    SUPERUSER,
    /** Make databases. */
    CREATEDB,
    /** Make roles. */
    CREATEROLE,
    /** Stream replication. */
    REPLICATION,
    /** Connect. */
    LOGIN,
    /** Ignore row-level security. */
    BYPASSRLS,
    /** Have the rights of the roles it is a member of without SET ROLE. */
    INHERIT
  }

  /** Copies the set. */
  public RoleEntry {
    EnumSet<Attribute> copy = EnumSet.noneOf(Attribute.class);
    copy.addAll(attributes);
    attributes = copy;
  }

  /** Tells whether the role has an attribute. */
  public boolean is(Attribute attribute) {
    return attributes.contains(attribute);
  }
}
