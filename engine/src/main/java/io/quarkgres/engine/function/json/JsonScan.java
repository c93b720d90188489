package io.quarkgres.engine.function.json;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Moves over valid JSON text. Thread: any. */
final class JsonScan {
  private JsonScan() {}

  /** Returns the first place from {@code at} on that is no blank. */
  static int skipBlanks(byte[] text, int at) {
    int i = at;
    while (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r') {
      i++;
    }
    return i;
  }

  /** Returns the place behind a string that starts here. */
  static int skipString(byte[] text, int at) {
    int i = at + 1;
    while (text[i] != '"') {
      i += text[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  /** Returns the place behind a value that starts here; containers are passed by counting. */
  static int skipValue(byte[] text, int at, int end) {
    byte first = text[at];
    if (first == '"') {
      return skipString(text, at);
    }
    int i = at;
    if (first != '{' && first != '[') {
      while (i < end && isScalarPart(text[i])) {
        i++;
      }
      return i;
    }
    int depth = 0;
    do {
      byte b = text[i];
      if (b == '"') {
        i = skipString(text, i);
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      i++;
    } while (depth > 0);
    return i;
  }

  private static boolean isScalarPart(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b == '-'
        || b == '+'
        || b == '.'
        || b == 'E';
  }

  /** Tells whether a string stands for a key. */
  static boolean isKey(byte[] text, int start, int end, byte[] key, int keyStart, int keyLength) {
    if (end - start - 2 == keyLength) {
      int i = 0;
      while (i < keyLength
          && text[start + 1 + i] == key[keyStart + i]
          && text[start + 1 + i] != '\\') {
        i++;
      }
      if (i == keyLength) {
        return true;
      }
    }
    if (!hasEscape(text, start, end)) {
      return false;
    }
    byte[] plain = unescaped(text, start, end);
    return Arrays.equals(plain, 0, plain.length, key, keyStart, keyStart + keyLength);
  }

  private static boolean hasEscape(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** Returns what a string, quotes included, stands for; 22P05 for a zero character. */
  static byte[] unescaped(byte[] text, int start, int end) {
    if (!hasEscape(text, start, end)) {
      return Arrays.copyOfRange(text, start + 1, end - 1);
    }
    ByteSink out = new ByteSink(end - start);
    for (int i = start + 1; i < end - 1; i++) {
      if (text[i] != '\\') {
        out.put(text[i]);
        continue;
      }
      i++;
      switch (text[i]) {
        case 'b' -> out.put('\b');
        case 'f' -> out.put('\f');
        case 'n' -> out.put('\n');
        case 'r' -> out.put('\r');
        case 't' -> out.put('\t');
        case 'u' -> {
          int c = hex(text, i + 1);
          i += 4;
          if (Character.isHighSurrogate((char) c)) {
            c = Character.toCodePoint((char) c, (char) hex(text, i + 3));
            i += 6;
          }
          if (c == 0) {
            throw new SqlException(
                SqlState.UNTRANSLATABLE_CHARACTER,
                "unsupported Unicode escape sequence",
                "\\u0000 cannot be converted to text.",
                null);
          }
          out.putUtf8(Character.toString(c));
        }
        default -> out.put(text[i]);
      }
    }
    return out.toByteArray();
  }

  private static int hex(byte[] text, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(text[i], 16);
    }
    return value;
  }
}
