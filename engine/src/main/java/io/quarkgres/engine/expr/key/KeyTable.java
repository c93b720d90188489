package io.quarkgres.engine.expr.key;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

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
    if (types.length == 1) {
      return ofOne(types[0], nullsMatch[0]);
    }
    for (SqlType type : types) {
      if (type.layout() != Layout.INT32 && type.layout() != Layout.INT64 && !isText(type)) {
        return new BytesKeyTable(types, nullsMatch);
      }
    }
    return types.length == 0
        ? new BytesKeyTable(types, nullsMatch)
        : new PairedKeyTable(types, nullsMatch);
  }

  private static KeyTable ofOne(SqlType type, boolean nullsMatch) {
    if (type.layout() == Layout.INT32 || type.layout() == Layout.INT64) {
      return new LongKeyTable(nullsMatch);
    }
    return isText(type)
        ? new TextKeyTable(nullsMatch)
        : new BytesKeyTable(new SqlType[] {type}, new boolean[] {nullsMatch});
  }

  /** Tells whether values of a type lie in bytes that are their equality. */
  static boolean isText(SqlType type) {
    int oid = type.oid();
    return oid == Oids.TEXT || oid == Oids.VARCHAR || oid == Oids.BYTEA;
  }

  /** Makes an empty table in which NULL is a value like any other. */
  public static KeyTable ofGroups(SqlType[] types) {
    boolean[] nullsMatch = new boolean[types.length];
    Arrays.fill(nullsMatch, true);
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
