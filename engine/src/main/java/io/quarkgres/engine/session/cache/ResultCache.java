package io.quarkgres.engine.session.cache;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Encoded rows of statements that were run before, for the whole server. A result is found by its
 * plan (whose own key holds text, catalog version, search path and user), the session's settings,
 * the parameters and the result formats, and it holds for as long as no table that it was read from
 * has changed: {@link io.quarkgres.spi.store.TableStore#dataVersion} tells. Rows are kept when a
 * statement comes for the second time, and the least recently used ones go first. Thread: any.
 */
public final class ResultCache {
  private static final long BYTES_MAX = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

  /** The longest result that is kept, in bytes: one may not drive out all others. */
  public static final int RESULT_BYTES_MAX = (int) (BYTES_MAX / 8);

  /** What a result takes beside its rows, about. */
  private static final int OVERHEAD_BYTES = 256;

  /** How many of the statements that came once are remembered, by a part of their hash. */
  private static final int SEEN = 1 << 14;

  /**
   * What a result depends on beside its tables.
   *
   * @param plan compared by identity: there is one for each statement as long as it is cached
   * @param settings all that the session has set
   * @param parameters the encoded values
   */
  public static final class Key {
    private final PlanCache.Kept plan;
    private final Object settings;
    private final byte[] parameters;
    private final short[] formats;
    private final int hash;

    public Key(PlanCache.Kept plan, Object settings, byte[] parameters, short[] formats) {
      this.plan = plan;
      this.settings = settings;
      this.parameters = parameters;
      this.formats = formats;
      int h = System.identityHashCode(plan);
      h = 31 * h + settings.hashCode();
      h = 31 * h + Arrays.hashCode(parameters);
      this.hash = 31 * h + Arrays.hashCode(formats);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key k
          && k.plan == plan
          && Arrays.equals(k.parameters, parameters)
          && Arrays.equals(k.formats, formats)
          && k.settings.equals(settings);
    }
  }

  /**
   * Rows as they were sent.
   *
   * @param rows DataRow messages
   * @param count how many
   * @param versions of the plan's tables before the rows were read
   */
  public record Result(byte[] rows, long count, long[] versions) {}

  private final Map<Key, Result> results = new LinkedHashMap<>(256, 0.75f, true);
  private final int[] seen = new int[SEEN];
  private long bytes;

  /** Returns a result if the tables still have the versions given, or {@code null}. */
  public synchronized Result find(Key key, long[] versions) {
    Result result = results.get(key);
    return result == null || !Arrays.equals(result.versions(), versions) ? null : result;
  }

  /** Tells whether there is a result of at most so many bytes; it may be out of date. */
  public synchronized boolean has(Key key, int bytesMax) {
    Result result = results.get(key);
    return result != null && result.rows().length <= bytesMax;
  }

  /** Notes that a statement came; returns whether it has come before, so that it is to be kept. */
  public synchronized boolean isWanted(Key key) {
    int mixed = key.hashCode() * 0x9e3779b9;
    int slot = mixed >>> Integer.SIZE - Integer.numberOfTrailingZeros(SEEN);
    boolean was = seen[slot] == mixed || results.containsKey(key);
    seen[slot] = mixed;
    return was;
  }

  /** Keeps a result. */
  public synchronized void keep(Key key, Result result) {
    Result before = results.put(key, result);
    bytes += size(key, result) - (before == null ? 0 : size(key, before));
    var oldest = results.entrySet().iterator();
    while (bytes > BYTES_MAX && oldest.hasNext()) {
      Map.Entry<Key, Result> entry = oldest.next();
      bytes -= size(entry.getKey(), entry.getValue());
      oldest.remove();
    }
  }

  /** Forgets the results of other catalog versions: their plans hold on to tables that are gone. */
  public synchronized void retain(Set<Long> catalogVersions) {
    var entries = results.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, Result> entry = entries.next();
      long version = entry.getKey().plan.plan().bound().catalogVersion();
      if (!catalogVersions.contains(version)) {
        bytes -= size(entry.getKey(), entry.getValue());
        entries.remove();
      }
    }
  }

  private static long size(Key key, Result result) {
    return result.rows().length + key.parameters.length + (long) OVERHEAD_BYTES;
  }
}
