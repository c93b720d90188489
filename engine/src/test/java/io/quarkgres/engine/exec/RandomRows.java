package io.quarkgres.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random rows with few distinct values and many NULLs; values are texts. */
public final class RandomRows {
  private final Random random;

  public RandomRows(long seed) {
    this.random = new Random(seed);
  }

  public Random random() {
    return random;
  }

  /** Rows of int4, text, float8 and int8 columns, one letter a column: i, t, f, l. */
  public List<List<String>> of(int count, String kinds, int distinct) {
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      List<String> row = new ArrayList<>();
      for (char kind : kinds.toCharArray()) {
        row.add(value(kind, distinct));
      }
      rows.add(row);
    }
    return rows;
  }

  String value(char kind, int distinct) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    int n = random.nextInt(distinct) - distinct / 3;
    return switch (kind) {
      case 'i', 'l' -> Integer.toString(n);
      case 'f' -> n == 3 ? "NaN" : Double.toString(n / 2.0).replaceAll("\\.0$", "");
      case 't' -> "text".repeat(Math.abs(n) % 4) + (char) ('a' + Math.floorMod(n, 26));
      default -> throw new IllegalArgumentException();
    };
  }
}
