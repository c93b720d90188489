package io.quarkgres.engine.parse.lex;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict decoding of bytes that string escapes gave. Thread: any. */
final class Utf8 {
  private Utf8() {}

  /** Decodes, or raises 22021 naming the first bytes that are not UTF-8. */
  static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(input, output, true);
    if (result.isError()) {
      int from = input.position();
      int length = Math.min(sequenceLength(bytes[from]), bytes.length - from);
      throw ParseErrors.invalidBytes(bytes, from, length);
    }
    return output.flip().toString();
  }

  private static int sequenceLength(byte first) {
    int lead = first & 0xFF;
    if (lead < 0xC0) {
      return 1;
    }
    if (lead < 0xE0) {
      return 2;
    }
    return lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
  }
}
