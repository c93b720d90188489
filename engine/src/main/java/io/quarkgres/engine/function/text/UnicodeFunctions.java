package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.text.Normalizer;
import java.util.Locale;

/** Unicode escapes and normal forms. Thread: any. */
final class UnicodeFunctions {
  private UnicodeFunctions() {}

  static void register(KernelTable t) {
    t.row("unistr", UnicodeFunctions::unescape);
    t.row(
        "unicode_normalize_func",
        (r, o) -> o.text(Normalizer.normalize(r.text(0), form(r.text(1)))));
    t.row(
        "unicode_is_normalized",
        (r, o) -> o.bool(Normalizer.isNormalized(r.text(0), form(r.text(1)))));
  }

  private static Normalizer.Form form(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "NFC" -> Normalizer.Form.NFC;
      case "NFD" -> Normalizer.Form.NFD;
      case "NFKC" -> Normalizer.Form.NFKC;
      case "NFKD" -> Normalizer.Form.NFKD;
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "invalid normalization form: " + name);
    };
  }

  private static void unescape(Row r, Out o) {
    String text = r.text(0);
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
      } else if (text.startsWith("\\\\", at)) {
        out.append('\\');
        at += 2;
      } else {
        at = escape(text, at + 1, out);
      }
    }
    for (int i = 0; i < out.length(); i++) {
      if (Character.isSurrogate(out.charAt(i)) && Character.charCount(out.codePointAt(i)) == 1) {
        throw new SqlException(SqlState.SYNTAX_ERROR, "invalid Unicode surrogate pair");
      }
      i += Character.charCount(out.codePointAt(i)) - 1;
    }
    o.text(out.toString());
  }

  private static int escape(String text, int at, StringBuilder out) {
    int digits = 4;
    int start = at;
    if (text.startsWith("+", at)) {
      digits = 6;
      start++;
    } else if (text.startsWith("u", at)) {
      start++;
    } else if (text.startsWith("U", at)) {
      digits = 8;
      start++;
    }
    long value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR,
            "invalid Unicode escape",
            null,
            "Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.");
      }
      value = value << 4 | digit;
    }
    if (value == 0 || value > Character.MAX_CODE_POINT) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "invalid Unicode code point: " + hex4(value));
    }
    out.appendCodePoint((int) value);
    return start + digits;
  }

  private static String hex4(long value) {
    return "%04X".formatted(value);
  }
}
