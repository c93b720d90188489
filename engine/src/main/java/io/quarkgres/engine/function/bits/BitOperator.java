package io.quarkgres.engine.function.bits;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The operators that join two bit strings of one length. Thread: any. */
enum BitOperator {
  AND,
  OR,
  XOR;

  boolean[] apply(boolean[] left, boolean[] right) {
    if (left.length != right.length) {
      throw new SqlException(
          SqlState.STRING_DATA_LENGTH_MISMATCH,
          "cannot " + name() + " bit strings of different sizes");
    }
    boolean[] out = new boolean[left.length];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (this) {
            case AND -> left[i] & right[i];
            case OR -> left[i] | right[i];
            case XOR -> left[i] ^ right[i];
          };
    }
    return out;
  }
}
