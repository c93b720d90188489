package io.quarkgres.engine.session;

import java.util.Set;

/**
 * The texts by which drivers begin and end transactions: they are short enough to be parsed on an
 * event loop. Thread: any.
 */
final class TransactionWords {
  private static final int TEXT_MAX = 16;

  private static final Set<String> WORDS =
      Set.of("BEGIN", "begin", "COMMIT", "commit", "END", "end", "ROLLBACK", "rollback");

  private TransactionWords() {}

  /** Tells whether a text is one of them. */
  static boolean isOne(String sql) {
    if (sql.length() > TEXT_MAX) {
      return false;
    }
    String word = sql.strip();
    return WORDS.contains(word.endsWith(";") ? word.substring(0, word.length() - 1) : word);
  }
}
