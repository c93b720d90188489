package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.literal.LiteralRows;
import io.quarkgres.engine.session.cache.PlanCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plans of INSERTs of many rows of literals for the whole server, least recently used ones
 * dropped. Found by what stands before and behind the rows, and all that a plan depends on. Thread:
 * any.
 */
final class BulkInserts {
  /** Shorter texts are parsed: they may have templates, which run on event loops. */
  private static final int TEXT_MIN = 1_024;

  /** The most plans that are kept. */
  private static final int PLANS_MAX = 200;

  private final Map<PlanCache.Key, Optional<BulkInsert>> entries =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PlanCache.Key, Optional<BulkInsert>> eldest) {
          return size() > PLANS_MAX;
        }
      };

  /** Tells whether a text is long enough, and an INSERT. */
  static boolean mayBeOne(String sql) {
    return sql.length() >= TEXT_MIN && LiteralRows.mayBeOne(sql);
  }

  /** Forgets the plans of other catalog versions: they hold on to tables that are gone. */
  void retain(Set<Long> catalogVersions) {
    synchronized (entries) {
      entries.keySet().removeIf(key -> !catalogVersions.contains(key.catalogVersion()));
    }
  }

  /** Returns the plan for a text, {@code null} where the ordinary way is to be taken. */
  BulkInsert get(LiteralRows rows, ClientSession session) {
    String shape = rows.head() + rows.width() + rows.tail();
    PlanCache.Key key = session.queries().key(shape, List.of());
    Optional<BulkInsert> found;
    synchronized (entries) {
      found = entries.get(key);
    }
    if (found == null) {
      found = Optional.ofNullable(BulkInsert.of(rows, session));
      synchronized (entries) {
        entries.put(key, found);
      }
    }
    return found.orElse(null);
  }
}
