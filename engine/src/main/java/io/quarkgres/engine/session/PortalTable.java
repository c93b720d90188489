package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A session's open portals by their names, cursors among them. Used by the session's thread. */
final class PortalTable {
  /** The most portals a session may have open. */
  private static final int PORTALS_MAX = 10_000;

  private final Map<String, Portal> portals = new LinkedHashMap<>();

  /** Returns a portal, {@code null} when there is none of that name. */
  Portal find(String name) {
    return portals.get(name);
  }

  /** Returns a portal; raises 34000 when there is none of that name. */
  Portal require(String name) {
    Portal portal = portals.get(name);
    if (portal == null) {
      throw new SqlException(
          SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
    }
    return portal;
  }

  /** Raises 42P03 when there is a portal of that name. */
  void requireNew(String name) {
    if (portals.containsKey(name)) {
      throw new SqlException(SqlState.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
    }
  }

  /**
   * Adds a portal.
   *
   * @param depth how many savepoints its transaction has
   */
  void add(Portal portal, int depth) {
    if (portals.size() >= PORTALS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a session may have at most " + PORTALS_MAX + " open portals");
    }
    portal.setDepth(depth);
    portals.put(portal.name(), portal);
  }

  Collection<Portal> all() {
    return portals.values();
  }

  /** Closes a portal if there is one of that name. */
  void close(String name) {
    Portal portal = portals.remove(name);
    if (portal != null) {
      portal.close();
    }
  }

  /** Closes all portals that have a name: an unnamed one may be running. */
  void closeNamed() {
    closeIf(portal -> !portal.name().isEmpty());
  }

  /** Closes the portals of the transaction that were made after so many savepoints. */
  void closeFrom(int depth) {
    closeIf(portal -> !portal.isHeld() && portal.depth() >= depth);
  }

  void closeAll() {
    closeIf(portal -> true);
  }

  private void closeIf(Predicate<Portal> condition) {
    portals
        .values()
        .removeIf(portal -> {
          boolean isClosed = condition.test(portal);
          if (isClosed) {
            portal.close();
          }
          return isClosed;
        });
  }

  /** Hands the portals of released savepoints to those before them. */
  void released(int depth) {
    portals.values().forEach(portal -> portal.setDepth(Math.min(portal.depth(), depth)));
  }

  /** Reads the rows of cursors that are to outlive the transaction. */
  void holdCursors() {
    for (Portal portal : portals.values()) {
      if (portal.declaration().isHold() && !portal.isHeld()) {
        portal.hold();
      }
    }
  }
}
