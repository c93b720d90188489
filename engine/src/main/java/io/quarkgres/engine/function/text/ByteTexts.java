package io.quarkgres.engine.function.text;

import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes written as text and back: hex, base64, and the escape format of bytea. Thread: any. */
final class ByteTexts {
  private static final int BASE64_LINE = 76;

  private ByteTexts() {}

  private static SqlException error(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  static byte[] fromHex(byte[] text, int start, int length) {
    ByteSink out = new ByteSink(length / 2);
    int high = -1;
    for (int i = start; i < start + length; i++) {
      byte b = text[i];
      if (high < 0 && (b == ' ' || b == '\n' || b == '\t' || b == '\r')) {
        continue;
      }
      int digit = Character.digit(b, 16);
      if (digit < 0) {
        throw error("invalid hexadecimal digit: \"" + character(text, i, start + length) + "\"");
      }
      if (high < 0) {
        high = digit;
      } else {
        out.put(high << 4 | digit);
        high = -1;
      }
    }
    if (high >= 0) {
      throw error("invalid hexadecimal data: odd number of digits");
    }
    return out.toByteArray();
  }

  private static String character(byte[] text, int at, int end) {
    int behind = Utf8.offset(text, at, end, 1);
    return new String(text, at, behind - at, StandardCharsets.UTF_8);
  }

  /** Returns base64 in lines of 76 characters. */
  static String base64(byte[] bytes) {
    String all = Base64.getEncoder().encodeToString(bytes);
    StringBuilder out = new StringBuilder(all.length() + all.length() / BASE64_LINE);
    for (int i = 0; i < all.length(); i += BASE64_LINE) {
      if (i > 0) {
        out.append('\n');
      }
      out.append(all, i, Math.min(all.length(), i + BASE64_LINE));
    }
    return out.toString();
  }

  static byte[] fromBase64(byte[] text, int start, int length) {
    ByteSink out = new ByteSink(length);
    int group = 0;
    int digits = 0;
    int ends = 0;
    for (int i = start; i < start + length; i++) {
      byte b = text[i];
      if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
        continue;
      }
      int value = 0;
      if (b == '=') {
        if (ends == 0) {
          if (digits != 2 && digits != 3) {
            throw error("unexpected \"=\" while decoding base64 sequence");
          }
          ends = digits == 2 ? 1 : 2;
        }
      } else {
        value = base64Digit(b);
        if (value < 0) {
          throw error(
              "invalid symbol \""
                  + character(text, i, start + length)
                  + "\" found while decoding base64 sequence");
        }
      }
      group = group << 6 | value;
      if (++digits == 4) {
        out.put(group >> 16);
        if (ends == 0 || ends > 1) {
          out.put(group >> 8);
        }
        if (ends == 0 || ends > 2) {
          out.put(group);
        }
        digits = 0;
        group = 0;
      }
    }
    if (digits != 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "invalid base64 end sequence",
          null,
          "Input data is missing padding, is truncated, or is otherwise corrupted.");
    }
    return out.toByteArray();
  }

  private static int base64Digit(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return b == '+' ? 62 : b == '/' ? 63 : -1;
  }

  /** Writes zero bytes and those above 127 in octal, and doubles backslashes. */
  static byte[] escaped(byte[] bytes) {
    ByteSink out = new ByteSink(bytes.length + 16);
    for (byte b : bytes) {
      if (b <= 0) {
        int value = b & 0xff;
        out.put('\\');
        out.put('0' + (value >> 6));
        out.put('0' + (value >> 3 & 7));
        out.put('0' + (value & 7));
      } else {
        if (b == '\\') {
          out.put('\\');
        }
        out.put(b);
      }
    }
    return out.toByteArray();
  }

  static byte[] fromEscaped(byte[] text, int start, int length) {
    ByteSink out = new ByteSink(length);
    int end = start + length;
    for (int i = start; i < end; i++) {
      if (text[i] != '\\') {
        out.put(text[i]);
      } else if (i + 3 < end
          && text[i + 1] >= '0'
          && text[i + 1] <= '3'
          && isOctal(text[i + 2])
          && isOctal(text[i + 3])) {
        out.put((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 | text[i + 3] - '0');
        i += 3;
      } else if (i + 1 < end && text[i + 1] == '\\') {
        out.put('\\');
        i++;
      } else {
        throw new SqlException(
            SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
      }
    }
    return out.toByteArray();
  }

  private static boolean isOctal(byte b) {
    return b >= '0' && b <= '7';
  }
}
