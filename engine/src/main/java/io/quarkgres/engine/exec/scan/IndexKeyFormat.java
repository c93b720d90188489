package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.KeyEncoder;

/**
 * How the keys of an ordered index become bytes: for each key column one byte that tells NULL from
 * value (NULL is 0 with NULLS FIRST, 2 with NULLS LAST; a value is 1), then the type's sort key,
 * its bits turned round for DESC. Thread: any.
 */
public final class IndexKeyFormat implements KeyEncoder {
  /** The byte before a value. */
  static final int VALUE = 1;

  private static final int NULL_FIRST = 0;
  private static final int NULL_LAST = 2;

  private final SqlType[] types;
  private final boolean[] isDescending;
  private final boolean[] nullsFirst;

  /** Makes a format of key columns. */
  public IndexKeyFormat(SqlType[] types, boolean[] isDescending, boolean[] nullsFirst) {
    this.types = types;
    this.isDescending = isDescending;
    this.nullsFirst = nullsFirst;
  }

  /** Returns the format of an index. */
  public static IndexKeyFormat of(IndexEntry index) {
    int n = index.keys().size();
    SqlType[] types = new SqlType[n];
    boolean[] descending = new boolean[n];
    boolean[] first = new boolean[n];
    for (int i = 0; i < n; i++) {
      types[i] = index.columns().get(i).type();
      descending[i] = index.keys().get(i).isDescending();
      first[i] = index.keys().get(i).nullsFirst();
    }
    return new IndexKeyFormat(types, descending, first);
  }

  boolean isDescending(int key) {
    return isDescending[key];
  }

  @Override
  public boolean encode(Block keys, int position, ByteSink out) {
    boolean hasNull = false;
    for (int i = 0; i < types.length; i++) {
      hasNull |= encode(i, keys.column(i), position, out);
    }
    return hasNull;
  }

  /** Appends one key column; returns whether it is NULL. */
  public boolean encode(int key, Column column, int position, ByteSink out) {
    if (column.isNull(position)) {
      out.put(nullsFirst[key] ? NULL_FIRST : NULL_LAST);
      return true;
    }
    out.put(VALUE);
    int from = out.size();
    types[key].sortKey(column, position, out);
    if (isDescending[key]) {
      byte[] bytes = out.array();
      for (int b = from; b < out.size(); b++) {
        bytes[b] = (byte) ~bytes[b];
      }
    }
    return false;
  }
}
