package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.plan.PointStatements;
import io.quarkgres.engine.plan.RepeatableStatements;
import io.quarkgres.spi.store.TableStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Planned statements for the whole server, least recently used ones dropped. The key holds all that
 * a plan depends on; catalog versions have numbers of their own, private ones included, so a plan
 * of an uncommitted version is found only by its own transaction. Thread: any.
 */
public final class PlanCache {
  /** The most plans that are kept. */
  private static final int PLANS_MAX = 2_000;

  /** Statements with a text longer than this are not kept: they carry their data in it. */
  private static final int TEXT_MAX = 8_192;

  /** The longest name that is not cut. */
  private static final int NAME_BYTES_MAX = 63;

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
  public record Key(
      String sql,
      List<Integer> parameterTypes,
      long catalogVersion,
      List<String> searchPath,
      String user,
      Object environment) {}

  /**
   * A plan.
   *
   * @param parsed the syntax it was made from
   * @param stores of its tables
   * @param sizes the rows in them when it was made
   * @param isPoint whether it is sure to be short
   * @param isRepeatable whether it yields the same rows while its tables stay the same
   * @param isQuiet whether parsing its text gives no notice
   */
  public record Kept(
      PlannedStatement plan,
      ParsedStatement parsed,
      TableStore[] stores,
      long[] sizes,
      boolean isPoint,
      boolean isRepeatable,
      boolean isQuiet) {
    public static Kept of(PlannedStatement plan, ParsedStatement parsed, Catalog catalog) {
      List<TableStore> stores = new ArrayList<>();
      for (BoundStatement.TableUse use : plan.bound().tables()) {
        if (catalog.relationByOid(use.oid()) instanceof TableEntry table && table.store() != null) {
          stores.add(table.store());
        }
      }
      return new Kept(
          plan,
          parsed,
          stores.toArray(new TableStore[0]),
          stores.stream().mapToLong(TableStore::rowCountEstimate).toArray(),
          PointStatements.isPoint(plan, catalog),
          RepeatableStatements.isRepeatable(plan.bound()),
          isQuiet(parsed.sql()));
    }

    /** Tells whether a text has no escapes, and no name that may be too long. */
    private static boolean isQuiet(String sql) {
      int word = 0;
      boolean isQuoted = false;
      for (int i = 0; i < sql.length(); i++) {
        char c = sql.charAt(i);
        isQuoted ^= c == '"';
        boolean isPart = isQuoted || Character.isLetterOrDigit(c) || c == '_' || c == '$';
        word = isPart ? word + (c < 0x80 ? 1 : 3) : 0;
        if (c == '\\' || word > NAME_BYTES_MAX) {
          return false;
        }
      }
      return true;
    }

    /** Returns the data versions of the tables. */
    public long[] dataVersions() {
      long[] versions = new long[stores.length];
      for (int i = 0; i < versions.length; i++) {
        versions[i] = stores[i].dataVersion();
      }
      return versions;
    }

    /**
     * Tells whether no table has grown or shrunk so much that another plan may be better; asked
     * only under the catalog version that the plan was made with.
     */
    public boolean isFresh() {
      for (int i = 0; i < sizes.length; i++) {
        long now = stores[i].rowCountEstimate();
        if (now > Math.max(sizes[i], SMALL_ROWS) * GROWTH_MAX || now * GROWTH_MAX < sizes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<Key, Kept> entries =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
          return size() > PLANS_MAX;
        }
      };

  /**
   * Returns the plan of a key if it is there and its text need not be parsed again for the notices
   * that parsing gives, or {@code null}.
   */
  public Kept findQuiet(Key key) {
    Kept found = key.sql().length() <= TEXT_MAX ? find(key) : null;
    return found != null && found.isQuiet() ? found : null;
  }

  /** Returns the plan of a key if it is there, or {@code null}. */
  Kept find(Key key) {
    synchronized (entries) {
      Kept entry = entries.get(key);
      return entry != null && entry.isFresh() ? entry : null;
    }
  }

  /** Forgets the plans of other catalog versions: they hold on to tables that are gone. */
  public void retain(Set<Long> catalogVersions) {
    synchronized (entries) {
      entries.keySet().removeIf(key -> !catalogVersions.contains(key.catalogVersion()));
    }
  }

  /** Makes a plan. */
  public interface Maker {
    /** Binds and plans. */
    PlannedStatement make(Statement statement);
  }

  /** Returns the plan of a key, made if need be. */
  public Kept get(Key key, ParsedStatement parsed, Catalog catalog, Maker maker) {
    boolean isKept = key.sql().length() <= TEXT_MAX;
    Kept found = isKept ? find(key) : null;
    if (found != null) {
      return found;
    }
    Kept made = Kept.of(maker.make(parsed.statement()), parsed, catalog);
    if (isKept) {
      synchronized (entries) {
        entries.put(key, made);
      }
    }
    return made;
  }
}
