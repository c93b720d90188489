package io.quarkgres.engine.type.textsearch;

/**
 * Where a lexeme stands in its document, and with which weight: 16 bits, of which the upper two are
 * the weight (D is 0, A is 3) and the others the place, counted from 1. Thread: any.
 */
public final class TsPosition {
  /** The last place that is told apart; what stands behind it counts as being there. */
  public static final int PLACE_MAX = 0x3fff;

  /** How many positions of one lexeme are kept. */
  public static final int COUNT_MAX = 255;

  private static final int WEIGHT_SHIFT = 14;

  private TsPosition() {}

  /** Returns the position of a place, which may be too great, with a weight. */
  public static int of(long place, int weight) {
    return (int) Math.min(place, PLACE_MAX) | weight << WEIGHT_SHIFT;
  }

  /** Returns the place. */
  public static int place(int position) {
    return position & PLACE_MAX;
  }

  /** Returns the weight, 0 to 3. */
  public static int weight(int position) {
    return position >>> WEIGHT_SHIFT & 3;
  }

  /** Returns the weight that a letter stands for, -1 for none. */
  public static int weightOf(int letter) {
    return switch (letter) {
      case 'a', 'A' -> 3;
      case 'b', 'B' -> 2;
      case 'c', 'C' -> 1;
      case 'd', 'D' -> 0;
      default -> -1;
    };
  }

  /** Returns the letter of a weight. */
  public static char letter(int weight) {
    return "DCBA".charAt(weight);
  }
}
