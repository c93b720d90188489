package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.Modifiers;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeErrors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The modifier of interval: a mask of fields in the upper half and a precision in the lower half;
 * {@code 0x7fff} and {@code 0xffff} stand for none given. Its arguments are the mask as a number
 * and, if given, the precision. Thread: any.
 */
public final class IntervalFields {
  /** Bit of the months. */
  public static final int MONTH = 1 << 1;

  /** Bit of the years. */
  public static final int YEAR = 1 << 2;

  /** Bit of the days. */
  public static final int DAY = 1 << 3;

  /** Bit of the hours. */
  public static final int HOUR = 1 << 10;

  /** Bit of the minutes. */
  public static final int MINUTE = 1 << 11;

  /** Bit of the seconds. */
  public static final int SECOND = 1 << 12;

  /** The mask when no fields are given. */
  public static final int FULL_RANGE = 0x7fff;

  /** The precision when none is given. */
  public static final int FULL_PRECISION = 0xffff;

  private static final Map<Integer, String> NAMES = names();

  private IntervalFields() {}

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new LinkedHashMap<>();
    names.put(YEAR, " year");
    names.put(MONTH, " month");
    names.put(DAY, " day");
    names.put(HOUR, " hour");
    names.put(MINUTE, " minute");
    names.put(SECOND, " second");
    names.put(YEAR | MONTH, " year to month");
    names.put(DAY | HOUR, " day to hour");
    names.put(DAY | HOUR | MINUTE, " day to minute");
    names.put(DAY | HOUR | MINUTE | SECOND, " day to second");
    names.put(HOUR | MINUTE, " hour to minute");
    names.put(HOUR | MINUTE | SECOND, " hour to second");
    names.put(MINUTE | SECOND, " minute to second");
    names.put(FULL_RANGE, "");
    return names;
  }

  static int encode(String[] arguments, int position) {
    if (arguments.length < 1 || arguments.length > 2) {
      throw TypeErrors.invalidModifier("invalid INTERVAL type modifier", position);
    }
    int range = Modifiers.integer(arguments[0], position);
    if (!NAMES.containsKey(range)) {
      throw TypeErrors.invalidModifier("invalid INTERVAL type modifier", position);
    }
    if (arguments.length == 1) {
      return range == FULL_RANGE ? SqlType.NO_TYPMOD : range << 16 | FULL_PRECISION;
    }
    int precision = Modifiers.integer(arguments[1], position);
    if (precision < 0) {
      throw FractionalSeconds.negative(precision, position, "INTERVAL", "");
    }
    return range << 16 | Math.min(precision, FractionalSeconds.DIGITS_MAX);
  }

  static String show(int typmod) {
    if (typmod < 0) {
      return "";
    }
    String fields = NAMES.getOrDefault(range(typmod), "");
    int precision = precision(typmod);
    return precision == FULL_PRECISION ? fields : fields + "(" + precision + ")";
  }

  /** Returns the mask of fields of a modifier. */
  public static int range(int typmod) {
    return typmod < 0 ? FULL_RANGE : typmod >> 16 & FULL_RANGE;
  }

  /** Returns the precision of a modifier. */
  public static int precision(int typmod) {
    return typmod < 0 ? FULL_PRECISION : typmod & 0xffff;
  }
}
