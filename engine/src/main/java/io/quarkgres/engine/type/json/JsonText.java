package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.HexText;
import io.quarkgres.spi.data.ByteSink;

/** Writes and reads strings of JSON text that is known to be valid. Thread: any. */
public final class JsonText {
  private JsonText() {}

  /** Appends UTF-8 text as a JSON string, quoted and escaped. */
  public static void putString(byte[] text, int start, int length, ByteSink out) {
    out.put('"');
    int plain = start;
    int end = start + length;
    for (int i = start; i < end; i++) {
      int c = text[i];
      if (c == '"' || c == '\\' || c >= 0 && c < 32) {
        out.put(text, plain, i - plain);
        putEscape(c, out);
        plain = i + 1;
      }
    }
    out.put(text, plain, end - plain);
    out.put('"');
  }

  private static void putEscape(int c, ByteSink out) {
    out.put('\\');
    switch (c) {
      case '"', '\\' -> out.put(c);
      case '\b' -> out.put('b');
      case '\f' -> out.put('f');
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.put('u');
        HexText.put(c, 4, out);
      }
    }
  }

  /**
   * Appends what a string of canonical text stands for; the range starts at the opening quote.
   * Returns the offset behind the closing quote.
   */
  static int unescape(byte[] text, int start, ByteSink out) {
    int plain = start + 1;
    int i = plain;
    for (; text[i] != '"'; i++) {
      if (text[i] == '\\') {
        out.put(text, plain, i - plain);
        i++;
        if (text[i] == 'u') {
          // canonical text escapes control characters only
          out.put(HexText.digit(text[i + 3]) << 4 | HexText.digit(text[i + 4]));
          i += 4;
        } else {
          out.put(unescaped(text[i]));
        }
        plain = i + 1;
      }
    }
    out.put(text, plain, i - plain);
    return i + 1;
  }

  private static int unescaped(int c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
