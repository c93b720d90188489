package io.quarkgres.engine.expr.key;

/** The loops over keys in {@link DirectSlots}. Thread: any. */
final class DirectKernels {
  private DirectKernels() {}

  /** Numbers the first {@code n} keys, new ones from {@code count} on; returns the new count. */
  static int assignDense(DirectSlots slots, int[] keys, int n, int[] numbers, int count) {
    int[] table = slots.numbers();
    int base = (int) slots.base();
    int known = count;
    for (int p = 0; p < n; p++) {
      int at = keys[p] - base;
      int number = table[at];
      if (number == 0) {
        number = ++known;
        table[at] = number;
      }
      numbers[p] = number - 1;
    }
    return known;
  }

  /** Numbers the keys at some positions, new ones from {@code count} on. */
  static int assign(
      DirectSlots slots, int[] keys, int[] positions, int n, int[] numbers, int count) {
    int[] table = slots.numbers();
    int base = (int) slots.base();
    int known = count;
    for (int i = 0; i < n; i++) {
      int p = positions[i];
      int at = keys[p] - base;
      int number = table[at];
      if (number == 0) {
        number = ++known;
        table[at] = number;
      }
      numbers[p] = number - 1;
    }
    return known;
  }

  /** Numbers the keys at some positions, or the first {@code n} when those are {@code null}. */
  static int assign(
      DirectSlots slots, long[] keys, int[] positions, int n, int[] numbers, int count) {
    int[] table = slots.numbers();
    long base = slots.base();
    int known = count;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      int at = (int) (keys[p] - base);
      int number = table[at];
      if (number == 0) {
        number = ++known;
        table[at] = number;
      }
      numbers[p] = number - 1;
    }
    return known;
  }

  /** Finds the numbers of keys anywhere, {@link KeyTable#ABSENT} for those not there. */
  static void find(DirectSlots slots, int[] keys, int[] positions, int n, int[] numbers) {
    int[] table = slots.numbers();
    long base = slots.base();
    int length = table.length;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      long at = keys[p] - base;
      numbers[p] = (at >= 0 && at < length ? table[(int) at] : 0) - 1;
    }
  }
}
