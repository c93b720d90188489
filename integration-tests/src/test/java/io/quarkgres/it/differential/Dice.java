package io.quarkgres.it.differential;

import java.util.List;
import java.util.Random;

/// Seeded choices. Thread: one at a time.
final class Dice {
  private final Random random;
  private int names;

  Dice(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /// A number from 0 to `bound - 1`.
  int below(int bound) {
    return random.nextInt(bound);
  }

  /// A number from `low` to `high`, both included.
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /// True in about `percent` of 100 cases.
  boolean chance(int percent) {
    return below(100) < percent;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /// A name that was not used before.
  String name(String prefix) {
    return prefix + names++;
  }
}
