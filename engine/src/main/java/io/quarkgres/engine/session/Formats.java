package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Result format codes as Bind gives them. Thread: any. */
final class Formats {
  private Formats() {}

  /** Returns one code for each column: none given means text, one given is for all. */
  static short[] expand(short[] given, int columns) {
    short[] result = new short[columns];
    if (given.length > 1 && given.length != columns) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message has "
              + given.length
              + " result formats but query has "
              + columns
              + " columns");
    }
    for (int i = 0; i < columns; i++) {
      result[i] = given.length == 0 ? 0 : given.length == 1 ? given[0] : given[i];
      if (result[i] != 0 && result[i] != 1) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + result[i]);
      }
    }
    return result;
  }
}
