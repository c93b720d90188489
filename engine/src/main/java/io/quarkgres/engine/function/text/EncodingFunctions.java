package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Characters as numbers, digests, and bytes as text. Thread: any. */
final class EncodingFunctions {
  private static final int LAST_CHARACTER = 0x10ffff;

  private EncodingFunctions() {}

  static void register(KernelTable t) {
    t.row("ascii", (r, o) -> o.int32(r.length(0) == 0 ? 0 : r.text(0).codePointAt(0)));
    t.row("chr", EncodingFunctions::character);
    t.row("to_hex32", (r, o) -> o.text(Integer.toHexString(r.int32(0))));
    t.row("to_hex64", (r, o) -> o.text(Long.toHexString(r.int64(0))));
    RowFunction md5 = (r, o) -> o.text(HexFormat.of().formatHex(digest("MD5", r)));
    t.row("md5_text", md5);
    t.row("md5_bytea", md5);
    for (String bits : new String[] {"224", "256", "384", "512"}) {
      t.row("sha" + bits + "_bytea", (r, o) -> o.bytes(digest("SHA-" + bits, r)));
    }
    t.row("binary_encode", EncodingFunctions::encode);
    t.row("binary_decode", EncodingFunctions::decode);
    ConversionFunctions.register(t);
    t.row(
        "to_ascii_default",
        (r, o) -> {
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "encoding conversion from UTF8 to ASCII not supported");
        });
    bits(t);
  }

  private static byte[] digest(String algorithm, Row r) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(r.heap(0), r.start(0), r.length(0));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void character(Row r, Out o) {
    int code = r.int32(0);
    if (code == 0) {
      throw new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
    }
    if (code < 0) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "character number must be positive");
    }
    if (code > LAST_CHARACTER) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "requested character too large for encoding: " + Integer.toUnsignedString(code));
    }
    if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "requested character not valid for encoding: " + code);
    }
    o.text(Character.toString(code));
  }

  private static void encode(Row r, Out o) {
    byte[] bytes = r.bytes(0);
    switch (format(r.text(1))) {
      case "hex" -> o.text(HexFormat.of().formatHex(bytes));
      case "base64" -> o.text(ByteTexts.base64(bytes));
      default -> o.bytes(ByteTexts.escaped(bytes));
    }
  }

  private static void decode(Row r, Out o) {
    switch (format(r.text(1))) {
      case "hex" -> o.bytes(ByteTexts.fromHex(r.heap(0), r.start(0), r.length(0)));
      case "base64" -> o.bytes(ByteTexts.fromBase64(r.heap(0), r.start(0), r.length(0)));
      default -> o.bytes(ByteTexts.fromEscaped(r.heap(0), r.start(0), r.length(0)));
    }
  }

  private static String format(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "hex", "base64", "escape" -> lower;
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "unrecognized encoding: \"" + name + "\"");
    };
  }

  private static void bits(KernelTable t) {
    t.row(
        "byteaGetByte",
        (r, o) -> o.int32(r.heap(0)[r.start(0) + index(r.int32(1), r.length(0))] & 0xff));
    t.row(
        "byteaSetByte",
        (r, o) -> {
          int i = index(r.int32(1), r.length(0));
          byte[] bytes = r.bytes(0);
          bytes[i] = (byte) r.int32(2);
          o.bytes(bytes);
        });
    t.row(
        "byteaGetBit",
        (r, o) -> {
          long i = index(r.int64(1), r.length(0) * 8L);
          o.int32(r.heap(0)[r.start(0) + (int) (i >> 3)] >> (i & 7) & 1);
        });
    t.row(
        "byteaSetBit",
        (r, o) -> {
          long i = index(r.int64(1), r.length(0) * 8L);
          if (r.int32(2) != 0 && r.int32(2) != 1) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
          }
          byte[] bytes = r.bytes(0);
          int mask = 1 << (i & 7);
          int b = bytes[(int) (i >> 3)];
          bytes[(int) (i >> 3)] = (byte) (r.int32(2) == 1 ? b | mask : b & ~mask);
          o.bytes(bytes);
        });
    t.row(
        "bytea_bit_count",
        (r, o) -> {
          long count = 0;
          for (byte b : r.bytes(0)) {
            count += Integer.bitCount(b & 0xff);
          }
          o.int64(count);
        });
  }

  private static int index(int i, int count) {
    return (int) index((long) i, (long) count);
  }

  private static long index(long i, long count) {
    if (i < 0 || i >= count) {
      throw new SqlException(
          SqlState.ARRAY_ELEMENT_ERROR, "index " + i + " out of valid range, 0.." + (count - 1));
    }
    return i;
  }
}
