package io.quarkgres.engine.expr.key;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;

/**
 * Keys of one 32- or 64-bit integer whose bits are its equality. Each block decides whether the
 * keys still lie close enough for {@link DirectSlots}: at most {@value #SPREAD} slots for each row
 * seen. Used by one thread.
 */
final class LongKeyTable extends KeyTable {
  private static final int SPREAD = 64;
  private static final long DIRECT_MAX = 1 << 22;

  private final boolean nullsMatch;
  private IntegerSlots slots;
  private long rowsSeen;
  private int count;
  private int nullNumber;

  LongKeyTable(boolean nullsMatch) {
    this.nullsMatch = nullsMatch;
    clear();
  }

  @Override
  public void clear() {
    slots = new DirectSlots();
    rowsSeen = 0;
    count = 0;
    nullNumber = ABSENT;
  }

  @Override
  public void assign(Column[] keys, Selection rows, int[] numbers) {
    if (rows.count() == 0) {
      return;
    }
    Column key = keys[0];
    rowsSeen += rows.count();
    reserve(key, rows);
    if (key.nulls() != null) {
      assignEach(key, rows, numbers);
    } else if (key instanceof IntColumn ints) {
      assign(ints.values(), rows.positions(), rows.count(), numbers);
    } else {
      assign(((LongColumn) key).values(), rows.positions(), rows.count(), numbers);
    }
  }

  /** Numbers keys that are no column: values at the selected positions, none of them NULL. */
  void assign(long[] keys, Selection rows, int[] numbers) {
    if (rows.count() == 0) {
      return;
    }
    rowsSeen += rows.count();
    reserve(IntegerRange.of(keys, rows), rows.count());
    assign(keys, rows.positions(), rows.count(), numbers);
  }

  private void assign(int[] keys, int[] positions, int n, int[] numbers) {
    switch (slots) {
      case DirectSlots direct -> {
        if (positions == null) {
          count = DirectKernels.assignDense(direct, keys, n, numbers, count);
        } else {
          count = DirectKernels.assign(direct, keys, positions, n, numbers, count);
        }
      }
      case HashedSlots hashed -> {
        for (int i = 0; i < n; i++) {
          int p = positions == null ? i : positions[i];
          int number = hashed.assign(keys[p], count);
          numbers[p] = number;
          count += number == count ? 1 : 0;
        }
      }
    }
  }

  private void assign(long[] keys, int[] positions, int n, int[] numbers) {
    switch (slots) {
      case DirectSlots direct ->
          count = DirectKernels.assign(direct, keys, positions, n, numbers, count);
      case HashedSlots hashed -> {
        for (int i = 0; i < n; i++) {
          int p = positions == null ? i : positions[i];
          int number = hashed.assign(keys[p], count);
          numbers[p] = number;
          count += number == count ? 1 : 0;
        }
      }
    }
  }

  private void assignEach(Column key, Selection rows, int[] numbers) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (!key.isNull(p)) {
        numbers[p] = slots.assign(value(key, p), count);
        count += numbers[p] == count ? 1 : 0;
      } else {
        if (nullsMatch && nullNumber == ABSENT) {
          nullNumber = count++;
        }
        numbers[p] = nullNumber;
      }
    }
  }

  private static long value(Column key, int position) {
    return key instanceof IntColumn ints
        ? ints.values()[position]
        : ((LongColumn) key).values()[position];
  }

  @Override
  public void find(Column[] keys, Selection rows, int[] numbers) {
    Column key = keys[0];
    if (key.nulls() != null) {
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.position(i);
        numbers[p] = key.isNull(p) ? nullNumber : slots.find(value(key, p));
      }
    } else if (key instanceof IntColumn ints) {
      find(ints.values(), rows.positions(), rows.count(), numbers);
    } else {
      find(((LongColumn) key).values(), rows.positions(), rows.count(), numbers);
    }
  }

  private void find(int[] keys, int[] positions, int n, int[] numbers) {
    switch (slots) {
      case DirectSlots direct -> DirectKernels.find(direct, keys, positions, n, numbers);
      case HashedSlots hashed -> {
        for (int i = 0; i < n; i++) {
          int p = positions == null ? i : positions[i];
          numbers[p] = hashed.find(keys[p]);
        }
      }
    }
  }

  /** Finds keys that are no column. */
  void find(long[] keys, Selection rows, int[] numbers) {
    find(keys, rows.positions(), rows.count(), numbers);
  }

  private void find(long[] keys, int[] positions, int n, int[] numbers) {
    switch (slots) {
      case DirectSlots direct -> {
        for (int i = 0; i < n; i++) {
          int p = positions == null ? i : positions[i];
          numbers[p] = direct.find(keys[p]);
        }
      }
      case HashedSlots hashed -> {
        for (int i = 0; i < n; i++) {
          int p = positions == null ? i : positions[i];
          numbers[p] = hashed.find(keys[p]);
        }
      }
    }
  }

  private void reserve(Column key, Selection rows) {
    Selection live = rows.withoutNulls(key.nulls());
    if (live.count() == 0) {
      return;
    }
    if (slots instanceof HashedSlots) {
      reserve(IntegerRange.NONE, live.count());
    } else if (key instanceof IntColumn ints) {
      reserve(IntegerRange.of(ints.values(), live), live.count());
    } else {
      reserve(IntegerRange.of(((LongColumn) key).values(), live), live.count());
    }
  }

  /** Makes the slots fit for {@code more} keys, which lie in {@code range} if slots are direct. */
  private void reserve(IntegerRange range, int more) {
    switch (slots) {
      case DirectSlots direct -> {
        if (direct.covers(range.least()) && direct.covers(range.greatest())) {
          return;
        }
        long limit = Math.min(DIRECT_MAX, SPREAD * rowsSeen);
        IntegerRange all = direct.isEmpty() ? range : range.with(direct.base(), direct.last());
        if (all.spansAtMost(limit)) {
          direct.cover(all.least(), all.greatest());
        } else {
          slots = HashedSlots.forKeys((long) count + more);
          direct.copyTo(slots);
        }
      }
      case HashedSlots hashed -> {
        long needed = (long) count + more;
        if (!hashed.holds(needed)) {
          slots = HashedSlots.forKeys(needed);
          hashed.copyTo(slots);
        }
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long memoryBytes() {
    return slots.memoryBytes();
  }
}
