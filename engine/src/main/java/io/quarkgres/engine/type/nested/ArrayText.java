package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * Writes arrays as text: {@code {1,NULL,"a b"}}, {@code [2:3]={1,2}}, nested braces. Thread: any.
 */
final class ArrayText {
  private ArrayText() {}

  static void print(ArrayValue array, SqlType element, ByteSink out, TypeContext context) {
    if (array.dims().length == 0) {
      out.putAscii("{}");
      return;
    }
    putBounds(array, out);
    putLevel(array, 0, 0, element, out, context);
  }

  private static void putBounds(ArrayValue array, ByteSink out) {
    boolean plain = true;
    for (int bound : array.lowerBounds()) {
      plain &= bound == 1;
    }
    if (plain) {
      return;
    }
    for (int i = 0; i < array.dims().length; i++) {
      out.put('[');
      Digits.put(array.lowerBounds()[i], out);
      out.put(':');
      Digits.put(array.upperBound(i), out);
      out.put(']');
    }
    out.put('=');
  }

  /** Writes one brace level and returns the index of the element behind it. */
  private static int putLevel(
      ArrayValue array, int level, int first, SqlType element, ByteSink out, TypeContext context) {
    int index = first;
    int delimiter = element.info().delimiter();
    out.put('{');
    for (int i = 0; i < array.dims()[level]; i++) {
      if (i > 0) {
        out.put(delimiter);
      }
      if (level + 1 < array.dims().length) {
        index = putLevel(array, level + 1, index, element, out, context);
      } else {
        putElement(array.elements(), index++, element, delimiter, out, context);
      }
    }
    out.put('}');
    return index;
  }

  private static void putElement(
      Column elements,
      int index,
      SqlType element,
      int delimiter,
      ByteSink out,
      TypeContext context) {
    if (elements.isNull(index)) {
      out.putAscii("NULL");
      return;
    }
    int start = out.size();
    element.print(elements, index, out, context);
    byte[] text = out.array();
    int length = out.size() - start;
    if (needsQuotes(text, start, length, delimiter)) {
      byte[] copy = Arrays.copyOfRange(text, start, start + length);
      out.truncate(start);
      putQuoted(copy, out);
    }
  }

  private static boolean needsQuotes(byte[] text, int start, int length, int delimiter) {
    if (length == 0 || Spaces.isWord(text, start, start + length, "null")) {
      return true;
    }
    for (int i = start; i < start + length; i++) {
      int b = text[i];
      if (b == '"' || b == '\\' || b == '{' || b == '}' || b == delimiter || Spaces.isSpace(b)) {
        return true;
      }
    }
    return false;
  }

  private static void putQuoted(byte[] text, ByteSink out) {
    out.put('"');
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        out.put('\\');
      }
      out.put(b);
    }
    out.put('"');
  }

  /** 22P02: the text is no array. */
  static SqlException malformed(byte[] text, int start, int length, String detail) {
    return new SqlException(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "malformed array literal: \"" + TypeErrors.string(text, start, length) + "\"",
        detail,
        null);
  }
}
