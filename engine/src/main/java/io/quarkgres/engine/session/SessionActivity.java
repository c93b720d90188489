package io.quarkgres.engine.session;

/**
 * What a session is doing and did last, for {@code pg_stat_activity}. The session's thread writes,
 * any thread reads; the times are those of the engine's clock.
 */
final class SessionActivity {
  /** What is kept of a statement's text: PostgreSQL's {@code track_activity_query_size}. */
  private static final int QUERY_LENGTH_MAX = 1023;

  private final Clock clock;
  private volatile String query = "";
  private volatile long queryMicros;
  private volatile long changedMicros;
  private volatile boolean isRunning;

  SessionActivity(Clock clock) {
    this.clock = clock;
    this.changedMicros = clock.micros();
  }

  /** The work of a message begins. */
  void begin(String text, long micros) {
    query = text.length() > QUERY_LENGTH_MAX ? text.substring(0, QUERY_LENGTH_MAX) : text;
    queryMicros = micros;
    changedMicros = micros;
    isRunning = true;
  }

  /** The work of a message has ended. */
  void end() {
    changedMicros = clock.micros();
    isRunning = false;
  }

  boolean isRunning() {
    return isRunning;
  }

  /** Returns the text of the running or last statement, the empty one before the first. */
  String query() {
    return query;
  }

  /** Returns when that statement began, {@code null} before the first. */
  Long queryMicros() {
    return query.isEmpty() ? null : (Long) queryMicros;
  }

  /** Returns since when the session has been running or idle. */
  long changedMicros() {
    return changedMicros;
  }
}
