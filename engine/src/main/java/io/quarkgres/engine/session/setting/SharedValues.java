package io.quarkgres.engine.session.setting;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Immutable values that are equal in most sessions, such as their settings, kept once for all of
 * them: thousands of idle sessions then cost little. Thread: any.
 */
public final class SharedValues {
  /** So many different values are kept; sessions with yet others have their own. */
  private static final int VALUES_MAX = 1_000;

  private final Map<Object, Object> values = new ConcurrentHashMap<>();

  /** Returns the shared value that equals the given one, which must not be changed any more. */
  @SuppressWarnings("unchecked")
  public <T> T of(T value) {
    Object known = values.get(value);
    if (known == null && values.size() < VALUES_MAX) {
      known = values.putIfAbsent(value, value);
    }
    return known == null ? value : (T) known;
  }
}
