package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.Selection;

/**
 * Loops over int2 and int4 values. int2 operands never overflow 32 bits, so their results are
 * checked by {@code toShort} afterwards. Thread: any.
 */
final class IntArithmetic {
  private IntArithmetic() {}

  /** Adds; 22003 when a sum does not fit. */
  static int[] add(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    int overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int value = left[p] + right[p];
        overflow |= (left[p] ^ value) & (right[p] ^ value);
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int value = left[p] + right[p];
        overflow |= (left[p] ^ value) & (right[p] ^ value);
        out[p] = value;
      }
    }
    if (overflow < 0) {
      throw NumberErrors.integerOutOfRange();
    }
    return out;
  }

  /** Subtracts; 22003 when a difference does not fit. */
  static int[] subtract(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    int overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int value = left[p] - right[p];
        overflow |= (left[p] ^ right[p]) & (left[p] ^ value);
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int value = left[p] - right[p];
        overflow |= (left[p] ^ right[p]) & (left[p] ^ value);
        out[p] = value;
      }
    }
    if (overflow < 0) {
      throw NumberErrors.integerOutOfRange();
    }
    return out;
  }

  /** Multiplies; 22003 when a product does not fit. */
  static int[] multiply(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    long overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        long value = (long) left[p] * right[p];
        overflow |= value ^ (int) value;
        out[p] = (int) value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        long value = (long) left[p] * right[p];
        overflow |= value ^ (int) value;
        out[p] = (int) value;
      }
    }
    if (overflow != 0) {
      throw NumberErrors.integerOutOfRange();
    }
    return out;
  }

  /** Divides, rounding towards zero; 22012 for a zero divisor, 22003 for the one overflow. */
  static int[] divide(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        if (divisor == -1 && left[p] == Integer.MIN_VALUE) {
          throw NumberErrors.integerOutOfRange();
        }
        out[p] = left[p] / divisor;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        if (divisor == -1 && left[p] == Integer.MIN_VALUE) {
          throw NumberErrors.integerOutOfRange();
        }
        out[p] = left[p] / divisor;
      }
    }
    return out;
  }

  /** Returns remainders with the dividend's sign; 22012 for a zero divisor. */
  static int[] modulo(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        out[p] = left[p] % divisor;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int divisor = right[p];
        if (divisor == 0) {
          throw NumberErrors.divisionByZero();
        }
        out[p] = left[p] % divisor;
      }
    }
    return out;
  }

  /** Returns the bits set in both. */
  static int[] and(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
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
  static int[] or(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
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
  static int[] xor(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
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

  /** Shifts left, by the count modulo 32. */
  static int[] shiftLeft(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
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

  /** Shifts right with the sign, by the count modulo 32. */
  static int[] shiftRight(int[] left, int[] right, Selection rows, int size) {
    int[] out = new int[size];
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

  /** Narrows to int2; 22003 when a value does not fit. */
  static int[] toShort(int[] values, Selection rows, int size) {
    int[] out = new int[size];
    int[] positions = rows.positions();
    int n = rows.count();
    int overflow = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int value = values[p];
        overflow |= value ^ (short) value;
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int value = values[p];
        overflow |= value ^ (short) value;
        out[p] = value;
      }
    }
    if (overflow != 0) {
      throw NumberErrors.smallintOutOfRange();
    }
    return out;
  }
}
