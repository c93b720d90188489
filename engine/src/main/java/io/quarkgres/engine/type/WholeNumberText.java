package io.quarkgres.engine.type;

import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;

/** The digits of integers. Used by one thread. */
final class WholeNumberText extends ColumnEncoder {
  private static final byte[] TENS = new byte[100];
  private static final byte[] ONES = new byte[100];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
  }

  @Override
  void measureAll() {
    if (column instanceof IntColumn ints) {
      measure(ints.values(), positions, count, lengths);
    } else {
      measure(((LongColumn) column).values(), positions, count, lengths);
    }
  }

  private static void measure(int[] values, int[] positions, int n, int[] lengths) {
    for (int i = 0; i < n; i++) {
      int value = values[positions[i]];
      lengths[i] = Digits.count(Math.abs((long) value)) + (value >>> 31);
    }
  }

  private static void measure(long[] values, int[] positions, int n, int[] lengths) {
    for (int i = 0; i < n; i++) {
      long value = values[positions[i]];
      // the one number without a positive twin has as many digits as the one beside it
      long magnitude = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
      lengths[i] = Digits.count(magnitude) + (int) (value >>> 63);
    }
  }

  @Override
  public void write(byte[] target, int[] offsets, int from, int to) {
    if (column instanceof IntColumn ints) {
      write(ints.values(), positions, lengths, target, offsets, from, to);
    } else {
      write(((LongColumn) column).values(), positions, lengths, target, offsets, from, to);
    }
  }

  private static void write(
      int[] values,
      int[] positions,
      int[] lengths,
      byte[] target,
      int[] offsets,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      if (lengths[i] >= 0) {
        int end = offsets[i] + lengths[i];
        put(values[positions[i]], target, end);
        offsets[i] = end;
      }
    }
  }

  private static void write(
      long[] values,
      int[] positions,
      int[] lengths,
      byte[] target,
      int[] offsets,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      if (lengths[i] >= 0) {
        int end = offsets[i] + lengths[i];
        long value = values[positions[i]];
        if (value == (int) value) {
          put((int) value, target, end);
        } else {
          put(value, target, end);
        }
        offsets[i] = end;
      }
    }
  }

  /** Writes digits from the end; by the negative number, as that of every number exists. */
  private static void put(int value, byte[] target, int end) {
    int rest = value < 0 ? value : -value;
    int at = end;
    while (rest <= -100) {
      int next = rest / 100;
      int pair = next * 100 - rest;
      target[--at] = ONES[pair];
      target[--at] = TENS[pair];
      rest = next;
    }
    putLast(-rest, value < 0, target, at);
  }

  private static void put(long value, byte[] target, int end) {
    long rest = value < 0 ? value : -value;
    int at = end;
    while (rest <= -100) {
      long next = rest / 100;
      int pair = (int) (next * 100 - rest);
      target[--at] = ONES[pair];
      target[--at] = TENS[pair];
      rest = next;
    }
    putLast((int) -rest, value < 0, target, at);
  }

  private static void putLast(int rest, boolean isNegative, byte[] target, int end) {
    int at = end;
    target[--at] = ONES[rest];
    if (rest > 9) {
      target[--at] = TENS[rest];
    }
    if (isNegative) {
      target[--at] = '-';
    }
  }
}
