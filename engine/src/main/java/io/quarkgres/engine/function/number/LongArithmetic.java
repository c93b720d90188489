package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.Selection;

/** Loops over int8 values. Thread: any. */
final class LongArithmetic {
  private LongArithmetic() {}

  /** Adds; 22003 when a sum does not fit. */
  static long[] add(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    long overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long value = left[p] + right[p];
        overflow |= (left[p] ^ value) & (right[p] ^ value);
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long value = left[p] + right[p];
        overflow |= (left[p] ^ value) & (right[p] ^ value);
        out[p] = value;
      }
    }
    if (overflow < 0) {
      throw NumberErrors.bigintOutOfRange();
    }
    return out;
  }

  /** Subtracts; 22003 when a difference does not fit. */
  static long[] subtract(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    long overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long value = left[p] - right[p];
        overflow |= (left[p] ^ right[p]) & (left[p] ^ value);
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long value = left[p] - right[p];
        overflow |= (left[p] ^ right[p]) & (left[p] ^ value);
        out[p] = value;
      }
    }
    if (overflow < 0) {
      throw NumberErrors.bigintOutOfRange();
    }
    return out;
  }

  /** Multiplies; 22003 when a product does not fit. */
  static long[] multiply(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    long overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long value = left[p] * right[p];
        overflow |= Math.multiplyHigh(left[p], right[p]) ^ (value >> 63);
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long value = left[p] * right[p];
        overflow |= Math.multiplyHigh(left[p], right[p]) ^ (value >> 63);
        out[p] = value;
      }
    }
    if (overflow != 0) {
      throw NumberErrors.bigintOutOfRange();
    }
    return out;
  }

  /** Divides, rounding towards zero; 22012 for a zero divisor, 22003 for the one overflow. */
  static long[] divide(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        if (divisor == -1 && left[p] == Long.MIN_VALUE) {
          throw NumberErrors.bigintOutOfRange();
        }
        out[p] = left[p] / divisor;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        if (divisor == -1 && left[p] == Long.MIN_VALUE) {
          throw NumberErrors.bigintOutOfRange();
        }
        out[p] = left[p] / divisor;
      }
    }
    return out;
  }

  /** Returns remainders with the dividend's sign; 22012 for a zero divisor. */
  static long[] modulo(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        out[p] = left[p] % divisor;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        out[p] = left[p] % divisor;
      }
    }
    return out;
  }

  /** Returns the bits set in both. */
  static long[] and(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] & right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] & right[p];
      }
    }
    return out;
  }

  /** Returns the bits set in either. */
  static long[] or(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] | right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] | right[p];
      }
    }
    return out;
  }

  /** Returns the bits set in one only. */
  static long[] xor(long[] left, long[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] ^ right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] ^ right[p];
      }
    }
    return out;
  }

  /** Shifts left, by the count modulo 64. */
  static long[] shiftLeft(long[] left, int[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] << right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] << right[p];
      }
    }
    return out;
  }

  /** Shifts right with the sign, by the count modulo 64. */
  static long[] shiftRight(long[] left, int[] right, Selection rows, int size) {
    long[] out = new long[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] >> right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] >> right[p];
      }
    }
    return out;
  }

  /** Narrows to int4; 22003 when a value does not fit. */
  static int[] toInt(long[] values, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    long overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long value = values[p];
        overflow |= value ^ (int) value;
        out[p] = (int) value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long value = values[p];
        overflow |= value ^ (int) value;
        out[p] = (int) value;
      }
    }
    if (overflow != 0) {
      throw NumberErrors.integerOutOfRange();
    }
    return out;
  }
}
