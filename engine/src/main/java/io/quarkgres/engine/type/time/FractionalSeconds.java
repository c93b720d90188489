package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Modifiers;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.error.SqlException;

/** The precision modifier of times and timestamps: digits behind the point, 0 to 6. Thread: any. */
final class FractionalSeconds {
  static final int DIGITS_MAX = 6;

  private FractionalSeconds() {}

  /** Encodes {@code (p)}; more than 6 digits are cut to 6, as PostgreSQL does with a warning. */
  static int encode(String[] arguments, int position, String typeName, String suffix) {
    if (arguments.length != 1) {
      throw TypeErrors.invalidModifier("invalid type modifier", position);
    }
    int digits = Modifiers.integer(arguments[0], position);
    if (digits < 0) {
      throw negative(digits, position, typeName, suffix);
    }
    return Math.min(digits, DIGITS_MAX);
  }

  static SqlException negative(int digits, int position, String typeName, String suffix) {
    return TypeErrors.invalidModifier(
        typeName + "(" + digits + ")" + suffix + " precision must not be negative", position);
  }

  /** Returns the modifier as it stands behind the type's name. */
  static String show(int typmod, String suffix) {
    return typmod < 0 ? "" : "(" + typmod + ")" + suffix;
  }

  static boolean applies(int typmod) {
    return typmod >= 0 && typmod < DIGITS_MAX;
  }

  /** Rounds half away from zero to a number of digits. */
  static long round(long micros, int digits) {
    long unit = Digits.power(DIGITS_MAX - digits);
    long half = unit / 2;
    return micros >= 0 ? (micros + half) / unit * unit : -((-micros + half) / unit * unit);
  }
}
