package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import java.util.Arrays;
import java.util.List;

/** The order of rows by sort keys: types, directions, places of NULL. Thread: any. */
public final class RowOrder {
  private final SqlType[] types;
  private final boolean[] isDescending;
  private final boolean[] nullsFirst;

  public RowOrder(SqlType[] types, boolean[] isDescending, boolean[] nullsFirst) {
    this.types = types;
    this.isDescending = isDescending;
    this.nullsFirst = nullsFirst;
  }

  /** Makes the order of sort keys. */
  public static RowOrder of(List<Relation.SortKey> keys) {
    int n = keys.size();
    SqlType[] types = new SqlType[n];
    boolean[] descending = new boolean[n];
    boolean[] first = new boolean[n];
    for (int i = 0; i < n; i++) {
      types[i] = keys.get(i).expression().type();
      descending[i] = keys.get(i).isDescending();
      first[i] = keys.get(i).nullsFirst();
    }
    return new RowOrder(types, descending, first);
  }

  /** Makes the ascending order of some types, NULL last. */
  public static RowOrder ascending(SqlType... types) {
    return new RowOrder(types, new boolean[types.length], new boolean[types.length]);
  }

  /** Makes the order by the keys of one order, then by those of another. */
  public static RowOrder concat(RowOrder first, RowOrder second) {
    int n = first.size();
    SqlType[] types = Arrays.copyOf(first.types, n + second.size());
    boolean[] descending = Arrays.copyOf(first.isDescending, types.length);
    boolean[] nulls = Arrays.copyOf(first.nullsFirst, types.length);
    System.arraycopy(second.types, 0, types, n, second.size());
    System.arraycopy(second.isDescending, 0, descending, n, second.size());
    System.arraycopy(second.nullsFirst, 0, nulls, n, second.size());
    return new RowOrder(types, descending, nulls);
  }

  public int size() {
    return types.length;
  }

  public SqlType type(int key) {
    return types[key];
  }

  public boolean isDescending(int key) {
    return isDescending[key];
  }

  public boolean nullsFirst(int key) {
    return nullsFirst[key];
  }

  /** Compares two rows, each a position of key columns. */
  public int compare(Column[] a, int i, Column[] b, int j) {
    for (int k = 0; k < types.length; k++) {
      int order = compare(k, a[k], i, b[k], j);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares two values of one key. */
  public int compare(int key, Column a, int i, Column b, int j) {
    boolean leftNull = a.isNull(i);
    boolean rightNull = b.isNull(j);
    if (leftNull || rightNull) {
      return leftNull == rightNull ? 0 : leftNull == nullsFirst[key] ? -1 : 1;
    }
    int order = types[key].compare(a, i, b, j);
    return isDescending[key] ? -Integer.signum(order) : order;
  }
}
