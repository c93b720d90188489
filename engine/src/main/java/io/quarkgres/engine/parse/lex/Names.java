package io.quarkgres.engine.parse.lex;

import java.nio.charset.StandardCharsets;

/** How identifiers are kept: in lower case, and no longer than PostgreSQL's names. Thread: any. */
final class Names {
  /** Identifiers and operators are no longer than this many bytes. */
  static final int BYTES_MAX = 63;

  private Names() {}

  /** Returns the word {@code sql[start, end)} in lower case. */
  static String folded(String sql, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = sql.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        StringBuilder folded = new StringBuilder(end - start).append(sql, start, end);
        for (int k = i - start; k < folded.length(); k++) {
          folded.setCharAt(k, Keyword.fold(folded.charAt(k)));
        }
        return folded.toString();
      }
    }
    return sql.substring(start, end);
  }

  /** Cuts a name to {@link #BYTES_MAX} bytes, between characters. */
  static String truncate(String name) {
    if (name.length() * 3 <= BYTES_MAX) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= BYTES_MAX) {
      return name;
    }
    int end = BYTES_MAX;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
