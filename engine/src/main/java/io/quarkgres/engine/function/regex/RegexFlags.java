package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * The flags argument of the regexp functions. Thread: any.
 *
 * @param options how the expression is read
 * @param isGlobal whether all matches are meant
 */
record RegexFlags(RegexOptions options, boolean isGlobal) {
  static final RegexFlags NONE = new RegexFlags(RegexOptions.NONE, false);

  static RegexFlags of(String letters) {
    RegexOptions options = RegexOptions.NONE;
    boolean isGlobal = false;
    for (int i = 0; i < letters.length(); ) {
      int letter = letters.codePointAt(i);
      i += Character.charCount(letter);
      if (letter == 'g') {
        isGlobal = true;
        continue;
      }
      options = letter < 128 ? options.with((char) letter) : null;
      if (options == null) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            "invalid regular expression option: \"" + Character.toString(letter) + "\"");
      }
    }
    return new RegexFlags(options, isGlobal);
  }

  /** Raises 22023 when all matches are asked for. */
  RegexFlags notGlobal(String function, String hint) {
    if (isGlobal) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          function + " does not support the \"global\" option",
          null,
          hint);
    }
    return this;
  }
}
