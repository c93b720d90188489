package io.quarkgres.engine.function.time;

import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * Arithmetic on intervals: microseconds, and days and months packed into one number as {@link
 * io.quarkgres.engine.type.time.IntervalType} keeps them. Thread: any.
 *
 * @param micros the time part
 * @param days the day part
 * @param months the month part
 */
public record Intervals(long micros, int days, int months) {
  private static final double DAY_SECONDS = 86_400;
  private static final double SECOND_MICROS = 1e6;
  private static final int MONTH_DAYS = 30;

  /** Unpacks the two halves of a wide value. */
  public static Intervals of(long high, long low) {
    return new Intervals(high, (int) (low >> 32), (int) low);
  }

  /** Returns days and months as a wide value's lower half. */
  public long low() {
    return (long) days << 32 | months & 0xffffffffL;
  }

  /** 22008. */
  public static SqlException outOfRange() {
    return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range");
  }

  /** Returns the sum. */
  public Intervals plus(Intervals other) {
    long sum = micros + other.micros;
    if (((micros ^ sum) & (other.micros ^ sum)) < 0) {
      throw outOfRange();
    }
    return new Intervals(sum, toInt((long) days + other.days), toInt((long) months + other.months));
  }

  /** Returns the difference. */
  public Intervals minus(Intervals other) {
    long difference = micros - other.micros;
    if (((micros ^ other.micros) & (micros ^ difference)) < 0) {
      throw outOfRange();
    }
    return new Intervals(
        difference, toInt((long) days - other.days), toInt((long) months - other.months));
  }

  /** Returns the negative. */
  public Intervals negated() {
    return new Intervals(0, 0, 0).minus(this);
  }

  /** Turns whole days within the time into days, of the sign of the days. */
  public Intervals justifiedHours() {
    long whole = micros / CivilDays.DAY_MICROS;
    long rest = micros - whole * CivilDays.DAY_MICROS;
    long newDays = days + whole;
    if (newDays > 0 && rest < 0) {
      rest += CivilDays.DAY_MICROS;
      newDays--;
    } else if (newDays < 0 && rest > 0) {
      rest -= CivilDays.DAY_MICROS;
      newDays++;
    }
    return new Intervals(rest, toInt(newDays), months);
  }

  /** Turns each 30 days into a month, of the sign of the months. */
  public Intervals justifiedDays() {
    int whole = days / MONTH_DAYS;
    int rest = days - whole * MONTH_DAYS;
    long newMonths = (long) months + whole;
    if (newMonths > 0 && rest < 0) {
      rest += MONTH_DAYS;
      newMonths--;
    } else if (newMonths < 0 && rest > 0) {
      rest -= MONTH_DAYS;
      newMonths++;
    }
    return new Intervals(micros, rest, toInt(newMonths));
  }

  /** Justifies hours and days and gives all parts one sign. */
  public Intervals justified() {
    long wholeDays = micros / CivilDays.DAY_MICROS;
    long time = micros - wholeDays * CivilDays.DAY_MICROS;
    long newDays = days;
    long newMonths = months;
    // months first, so that the sum of days cannot overflow
    if (newDays > 0 && wholeDays > 0 || newDays < 0 && wholeDays < 0) {
      newMonths += newDays / MONTH_DAYS;
      newDays %= MONTH_DAYS;
    }
    newDays += wholeDays;
    newMonths += newDays / MONTH_DAYS;
    newDays %= MONTH_DAYS;
    if (newMonths > 0 && (newDays < 0 || newDays == 0 && time < 0)) {
      newDays += MONTH_DAYS;
      newMonths--;
    } else if (newMonths < 0 && (newDays > 0 || newDays == 0 && time > 0)) {
      newDays -= MONTH_DAYS;
      newMonths++;
    }
    if (newDays > 0 && time < 0) {
      time += CivilDays.DAY_MICROS;
      newDays--;
    } else if (newDays < 0 && time > 0) {
      time -= CivilDays.DAY_MICROS;
      newDays++;
    }
    return new Intervals(time, toInt(newDays), toInt(newMonths));
  }

  private static int toInt(long value) {
    if (value != (int) value) {
      throw outOfRange();
    }
    return (int) value;
  }

  /** Returns the product; fractions of months go to days, those of days to time. */
  public Intervals times(double factor) {
    return scaled(months * factor, days * factor, micros * factor);
  }

  /** Returns the quotient; fractions of months go to days, those of days to time. */
  public Intervals dividedBy(double divisor) {
    if (divisor == 0) {
      throw new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
    }
    return scaled(months / divisor, days / divisor, micros / divisor);
  }

  private static Intervals scaled(double exactMonths, double exactDays, double exactMicros) {
    int months = truncated(exactMonths);
    int days = truncated(exactDays);
    double restDays = toMicroPrecision((exactMonths - months) * MONTH_DAYS);
    double restSeconds =
        toMicroPrecision((exactDays - days + restDays - (int) restDays) * DAY_SECONDS);
    if (Math.abs(restSeconds) >= DAY_SECONDS) {
      int whole = (int) (restSeconds / DAY_SECONDS);
      days = toInt((long) days + whole);
      restSeconds -= whole * DAY_SECONDS;
    }
    days = toInt((long) days + (int) restDays);
    double rounded = Math.rint(exactMicros + restSeconds * SECOND_MICROS);
    if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
      throw outOfRange();
    }
    return new Intervals((long) rounded, days, months);
  }

  private static int truncated(double value) {
    if (!(value > Integer.MIN_VALUE - 1.0 && value < Integer.MAX_VALUE + 1.0)) {
      throw outOfRange();
    }
    return (int) value;
  }

  private static double toMicroPrecision(double value) {
    return Math.rint(value * SECOND_MICROS) / SECOND_MICROS;
  }
}
