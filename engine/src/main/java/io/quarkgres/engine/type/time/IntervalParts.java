package io.quarkgres.engine.type.time;

import io.quarkgres.spi.error.SqlException;

/**
 * Adds up the parts of an interval while it is read; a sum that does not fit raises 22015. One use;
 * one thread.
 */
final class IntervalParts {
  private static final int YEAR_MONTHS = 12;
  private static final int MONTH_DAYS = 30;

  private final String text;
  long micros;
  int days;
  int months;
  int years;

  IntervalParts(String text) {
    this.text = text;
  }

  SqlException overflow() {
    return DateTimeErrors.intervalOverflow(text);
  }

  private int addInt(int sum, long more) {
    long result = sum + more;
    if (more != (int) more || result != (int) result) {
      throw overflow();
    }
    return (int) result;
  }

  private static long times(long value, long scale, IntervalParts parts) {
    long product = value * scale;
    if (Math.multiplyHigh(value, scale) != product >> 63) {
      throw parts.overflow();
    }
    return product;
  }

  private void addMicros(long more) {
    long sum = micros + more;
    if (((micros ^ sum) & (more ^ sum)) < 0) {
      throw overflow();
    }
    micros = sum;
  }

  /** Adds {@code (value + fraction) * scale} microseconds. */
  void addMicros(long value, double fraction, long scale) {
    addMicros(times(value, scale, this));
    addFractionMicros(fraction, scale);
  }

  void addFractionMicros(double fraction, long scale) {
    if (fraction == 0) {
      return;
    }
    double scaled = fraction * scale;
    long whole = (long) scaled;
    addMicros(whole);
    double rest = scaled - whole;
    if (rest > 0.5) {
      addMicros(1);
    } else if (rest < -0.5) {
      addMicros(-1);
    }
  }

  void addDays(long value, int scale) {
    if (value != (int) value) {
      throw overflow();
    }
    days = addInt(days, value * scale);
  }

  /** Adds a fraction of {@code scale} days; what is no whole day becomes time. */
  void addFractionDays(double fraction, int scale) {
    if (fraction == 0) {
      return;
    }
    double scaled = fraction * scale;
    int whole = (int) scaled;
    days = addInt(days, whole);
    addFractionMicros(scaled - whole, CivilDays.DAY_MICROS);
  }

  void addMonths(long value) {
    months = addInt(months, value);
  }

  void addFractionMonths(double fraction) {
    addFractionDays(fraction, MONTH_DAYS);
  }

  void addYears(long value, int scale) {
    if (value != (int) value) {
      throw overflow();
    }
    years = addInt(years, value * scale);
  }

  /** Adds a fraction of {@code scale} years, rounded to months. */
  void addFractionYears(double fraction, int scale) {
    months = addInt(months, (long) Math.rint(fraction * scale * YEAR_MONTHS));
  }

  void negate() {
    boolean fits =
        micros != Long.MIN_VALUE
            && days != Integer.MIN_VALUE
            && months != Integer.MIN_VALUE
            && years != Integer.MIN_VALUE;
    if (!fits) {
      throw overflow();
    }
    micros = -micros;
    days = -days;
    months = -months;
    years = -years;
  }

  /** Returns years and months together; raises 22008 when they do not fit. */
  int totalMonths() {
    long total = years * (long) YEAR_MONTHS + months;
    if (total != (int) total) {
      throw DateTimeErrors.outOfRange("interval");
    }
    return (int) total;
  }
}
