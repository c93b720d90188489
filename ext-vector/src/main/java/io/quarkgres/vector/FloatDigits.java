package io.quarkgres.vector;

import io.quarkgres.engine.type.number.FloatText;
import io.quarkgres.spi.data.ByteSink;

/**
 * Prints floats with the fewest digits that read back as the same float, as float4 prints them
 * whatever {@code extra_float_digits} is. Thread: any.
 */
final class FloatDigits {
  /** From here on the shortest digits can lie exactly between two floats. */
  private static final float SPECIAL_MIN = 0x1p22f;

  private static final int WHOLE_MAX = 1_000_000;
  private static final int SCIENTIFIC_BELOW = -4;
  private static final int SCIENTIFIC_FROM = 6;

  private FloatDigits() {}

  static void print(float value, ByteSink out) {
    int whole = (int) value;
    float magnitude = Math.abs(value);
    if (whole == value && magnitude < WHOLE_MAX && (whole != 0 || 1 / value > 0)) {
      printWhole(whole, out);
    } else if (magnitude >= Float.MIN_NORMAL && magnitude < SPECIAL_MIN) {
      printShortest(value, out);
    } else {
      FloatText.print(value, true, 1, out);
    }
  }

  private static void printWhole(int value, ByteSink out) {
    if (value >= 0 && value <= 9) {
      out.put('0' + value);
    } else {
      out.putAscii(Integer.toString(value));
    }
  }

  /** Lays out Java's digits, which are the shortest for normal floats, in PostgreSQL's form. */
  private static void printShortest(float value, ByteSink out) {
    String java = Float.toString(Math.abs(value));
    if (value < 0) {
      out.put('-');
    }
    byte[] digits = new byte[16];
    int count = 0;
    int point = 0;
    boolean isFraction = false;
    int exponent = 0;
    for (int i = 0; i < java.length(); i++) {
      char c = java.charAt(i);
      if (c == '.') {
        point = count;
        isFraction = true;
      } else if (c == 'E') {
        exponent = Integer.parseInt(java, i + 1, java.length(), 10);
        break;
      } else if (count > 0 || c != '0') {
        digits[count++] = (byte) c;
      } else if (isFraction) {
        point--;
      }
    }
    while (count > 1 && digits[count - 1] == '0') {
      count--;
    }
    layOut(digits, count, point + exponent - 1, out);
  }

  /** Writes {@code d.ddd * 10^exponent}. */
  private static void layOut(byte[] digits, int count, int exponent, ByteSink out) {
    if (exponent < SCIENTIFIC_BELOW || exponent >= SCIENTIFIC_FROM) {
      out.put(digits[0]);
      if (count > 1) {
        out.put('.');
        out.put(digits, 1, count - 1);
      }
      out.put('e');
      out.put(exponent < 0 ? '-' : '+');
      int magnitude = Math.abs(exponent);
      out.put('0' + magnitude / 10);
      out.put('0' + magnitude % 10);
      return;
    }
    int whole = exponent + 1;
    if (whole <= 0) {
      out.putAscii("0.");
      for (int i = whole; i < 0; i++) {
        out.put('0');
      }
      out.put(digits, 0, count);
      return;
    }
    for (int i = 0; i < Math.max(whole, count); i++) {
      if (i == whole) {
        out.put('.');
      }
      out.put(i < count ? digits[i] : '0');
    }
  }
}
