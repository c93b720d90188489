package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.parse.lex.ParseOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts by which drivers begin and end transactions: they are short enough to be parsed on an
 * event loop. Thread: any.
 */
final class TransactionWords {
  private static final int TEXT_MAX = 16;

  private static final Set<String> WORDS =
      Set.of("BEGIN", "begin", "COMMIT", "commit", "END", "end", "ROLLBACK", "rollback");

  /** The statements of the words, alone and with a semicolon. */
  private static final Map<String, List<ParsedStatement>> PARSED =
      WORDS.stream()
          .flatMap(word -> Stream.of(word, word + ";"))
          .collect(Collectors.toUnmodifiableMap(sql -> sql, TransactionWords::parse));

  private TransactionWords() {}

  private static List<ParsedStatement> parse(String sql) {
    return Parser.parse(sql, new ParseOptions(true, false, notice -> {}));
  }

  /** Returns the statement of a text that is one of them and nothing else, or {@code null}. */
  static List<ParsedStatement> parsed(String sql) {
    return PARSED.get(sql);
  }

  /** Tells whether a text is one of them. */
  static boolean isOne(String sql) {
    if (sql.length() > TEXT_MAX) {
      return false;
    }
    String word = sql.strip();
    return WORDS.contains(word.endsWith(";") ? word.substring(0, word.length() - 1) : word);
  }
}
