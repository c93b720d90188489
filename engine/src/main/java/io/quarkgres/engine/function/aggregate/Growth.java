package io.quarkgres.engine.function.aggregate;

import io.quarkgres.spi.data.Nulls;
import java.util.Arrays;

/**
 * Grows flat state arrays: to exactly one group at first, doubling afterwards, so that an array of
 * one tells that there is a single group. Thread: any.
 */
final class Growth {
  private Growth() {}

  private static int size(int current, int groups) {
    return current == 0 ? groups : Math.max(groups, 2 * current);
  }

  static long[] longs(long[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static int[] ints(int[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static short[] shorts(short[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static byte[] bytes(byte[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static double[] doubles(double[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static boolean[] booleans(boolean[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  static <T> T[] objects(T[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  /** Returns the NULL bitmap of groups that have no value, or {@code null} when all have one. */
  static long[] nullsOf(boolean[] hasValue, int from, int to) {
    long[] nulls = null;
    for (int i = from; i < to; i++) {
      if (!hasValue[i]) {
        if (nulls == null) {
          nulls = Nulls.none(to - from);
        }
        Nulls.set(nulls, i - from);
      }
    }
    return nulls;
  }
}
