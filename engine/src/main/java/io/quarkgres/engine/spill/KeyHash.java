package io.quarkgres.engine.spill;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
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
 * Hashes of rows' keys: equal keys hash alike, also where one is an int and the other a long. A
 * NULL that equals nothing is hashed by chance, so that many of them spread. Used by one thread.
 */
public final class KeyHash {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final SqlType[] types;
  private final boolean[] nullsMatch;
  private long chance;

  /** Makes hashes of keys; {@code nullsMatch} says for each whether NULL equals NULL. */
  public KeyHash(SqlType[] types, boolean[] nullsMatch) {
    this.types = types;
    this.nullsMatch = nullsMatch;
  }

  /** Writes the hash of each selected row's key to {@code hashes}, by position. */
  void hash(Column[] keys, Selection rows, long[] hashes) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      long hash = 0;
      for (int k = 0; k < types.length; k++) {
        long value = keys[k].isNull(p) ? ofNull(k) : value(types[k], keys[k], p);
        hash = mixed(hash ^ value) + FACTOR;
      }
      hashes[p] = mixed(hash);
    }
  }

  private long ofNull(int key) {
    return nullsMatch[key] ? FACTOR : ++chance;
  }

  private static long value(SqlType type, Column key, int position) {
    return switch (key) {
      case IntColumn c -> c.values()[position];
      case LongColumn c -> c.values()[position];
      case BooleanColumn c -> type.hash(c, position);
      case DoubleColumn c -> type.hash(c, position);
      case DecimalColumn c -> type.hash(c, position);
      case WideColumn c -> type.hash(c, position);
      case BytesColumn c -> type.hash(c, position);
      case FloatArrayColumn c -> type.hash(c, position);
    };
  }

  private static long mixed(long value) {
    long x = value * FACTOR;
    x ^= x >>> 32;
    x *= 0xD6E8FEB86659FD93L;
    return x ^ x >>> 29;
  }
}
