package io.quarkgres.engine.expr.key;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;

/**
 * Keys of any types and any number of columns, as bytes: equal values have equal bytes, those of
 * their sort keys where nothing shorter serves, so that comparing is {@code memcmp}. Used by one
 * thread.
 */
final class BytesKeyTable extends KeyTable {
  private static final int KEY_NULL = 0;
  private static final int KEY_VALUE = 1;

  private final SqlType[] types;
  private final boolean[] nullsMatch;
  private final boolean[] isText;
  private final ByteSink scratch = new ByteSink(64);
  private final ByteStrings strings = new ByteStrings();

  BytesKeyTable(SqlType[] types, boolean[] nullsMatch) {
    this.types = types;
    this.nullsMatch = nullsMatch;
    this.isText = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      isText[i] = isText(types[i]);
    }
  }

  @Override
  public void clear() {
    strings.clear();
  }

  @Override
  public void assign(Column[] keys, Selection rows, int[] numbers) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      numbers[p] = encode(keys, p) ? strings.assign(scratch.array(), 0, scratch.size()) : ABSENT;
    }
  }

  @Override
  public void find(Column[] keys, Selection rows, int[] numbers) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      numbers[p] = encode(keys, p) ? strings.find(scratch.array(), 0, scratch.size()) : ABSENT;
    }
  }

  /** Writes the key into the scratch; false when a NULL keeps it out of the table. */
  private boolean encode(Column[] keys, int position) {
    scratch.truncate(0);
    for (int i = 0; i < types.length; i++) {
      if (keys[i].isNull(position)) {
        if (!nullsMatch[i]) {
          return false;
        }
        scratch.put(KEY_NULL);
      } else {
        scratch.put(KEY_VALUE);
        encodeValue(i, keys[i], position);
      }
    }
    return true;
  }

  /** Order does not matter here, so that values whose bits are their equality go in as they are. */
  private void encodeValue(int i, Column key, int position) {
    switch (key) {
      case IntColumn c -> scratch.putInt(c.values()[position]);
      case LongColumn c -> scratch.putLong(c.values()[position]);
      case BytesColumn c when isText[i] -> {
        scratch.putInt(c.lengths()[position]);
        scratch.put(c.heap(), c.starts()[position], c.lengths()[position]);
      }
      case BooleanColumn c -> scratch.put(c.values()[position] ? 1 : 0);
      case BytesColumn c -> types[i].sortKey(c, position, scratch);
      case DoubleColumn c -> types[i].sortKey(c, position, scratch);
      case DecimalColumn c -> types[i].sortKey(c, position, scratch);
      case WideColumn c -> types[i].sortKey(c, position, scratch);
      case FloatArrayColumn c -> types[i].sortKey(c, position, scratch);
    }
  }

  @Override
  public int count() {
    return strings.count();
  }

  @Override
  public long memoryBytes() {
    return strings.memoryBytes();
  }
}
