package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogImage;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** nextval, currval, lastval and setval. Used by the session's thread. */
final class SequenceFunctions {
  private final ClientSession session;
  private final SessionServices.SequenceMemory memory;

  SequenceFunctions(ClientSession session, SessionServices.SequenceMemory memory) {
    this.session = session;
    this.memory = memory;
  }

  private SequenceEntry sequence(int oid) {
    RelationEntry relation = session.environment().catalog().relationByOid(oid);
    if (relation instanceof SequenceEntry sequence) {
      return sequence;
    }
    throw relation == null
        ? new SqlException(SqlState.UNDEFINED_TABLE, "could not open relation with OID " + oid)
        : new SqlException(
            SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not a sequence");
  }

  private void requireAny(SequenceEntry sequence, Privilege one, Privilege other) {
    Rights rights = session.role().rights();
    if (!rights.onRelation(sequence, one, false) && !rights.onRelation(sequence, other, false)) {
      throw Rights.denied(sequence);
    }
  }

  /** Advances a sequence; returns its next value (nextval). */
  long nextValue(int oid) {
    SequenceEntry sequence = sequence(oid);
    requireAny(sequence, Privilege.USAGE, Privilege.UPDATE);
    refuseReadOnly(sequence, "nextval()");
    while (true) {
      SequenceEntry.State now = sequence.state().get();
      long next = now.isCalled() ? following(sequence, now.lastValue()) : now.lastValue();
      if (moved(sequence, now, new SequenceEntry.State(next, true))) {
        memory.remember(oid, next);
        return next;
      }
    }
  }

  /** Sets a sequence's state unless it has moved; it is kept in the order in which it moves. */
  private boolean moved(SequenceEntry sequence, SequenceEntry.State from, SequenceEntry.State to) {
    synchronized (sequence.state()) {
      boolean isMoved = sequence.state().compareAndSet(from, to);
      // A state that the transaction itself made is kept by its commit.
      boolean isPublic =
          session.database().catalog().relationByOid(sequence.oid()) instanceof SequenceEntry s
              && s.state() == sequence.state();
      if (isMoved && isPublic && session.engine().storage().isDurable()) {
        CatalogImage.sequenceMoved(
            session.environment().catalog(), sequence, session.transaction().store());
      }
      return isMoved;
    }
  }

  private void refuseReadOnly(SequenceEntry sequence, String what) {
    if (!sequence.schema().startsWith("pg_temp_")) {
      ReadOnlyRule.refuse(session, what);
    }
  }

  private static long following(SequenceEntry s, long value) {
    boolean isUp = s.increment() > 0;
    boolean isAtEnd =
        isUp
            ? value > s.maximum() - s.increment() || value > Long.MAX_VALUE - s.increment()
            : value < s.minimum() - s.increment() || value < Long.MIN_VALUE - s.increment();
    if (!isAtEnd) {
      return value + s.increment();
    }
    if (!s.isCycling()) {
      throw new SqlException(
          SqlState.SEQUENCE_GENERATOR_LIMIT_EXCEEDED,
          "nextval: reached "
              + (isUp ? "maximum" : "minimum")
              + " value of sequence \""
              + s.name()
              + "\" ("
              + (isUp ? s.maximum() : s.minimum())
              + ")");
    }
    return isUp ? s.minimum() : s.maximum();
  }

  /** Returns what this session got last from a sequence (currval). */
  long currentValue(int oid) {
    SequenceEntry sequence = sequence(oid);
    requireAny(sequence, Privilege.USAGE, Privilege.SELECT);
    Long value = memory.value(oid);
    if (value == null) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "currval of sequence \"" + sequence.name() + "\" is not yet defined in this session");
    }
    return value;
  }

  /** Returns what this session got last from any sequence (lastval). */
  long lastValue() {
    if (memory.last() == 0) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "lastval is not yet defined in this session");
    }
    return currentValue(memory.last());
  }

  /** Sets a sequence (setval). */
  void setValue(int oid, long value, boolean isCalled) {
    SequenceEntry sequence = sequence(oid);
    requireAny(sequence, Privilege.UPDATE, Privilege.UPDATE);
    refuseReadOnly(sequence, "setval()");
    if (value < sequence.minimum() || value > sequence.maximum()) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "setval: value "
              + value
              + " is out of bounds for sequence \""
              + sequence.name()
              + "\" ("
              + sequence.minimum()
              + ".."
              + sequence.maximum()
              + ")");
    }
    SequenceEntry.State state = new SequenceEntry.State(value, isCalled);
    while (!moved(sequence, sequence.state().get(), state)) {
      Thread.onSpinWait();
    }
    if (isCalled) {
      memory.remember(oid, value);
    }
  }
}
