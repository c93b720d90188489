package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * A flat hash table that numbers distinct keys from 0 in order of first appearance: groups, join
 * keys, IN lists. Used by one thread.
 */
public abstract class KeyTable {
  /** What {@link #find} gives for a key that is not there. */
  public static final int ABSENT = -1;

  KeyTable() {}

  /**
   * Makes an empty table.
   *
   * @param types the types of the key columns
   * @param nullsMatch for each whether NULL is a value like any other; otherwise a key with a NULL
   *     there is never in the table
   */
  public static KeyTable of(SqlType[] types, boolean[] nullsMatch) {
    Layout first = types.length == 1 ? types[0].layout() : null;
    if (first == Layout.INT32 || first == Layout.INT64) {
      return new LongKeyTable(nullsMatch[0]);
    }
    return new BytesKeyTable(types, nullsMatch);
  }

  /** Makes an empty table in which NULL is a value like any other. */
  public static KeyTable ofGroups(SqlType[] types) {
    boolean[] nullsMatch = new boolean[types.length];
    java.util.Arrays.fill(nullsMatch, true);
    return of(types, nullsMatch);
  }

  /** Writes the number of each selected row's key to {@code numbers}, adding new keys. */
  public abstract void assign(Column[] keys, Selection rows, int[] numbers);

  /** Writes the number of each selected row's key to {@code numbers}, or {@link #ABSENT}. */
  public abstract void find(Column[] keys, Selection rows, int[] numbers);

  /** Returns how many distinct keys there are. */
  public abstract int count();

  /** Returns the memory it takes, in bytes. */
  public abstract long memoryBytes();

  /** Removes all keys. */
  public abstract void clear();
}
