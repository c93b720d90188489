package io.quarkgres.engine.function.template;

import java.util.Locale;

/** English endings of ordinal numbers. Thread: any. */
final class Ordinals {
  private Ordinals() {}

  /** Returns the ending of a number that is written in digits. */
  static String ending(String number, boolean isUpper) {
    int length = number.length();
    char last = number.charAt(length - 1);
    boolean isTeen = length > 1 && number.charAt(length - 2) == '1';
    String ending =
        isTeen
            ? "th"
            : switch (last) {
              case '1' -> "st";
              case '2' -> "nd";
              case '3' -> "rd";
              default -> "th";
            };
    return isUpper ? ending.toUpperCase(Locale.ROOT) : ending;
  }
}
