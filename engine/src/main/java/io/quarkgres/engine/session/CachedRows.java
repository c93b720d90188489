package io.quarkgres.engine.session;

import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.ResultCache;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.IsolationLevel;
import java.util.List;

/**
 * What the result cache has, or is to keep, for one portal. Only a transaction that reads the
 * newest committed rows and has written none uses it. Used by the session's thread.
 */
final class CachedRows {
  /** The most bytes that an event loop sends at once. */
  private static final int SHORT_BYTES_MAX = 256 << 10;

  private final ClientSession session;
  private final PreparedStatement statement;
  private final PlanCache.Kept plan;
  private final ResultCache.Key key;
  private long[] versions;

  /** Returns the cached rows of a statement with its parameters, {@code null} when it has none. */
  static CachedRows of(
      ClientSession session, PreparedStatement statement, Column[] parameters, short[] formats) {
    PlanCache.Kept plan = statement.held().kept();
    return plan.isRepeatable() && !plan.isPoint() && session.environment().cachesResults()
        ? new CachedRows(session, statement, plan, parameters, formats)
        : null;
  }

  private CachedRows(
      ClientSession session,
      PreparedStatement statement,
      PlanCache.Kept plan,
      Column[] parameters,
      short[] formats) {
    this.session = session;
    this.statement = statement;
    this.plan = plan;
    this.key =
        new ResultCache.Key(
            plan,
            session.environment().settingsKey(),
            encoded(statement.parameters(), parameters),
            formats);
  }

  private static byte[] encoded(List<SqlType> types, Column[] parameters) {
    ByteSink out = new ByteSink(16 * parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      int at = out.size();
      out.putInt(-1);
      if (!parameters[i].isNull(0)) {
        types.get(i).send(parameters[i], 0, out, TypeContext.DEFAULT);
        out.setInt(at, out.size() - at - Integer.BYTES);
      }
    }
    return out.toByteArray();
  }

  /** Tells whether there is a short result, that may be out of date. */
  boolean isShort() {
    return results().has(key, SHORT_BYTES_MAX);
  }

  private ResultCache results() {
    return session.engine().results();
  }

  /** Returns the rows if they are still right, or {@code null}. */
  ResultCache.Result find() {
    versions = null;
    SessionTransaction transaction = session.transaction();
    if (transaction.store().isolation() != IsolationLevel.READ_COMMITTED
        || transaction.store().hasWritten()) {
      return null;
    }
    session.queries().locked(() -> session.queries().plan(statement));
    if (statement.held().kept() != plan) {
      return null;
    }
    // Read before a snapshot is taken: what the rows show may be newer, never older.
    versions = plan.dataVersions();
    ResultCache.Result found = results().find(key, versions);
    if (found != null) {
      transaction.hasQueried();
    }
    return found;
  }

  /** Tells whether the rows that are about to be read are to be kept. */
  boolean areWanted() {
    return versions != null && results().isWanted(key);
  }

  /** Keeps rows that were read after {@link #find}. */
  void keep(byte[] rows, long count) {
    results().keep(key, new ResultCache.Result(rows, count, versions));
  }
}
