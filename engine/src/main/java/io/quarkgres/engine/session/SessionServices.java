package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.exec.RowRules;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashMap;
import java.util.Map;

/**
 * The services that functions find through their evaluation context. Used by the session's thread.
 */
final class SessionServices {
  private final ClientSession session;
  private final CatalogFunctionsSession catalog;
  private final SequenceMemory sequences = new SequenceMemory();
  private final TableRules rules;

  SessionServices(ClientSession session) {
    this.session = session;
    this.catalog = new CatalogFunctionsSession(session, sequences);
    this.rules = new TableRules(session);
  }

  /** Returns the names of objects for the reg types. */
  TypeContext.ObjectNames objectNames() {
    return catalog;
  }

  <T> T get(Class<T> kind) {
    if (kind == CatalogServices.class) {
      return kind.cast(catalog);
    }
    if (kind == RowRules.class) {
      return kind.cast(rules);
    }
    if (kind == DeferredChecks.class) {
      return kind.cast(session.transaction().deferred());
    }
    if (kind == SequenceMemory.class) {
      return kind.cast(sequences);
    }
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, kind.getSimpleName() + " is not available here");
  }

  /** What {@code currval} and {@code lastval} remember. */
  static final class SequenceMemory {
    private Map<Integer, Long> values = Map.of();
    private int last;

    void remember(int sequence, long value) {
      if (values.isEmpty()) {
        values = new HashMap<>();
      }
      values.put(sequence, value);
      last = sequence;
    }

    void forget() {
      values = Map.of();
      last = 0;
    }

    Long value(int sequence) {
      return values.get(sequence);
    }

    int last() {
      return last;
    }
  }
}
