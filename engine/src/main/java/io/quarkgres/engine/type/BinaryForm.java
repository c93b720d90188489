package io.quarkgres.engine.type;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Checks of the length of binary forms. Thread: any. */
public final class BinaryForm {
  private BinaryForm() {}

  /** Raises 08P01 when bytes are missing, 22P03 when bytes are left over. */
  public static void checkLength(int length, int wanted) {
    if (length < wanted) {
      throw TypeErrors.insufficientData();
    }
    if (length > wanted) {
      throw new SqlException(
          SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
  }
}
