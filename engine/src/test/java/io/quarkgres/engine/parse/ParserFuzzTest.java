package io.quarkgres.engine.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.error.SqlException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutated SQL gives trees or an {@link SqlException} with a place in the text, nothing else. */
class ParserFuzzTest {
  private static final int ROUNDS = 30_000;
  private static final String[] PIECES = {
    "'",
    "\"",
    "$$",
    "$1",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    ".",
    "..",
    ":",
    "::",
    ":=",
    "=>",
    "*",
    "+",
    "-",
    "--",
    "/*",
    "*/",
    "\\",
    "E'\\",
    "U&'",
    "U&\"\\",
    "UESCAPE",
    "B'",
    "1e",
    "0x",
    "\n",
    "\u00e4",
    "\ud83d\ude00",
    "\ud83d",
    "SELECT",
    "FROM",
    "WHERE",
    "NOT",
    "IS",
    "IN",
    "LIKE",
    "AS",
    "WITH",
    "JOIN",
    "ON",
    "OVER",
    "(SELECT 1)",
    "VALUES (1)",
    "CASE",
    "END",
    "ARRAY[",
    "INTERVAL",
    "TABLE"
  };

  @Test
  void mutatedStatementsNeverBreakTheParser() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> corpus = TestFiles.lines("statements.sql");
    for (int round = 0; round < ROUNDS; round++) {
      String sql = mutate(corpus.get(random.nextInt(corpus.size())), corpus, random);
      check(sql, seed);
    }
  }

  private static String mutate(String sql, List<String> corpus, Random random) {
    StringBuilder text = new StringBuilder(sql);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.insert(at, " " + PIECES[random.nextInt(PIECES.length)] + " ");
        case 3 -> text.replace(at, end, slice(corpus, random));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private static String slice(List<String> corpus, Random random) {
    String other = corpus.get(random.nextInt(corpus.size()));
    int from = random.nextInt(other.length());
    return other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(20)));
  }

  private static void check(String sql, long seed) {
    try {
      for (ParsedStatement statement : Parser.parse(sql)) {
        assertThat(statement.text()).isNotEmpty();
      }
    } catch (SqlException e) {
      assertThat(e.position()).as("seed %d, %s", seed, sql).isBetween(-1, sql.length());
      assertThat(e.state().code()).as("seed %d, %s", seed, sql).isNotEqualTo("XX000");
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ", sql: " + sql, e);
    }
  }
}
