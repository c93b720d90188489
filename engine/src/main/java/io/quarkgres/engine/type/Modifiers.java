package io.quarkgres.engine.type;

import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;

/** Reads the arguments of type modifiers. Thread: any. */
public final class Modifiers {
  private Modifiers() {}

  /** Returns a modifier's argument as an integer; raises the integer type's errors. */
  public static int integer(String argument, int position) {
    byte[] text = argument.getBytes(StandardCharsets.UTF_8);
    try {
      return (int)
          WholeNumbers.parse(text, 0, text.length, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
    } catch (SqlException e) {
      throw e.withPosition(position);
    }
  }
}
