package io.quarkgres.wire;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of a message body; raises 08P01 where it ends early. Used by one thread. */
final class MessageReader {
  private final byte[] body;
  private int at;

  MessageReader(byte[] body) {
    this.body = body;
  }

  int readByte() {
    require(1);
    return body[at++];
  }

  int readShort() {
    require(2);
    int value = (body[at] & 0xff) << 8 | body[at + 1] & 0xff;
    at += 2;
    return (short) value;
  }

  /** Reads a count, which must not be negative. */
  int readCount() {
    int count = readShort() & 0xffff;
    return count;
  }

  int readInt() {
    require(4);
    int value = ByteBuffer.wrap(body, at, 4).getInt();
    at += 4;
    return value;
  }

  /** Reads bytes of a given length. */
  byte[] readBytes(int length) {
    if (length < 0) {
      throw insufficient();
    }
    require(length);
    byte[] value = Arrays.copyOfRange(body, at, at + length);
    at += length;
    return value;
  }

  /** Reads a string that ends with a zero byte. */
  String readString() {
    int end = at;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    if (end == body.length) {
      throw new SqlException(SqlState.PROTOCOL_VIOLATION, "invalid string in message");
    }
    String text = decode(body, at, end - at);
    at = end + 1;
    return text;
  }

  /** Raises 08P01 unless everything was read. */
  void requireEnd() {
    if (at != body.length) {
      throw new SqlException(SqlState.PROTOCOL_VIOLATION, "invalid message format");
    }
  }

  private void require(int length) {
    if (length > body.length - at) {
      throw insufficient();
    }
  }

  private static SqlException insufficient() {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
  }

  /** Decodes UTF-8; raises 22021 naming the first bad sequence, as PostgreSQL does. */
  static String decode(byte[] bytes, int start, int length) {
    if (isAscii(bytes, start, length)) {
      return length == 0 ? "" : new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalidUtf8(bytes, start, start + length);
    }
  }

  private static boolean isAscii(byte[] bytes, int start, int length) {
    int all = 0;
    for (int i = start; i < start + length; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  private static SqlException invalidUtf8(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      int length = sequenceLength(bytes[at]);
      if (at + length > end || !isValid(bytes, at, length)) {
        break;
      }
      at += length;
    }
    StringBuilder shown = new StringBuilder();
    int shownEnd = Math.min(end, at + sequenceLength(bytes[at]));
    for (int i = at; i < shownEnd; i++) {
      shown.append(i == at ? "0x" : " 0x").append(String.format("%02x", bytes[i] & 0xff));
    }
    return new SqlException(
        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
        "invalid byte sequence for encoding \"UTF8\": " + shown);
  }

  private static boolean isValid(byte[] bytes, int at, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static int sequenceLength(byte lead) {
    int b = lead & 0xff;
    return b < 0xc0 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf8 ? 4 : 1;
  }
}
