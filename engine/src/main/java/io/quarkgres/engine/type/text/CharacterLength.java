package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.Modifiers;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The length modifier of {@code varchar(n)} and {@code char(n)}: n + 4. Thread: any. */
final class CharacterLength {
  private static final int HEADER = 4;
  private static final int CHARACTERS_MAX = 10485760;

  private CharacterLength() {}

  static int encode(String[] arguments, int position, String typeName) {
    if (arguments.length != 1) {
      throw TypeErrors.invalidModifier("invalid type modifier", position);
    }
    int n = Modifiers.integer(arguments[0], position);
    if (n < 1) {
      throw TypeErrors.invalidModifier(
          "length for type " + typeName + " must be at least 1", position);
    }
    if (n > CHARACTERS_MAX) {
      throw TypeErrors.invalidModifier(
          "length for type " + typeName + " cannot exceed " + CHARACTERS_MAX, position);
    }
    return n + HEADER;
  }

  static String show(int typmod) {
    return typmod > HEADER ? "(" + (typmod - HEADER) + ")" : "";
  }

  static boolean applies(int typmod) {
    return typmod >= HEADER;
  }

  static int characters(int typmod) {
    return typmod - HEADER;
  }

  /**
   * Returns how many bytes of a value are kept, which is all of them when they fit.
   *
   * @param explicit whether the rest is cut silently; otherwise it must be blanks, or 22001
   */
  static int kept(
      byte[] heap, int start, int length, int typmod, boolean explicit, String sqlName) {
    int characters = characters(typmod);
    if (length <= characters) {
      return length;
    }
    int end = start + length;
    int cut = Utf8.offset(heap, start, end, characters);
    for (int i = cut; i < end && !explicit; i++) {
      if (heap[i] != ' ') {
        throw new SqlException(
            SqlState.STRING_DATA_RIGHT_TRUNCATION,
            "value too long for type " + sqlName + "(" + characters + ")");
      }
    }
    return cut - start;
  }
}
