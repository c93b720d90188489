package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Validates and measures UTF-8 text in byte arrays. Thread: any. */
public final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;

  private Utf8() {}

  /** Raises 22021 unless a range is well-formed UTF-8 without a zero byte. */
  public static void validate(byte[] text, int start, int length) {
    int end = start + length;
    int at = start;
    while (at < end) {
      if (end - at >= 8) {
        long word = Datums.readLong(text, at);
        // no byte has its high bit set, and none is zero
        if (((word | word - LOW_BITS) & HIGH_BITS) == 0) {
          at += 8;
          continue;
        }
      }
      int n = sequence(text, at, end);
      if (n == 0) {
        throw invalid(text, at, end);
      }
      at += n;
    }
  }

  /** Returns the length of the well-formed sequence at an offset, 0 if there is none. */
  private static int sequence(byte[] text, int at, int end) {
    int lead = text[at] & 0xff;
    if (lead < 0x80) {
      return lead == 0 ? 0 : 1;
    }
    int n = leadLength(lead);
    if (lead < 0xc2 || lead > 0xf4 || at + n > end) {
      return 0;
    }
    for (int i = 1; i < n; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = text[at + 1] & 0xff;
    boolean bad =
        lead == 0xe0 && second < 0xa0
            || lead == 0xed && second > 0x9f
            || lead == 0xf0 && second < 0x90
            || lead == 0xf4 && second > 0x8f;
    return bad ? 0 : n;
  }

  private static int leadLength(int lead) {
    if (lead < 0xc0) {
      return 1;
    }
    if (lead < 0xe0) {
      return 2;
    }
    return lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
  }

  private static SqlException invalid(byte[] text, int at, int end) {
    StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
    int n = Math.min(leadLength(text[at] & 0xff), end - at);
    for (int i = 0; i < n; i++) {
      int b = text[at + i] & 0xff;
      message.append(" 0x").append(Character.forDigit(b >> 4, 16));
      message.append(Character.forDigit(b & 15, 16));
    }
    return new SqlException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message.toString());
  }

  /** Returns how many characters a range of valid text has. */
  public static int count(byte[] text, int start, int length) {
    int continuations = 0;
    for (int i = start; i < start + length; i++) {
      continuations += (text[i] & 0xc0) == 0x80 ? 1 : 0;
    }
    return length - continuations;
  }

  /** Returns the offset behind the first {@code characters} characters, at most {@code end}. */
  public static int offset(byte[] text, int start, int end, int characters) {
    int at = start;
    for (int i = 0; i < characters && at < end; i++) {
      at++;
      while (at < end && (text[at] & 0xc0) == 0x80) {
        at++;
      }
    }
    return at;
  }

  /** Returns the longest prefix, in bytes, of at most {@code bytesMax} that ends a character. */
  public static int clip(byte[] text, int start, int length, int bytesMax) {
    if (length <= bytesMax) {
      return length;
    }
    int n = bytesMax;
    while (n > 0 && (text[start + n] & 0xc0) == 0x80) {
      n--;
    }
    return n;
  }
}
