package io.quarkgres.engine.parse.lex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexerTest {
  private static List<String> kinds(String sql) {
    Tokens tokens = Lexer.tokenize(sql);
    List<String> kinds = new ArrayList<>();
    while (!tokens.at(TokenKind.END)) {
      Object value = tokens.valueAt(tokens.mark());
      kinds.add(value == null ? tokens.kind().name() : tokens.kind() + ":" + value);
      tokens.advance();
    }
    return kinds;
  }

  @Test
  void trailingSignsBelongToWhatFollows() {
    assertThat(kinds("a=-1")).containsExactly("IDENTIFIER:a", "EQUAL:=", "MINUS:-", "INTEGER:1");
    assertThat(kinds("a@-1")).containsExactly("IDENTIFIER:a", "OPERATOR:@-", "INTEGER:1");
    assertThat(kinds("a<->b")).containsExactly("IDENTIFIER:a", "OPERATOR:<->", "IDENTIFIER:b");
    assertThat(kinds("+-+")).containsExactly("PLUS:+", "MINUS:-", "PLUS:+");
  }

  @Test
  void commentsEndOperators() {
    assertThat(kinds("a+--x\n-b"))
        .containsExactly("IDENTIFIER:a", "PLUS:+", "MINUS:-", "IDENTIFIER:b");
    assertThat(kinds("a*/*x /*y*/ z*/b")).containsExactly("IDENTIFIER:a", "STAR:*", "IDENTIFIER:b");
  }

  @Test
  void comparisonsHaveKindsOfTheirOwn() {
    assertThat(kinds("< <= > >= = <> != => := :: .. ."))
        .containsExactly(
            "LESS:<",
            "LESS_EQUAL:<=",
            "GREATER:>",
            "GREATER_EQUAL:>=",
            "EQUAL:=",
            "NOT_EQUAL:<>",
            "NOT_EQUAL:<>",
            "ARROW",
            "COLON_EQUAL",
            "TYPE_CAST",
            "DOT_DOT",
            "DOT");
  }

  @Test
  void numbersMayBeginOrEndWithTheirPoint() {
    assertThat(kinds("1. .5 1..2 1.5e-3 2E5"))
        .containsExactly(
            "DECIMAL:1.",
            "DECIMAL:.5",
            "INTEGER:1",
            "DOT_DOT",
            "INTEGER:2",
            "DECIMAL:1.5e-3",
            "DECIMAL:2E5");
  }

  @Test
  void identifiersFoldAsciiAlone() {
    assertThat(kinds("AbC \"AbC\" ÄÖü a$1 _x"))
        .containsExactly(
            "IDENTIFIER:abc",
            "IDENTIFIER:AbC",
            "IDENTIFIER:ÄÖü",
            "IDENTIFIER:a$1",
            "IDENTIFIER:_x");
  }

  @Test
  void identifiersAreCutBetweenCharacters() {
    String longName = "x".repeat(62) + "äy";
    assertThat(kinds(longName)).containsExactly("IDENTIFIER:" + "x".repeat(62));
    assertThat(kinds('"' + "é".repeat(40) + '"')).containsExactly("IDENTIFIER:" + "é".repeat(31));
    assertThat(kinds("y".repeat(63))).containsExactly("IDENTIFIER:" + "y".repeat(63));
  }

  @Test
  void keywordsAreFoundInAnyCase() {
    for (Keyword keyword : Keyword.values()) {
      String name = keyword.name();
      assertThat(Keyword.find(name, 0, name.length())).isSameAs(keyword);
      assertThat(Keyword.find(keyword.word(), 0, name.length())).isSameAs(keyword);
      assertThat(name.length()).isLessThanOrEqualTo(Keyword.LENGTH_MAX);
    }
    assertThat(Keyword.find("selectx", 0, 7)).isNull();
    assertThat(Keyword.values()).hasSize(460);
  }

  @Test
  void stringsGoOnBehindLineBreaks() {
    assertThat(kinds("'a' \n 'b'\n--c\n'd'")).containsExactly("STRING:abd");
    assertThat(kinds("'a' 'b'")).containsExactly("STRING:a", "STRING:b");
    assertThat(kinds("'a' /* \n */ 'b'")).containsExactly("STRING:a", "STRING:b");
    assertThat(kinds("E'a\\n'\n'\\t'")).containsExactly("STRING:a\n\t");
  }

  @Test
  void backslashesAreSpecialOnlyInEscapeStrings() {
    assertThat(kinds("'a\\n'")).containsExactly("STRING:a\\n");
    assertThat(kinds("E'\\b\\f\\n\\r\\t\\\\\\'\\x41\\101\\q'"))
        .containsExactly("STRING:\b\f\n\r\t\\'AAq");
    assertThat(kinds("E'\\xc3\\xa4\\u00e4\\U0001F600\\ud83d\\ude00'"))
        .containsExactly("STRING:ää😀😀");
  }

  @Test
  void unicodeEscapesAreDecoded() {
    assertThat(kinds("U&'d\\0061t\\+01F600\\\\'")).containsExactly("STRING:dat😀\\");
    assertThat(kinds("U&'!0041' /* x */ UESCAPE '!'")).containsExactly("STRING:A");
    assertThat(kinds("U&\"\\0041b\" x")).containsExactly("IDENTIFIER:Ab", "IDENTIFIER:x");
    assertThat(kinds("U&'\\D83D\\DE00'")).containsExactly("STRING:😀");
    assertThat(kinds("u & 'x'")).containsExactly("IDENTIFIER:u", "OPERATOR:&", "STRING:x");
  }

  @Test
  void dollarQuotesEndAtTheirOwnTag() {
    assertThat(kinds("$$a'b$$")).containsExactly("STRING:a'b");
    assertThat(kinds("$a$x$$y$b$z$a$")).containsExactly("STRING:x$$y$b$z");
    assertThat(kinds("$1")).containsExactly("PARAMETER:1");
  }

  @Test
  void bitStringsKeepTheirDigits() {
    assertThat(kinds("B'01' x'1F' b''"))
        .containsExactly("BIT_STRING:01", "HEX_STRING:1F", "BIT_STRING:");
  }
}
