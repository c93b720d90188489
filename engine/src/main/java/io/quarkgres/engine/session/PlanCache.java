package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.BoundStatement;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.plan.PlannedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Planned statements for the whole server, least recently used ones dropped. The key holds all that
 * a plan depends on; catalog versions have numbers of their own, private ones included, so a plan
 * of an uncommitted version is found only by its own transaction. Thread: any.
 */
final class PlanCache {
  /** The most plans that are kept. */
  private static final int PLANS_MAX = 2_000;

  /** Statements with a text longer than this are not kept: they carry their data in it. */
  private static final int TEXT_MAX = 8_192;

  /** How many times a table may grow before plans over it are made anew. */
  private static final int GROWTH_MAX = 8;

  /** Tables below this size may grow without new plans. */
  private static final long SMALL_ROWS = 1_000;

  /**
   * What a plan depends on.
   *
   * @param sql the statement's text
   * @param parameterTypes declared parameter types
   * @param environment the values of the settings that binding and planning depend on
   */
  record Key(
      String sql,
      List<Integer> parameterTypes,
      long catalogVersion,
      List<String> searchPath,
      String user,
      Object environment) {}

  /** A plan and the table sizes it was made for. */
  private record Cached(PlannedStatement plan, long[] sizes) {}

  private final Map<Key, Cached> entries =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Cached> eldest) {
          return size() > PLANS_MAX;
        }
      };

  /** Makes a plan. */
  interface Maker {
    /** Binds and plans. */
    PlannedStatement make(Statement statement);
  }

  /** Returns the plan of a key, made if need be. */
  PlannedStatement get(Key key, Statement statement, Catalog catalog, Maker maker) {
    if (key.sql().length() > TEXT_MAX) {
      return maker.make(statement);
    }
    synchronized (entries) {
      Cached entry = entries.get(key);
      if (entry != null && isFresh(entry, catalog)) {
        return entry.plan();
      }
    }
    PlannedStatement plan = maker.make(statement);
    if (plan != null) {
      synchronized (entries) {
        entries.put(key, new Cached(plan, sizes(plan, catalog)));
      }
    }
    return plan;
  }

  private static long[] sizes(PlannedStatement plan, Catalog catalog) {
    List<BoundStatement.TableUse> tables = plan.bound().tables();
    long[] result = new long[tables.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          catalog.relationByOid(tables.get(i).oid()) instanceof TableEntry table
                  && table.store() != null
              ? table.store().rowCountEstimate()
              : 0;
    }
    return result;
  }

  private static boolean isFresh(Cached entry, Catalog catalog) {
    long[] now = sizes(entry.plan(), catalog);
    for (int i = 0; i < now.length; i++) {
      long then = Math.max(entry.sizes()[i], SMALL_ROWS);
      if (now[i] > then * GROWTH_MAX || now[i] * GROWTH_MAX < entry.sizes()[i]) {
        return false;
      }
    }
    return true;
  }
}
