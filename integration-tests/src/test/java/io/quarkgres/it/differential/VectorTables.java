package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Two tables `a` and `b` with a column of each vector type, and the constants that fill them.
/// Elements are multiples of a quarter, so that sums are exact in whatever order they are made.
///
/// @param dimensions those of the columns `v`, `w`, `h` and `s`, and the bits of `c`; `u` has none
/// @param hasGaps whether there are NULL and zero vectors, which an index leaves out
/// @param isExtreme whether there are elements at the ends of what a float4 holds
record VectorTables(Dice dice, int dimensions, boolean hasGaps, boolean isExtreme) {
  static final List<String> NAMES = List.of("a", "b");

  static VectorTables generate(Dice dice) {
    boolean isExtreme = dice.chance(15);
    int dimensions = isExtreme ? dice.between(1, 2) : dice.of(1, 2, 3, 3, 5, 8, 17, 40);
    return new VectorTables(dice, dimensions, dice.chance(60), isExtreme);
  }

  /// The statements that make the tables.
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    for (String name : NAMES) {
      statements.add(
          ("CREATE TABLE %s (id int PRIMARY KEY, k int, v vector(%d), w vector(%d), h halfvec(%d),"
                  + " s sparsevec(%d), c bit(%d), u vector)")
              .formatted(name, dimensions, dimensions, dimensions, dimensions, dimensions));
      int rows = dice.of(0, 5, 12, 30, 60);
      List<String> tuples = new ArrayList<>();
      for (int id = 1; id <= rows; id++) {
        tuples.add(row(Integer.toString(id)));
      }
      if (rows > 0) {
        statements.add("INSERT INTO " + name + " VALUES " + String.join(", ", tuples));
      }
    }
    return statements;
  }

  /// A row in parentheses.
  String row(String id) {
    return "("
        + String.join(
            ", ",
            id,
            Integer.toString(dice.below(5)),
            stored(vector(dimensions)),
            stored(vector(dimensions)),
            stored(half(dimensions)),
            stored(sparse(dimensions)),
            stored(bits(dimensions)),
            dice.chance(10) ? "NULL" : quoted(vector(dice.of(dimensions, dimensions, 1, 2, 3))))
        + ")";
  }

  private String stored(String text) {
    return hasGaps && dice.chance(12) ? "NULL" : quoted(text);
  }

  static String quoted(String text) {
    return "'" + text + "'";
  }

  /// The text of a `vector`.
  String vector(int n) {
    return dense(n, "3e38", "-3e38", "1e-30", "1e20");
  }

  /// The text of a `halfvec`.
  String half(int n) {
    return dense(n, "65504", "-65504", "6e-8", "300");
  }

  private String dense(int n, String... extremes) {
    List<String> elements = new ArrayList<>();
    boolean isZero = hasGaps && dice.chance(6);
    for (int i = 0; i < n; i++) {
      elements.add(
          isExtreme && dice.chance(25) ? dice.of(extremes) : isZero ? "0" : element(i == 0));
    }
    return "[" + String.join(",", elements) + "]";
  }

  private String element(boolean isNotZero) {
    int quarters = dice.chance(60) ? 4 * dice.between(-3, 3) : dice.between(-9, 9);
    int value = quarters == 0 && isNotZero ? 4 : quarters;
    return Double.toString(value / 4.0).replaceFirst("\\.0$", "");
  }

  /// The text of a `sparsevec`.
  String sparse(int n) {
    List<String> elements = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      boolean isNeeded = i == n && elements.isEmpty() && !hasGaps;
      if (isNeeded || dice.chance(40)) {
        elements.add(i + ":" + element(true));
      }
    }
    return "{" + String.join(",", elements) + "}/" + n;
  }

  /// The text of a bit string.
  String bits(int n) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(dice.below(2));
    }
    return text.toString();
  }
}
