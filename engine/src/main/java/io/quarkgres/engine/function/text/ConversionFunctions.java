package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts in other encodings. Those of one byte a character are built. Thread: any. */
final class ConversionFunctions {
  private static final char UNKNOWN = '\ufffd';

  private ConversionFunctions() {}

  static void register(KernelTable t) {
    t.row("pg_convert_to", ConversionFunctions::to);
    t.row("pg_convert_from", ConversionFunctions::from);
    t.row("length_in_encoding", ConversionFunctions::length);
  }

  private static SqlException unknownName(String what, String name) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "invalid " + what + "encoding name \"" + name + "\"");
  }

  private static SqlException notBuilt(Encodings encoding) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "conversion of encoding " + encoding.name() + " is not supported yet");
  }

  private static String hex(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> "0x" + HexFormat.of().toHexDigits(bytes[i]))
        .collect(Collectors.joining(" "));
  }

  private static SqlException noEquivalent(byte[] bytes, String from, String to) {
    return new SqlException(
        SqlState.UNTRANSLATABLE_CHARACTER,
        "character with byte sequence "
            + hex(bytes)
            + " in encoding \""
            + from
            + "\" has no equivalent in encoding \""
            + to
            + "\"");
  }

  private static void to(Row r, Out o) {
    Encodings encoding = Encodings.of(r.text(1));
    if (encoding == null) {
      throw unknownName("destination ", r.text(1));
    }
    if (encoding.isUtf8()) {
      o.bytes(r.heap(0), r.start(0), r.length(0));
      return;
    }
    if (encoding.charset() == null) {
      throw notBuilt(encoding);
    }
    String text = r.text(0);
    try {
      ByteBuffer bytes = encoding.charset().newEncoder().encode(CharBuffer.wrap(text));
      o.bytes(bytes.array(), bytes.position(), bytes.remaining());
    } catch (CharacterCodingException e) {
      String first =
          text.codePoints()
              .mapToObj(Character::toString)
              .filter(c -> !encoding.charset().newEncoder().canEncode(c))
              .findFirst()
              .orElse(text);
      throw noEquivalent(first.getBytes(StandardCharsets.UTF_8), "UTF8", encoding.name());
    }
  }

  private static void from(Row r, Out o) {
    Encodings encoding = Encodings.of(r.text(1));
    if (encoding == null) {
      throw unknownName("source ", r.text(1));
    }
    if (encoding.isUtf8()) {
      Utf8.validate(r.heap(0), r.start(0), r.length(0));
      o.bytes(r.heap(0), r.start(0), r.length(0));
      return;
    }
    if (encoding.charset() == null) {
      throw notBuilt(encoding);
    }
    byte[] bytes = r.bytes(0);
    checkNoZero(bytes, encoding);
    String text = new String(bytes, encoding.charset());
    int unknown = text.indexOf(UNKNOWN);
    if (unknown >= 0) {
      throw noEquivalent(new byte[] {bytes[unknown]}, encoding.name(), "UTF8");
    }
    o.text(text);
  }

  private static void checkNoZero(byte[] bytes, Encodings encoding) {
    for (byte b : bytes) {
      if (b == 0) {
        throw new SqlException(
            SqlState.CHARACTER_NOT_IN_REPERTOIRE,
            "invalid byte sequence for encoding \"" + encoding.name() + "\": 0x00");
      }
    }
  }

  /** Returns how many characters the bytes are in an encoding. */
  private static void length(Row r, Out o) {
    Encodings encoding = Encodings.of(r.text(1));
    if (encoding == null) {
      throw unknownName("", r.text(1));
    }
    if (encoding == Encodings.UTF8) {
      Utf8.validate(r.heap(0), r.start(0), r.length(0));
      o.int32(r.text(0).codePointCount(0, r.text(0).length()));
    } else if (encoding.isUtf8()) {
      o.int32(r.length(0));
    } else if (encoding.charset() == null) {
      throw notBuilt(encoding);
    } else {
      checkNoZero(r.bytes(0), encoding);
      o.int32(r.length(0));
    }
  }
}
