package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Selection;
import java.nio.charset.StandardCharsets;

/**
 * lower, upper and initcap: one character becomes one character, whatever the language. ASCII is
 * mapped in place in a copy of the bytes. Thread: any.
 */
final class CaseFunctions {
  private CaseFunctions() {}

  static void register(KernelTable t) {
    t.scalar("lower", (c, a, s, n, x) -> lower(Columns.bytes(a[0]), s, n));
    t.scalar("upper", (c, a, s, n, x) -> mapped(Columns.bytes(a[0]), false, s, n));
    t.row("initcap", (r, o) -> o.text(initialCapitals(r.text(0))));
  }

  /** Returns the texts in lower case. */
  static BytesColumn lower(BytesColumn texts, Selection rows, int size) {
    return mapped(texts, true, rows, size);
  }

  private static BytesColumn mapped(BytesColumn texts, boolean isLower, Selection rows, int size) {
    int n = rows.count();
    long total = 0;
    for (int i = 0; i < n; i++) {
      total += texts.lengths()[rows.position(i)];
    }
    byte[] heap = new byte[Math.toIntExact(total)];
    int[] starts = new int[size];
    int[] lengths = new int[size];
    int at = 0;
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int length = texts.lengths()[p];
      if (!mapAscii(texts.heap(), texts.starts()[p], length, heap, at, isLower)) {
        return mappedSlowly(texts, isLower, rows, size);
      }
      starts[p] = at;
      lengths[p] = length;
      at += length;
    }
    return new BytesColumn(heap, starts, lengths, null, size);
  }

  /** Maps a text that is all ASCII; returns false when it is not. */
  private static boolean mapAscii(
      byte[] from, int start, int length, byte[] to, int at, boolean isLower) {
    int first = isLower ? 'A' : 'a';
    int all = 0;
    for (int i = 0; i < length; i++) {
      int b = from[start + i];
      all |= b;
      int inRange = b - first;
      to[at + i] = (byte) (inRange >= 0 && inRange < 26 ? b ^ 0x20 : b);
    }
    return all >= 0;
  }

  private static BytesColumn mappedSlowly(
      BytesColumn texts, boolean isLower, Selection rows, int size) {
    byte[][] results = new byte[size][];
    long total = 0;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      results[p] = mapped(texts.string(p), isLower).getBytes(StandardCharsets.UTF_8);
      total += results[p].length;
    }
    byte[] heap = new byte[Math.toIntExact(total)];
    int[] starts = new int[size];
    int[] lengths = new int[size];
    int at = 0;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      System.arraycopy(results[p], 0, heap, at, results[p].length);
      starts[p] = at;
      lengths[p] = results[p].length;
      at += lengths[p];
    }
    return new BytesColumn(heap, starts, lengths, null, size);
  }

  private static String mapped(String text, boolean isLower) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> isLower ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String initialCapitals(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean isInWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      out.appendCodePoint(isInWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
      isInWord = Character.isLetterOrDigit(c);
    }
    return out.toString();
  }
}
