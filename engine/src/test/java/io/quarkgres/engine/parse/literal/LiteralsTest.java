package io.quarkgres.engine.parse.literal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
  private static List<String> of(String sql) {
    Literals literals = Literals.of(sql);
    List<String> result = new ArrayList<>();
    for (int i = 0; i < literals.count(); i++) {
      result.add(literals.kind(i) + " " + literals.text(i));
    }
    return result;
  }

  @Test
  void tellsKindsByValue() {
    assertThat(of("SELECT 1, 2147483647, 2147483649, 1.5, .5, 1., 'a', 999999999999999999"))
        .containsExactly(
            "INT4 1",
            "INT4 2147483647",
            "INT8 2147483649",
            "NUMERIC 1.5",
            "NUMERIC .5",
            "NUMERIC 1.",
            "STRING a",
            "INT8 999999999999999999");
  }

  @Test
  void readsStringsAndNames() {
    assertThat(of("SELECT a1, \"b'2\", 'it''s', '', 'ü' FROM t2 WHERE x='y'and z=3"))
        .containsExactly("STRING it's", "STRING ", "STRING ü", "STRING y", "INT4 3");
  }

  @Test
  void sameShapeForOtherValuesOfTheSameKind() {
    String shape = Literals.of("SELECT a FROM t WHERE b = 1 AND c = 'x'").shape();
    assertThat(Literals.of("SELECT a FROM t WHERE b = 22 AND c = ';--'; ").shape())
        .isEqualTo(shape);
    assertThat(Literals.of("SELECT a FROM t WHERE b = 5000000000 AND c = 'x'").shape())
        .isNotEqualTo(shape);
    assertThat(Literals.of("SELECT a FROM t WHERE b = '1' AND c = 'x'").shape())
        .isNotEqualTo(shape);
    assertThat(Literals.of("SELECT a FROM t  WHERE b = 1 AND c = 'x'").shape()).isNotEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BEGIN",
        "SELECT 1; SELECT 2",
        "SELECT 1 -- x",
        "SELECT /* x */ 1",
        "SELECT E'a'",
        "SELECT B'1'",
        "SELECT x'1f'",
        "SELECT N'a'",
        "SELECT U&'a'",
        "SELECT U&\"a\"",
        "SELECT $1",
        "SELECT $$a$$",
        "SELECT 'a'\n'b'",
        "SELECT 'a",
        "SELECT \"a",
        "SELECT 1e5",
        "SELECT 1a",
        "SELECT 1..2",
        "SELECT 2147483648",
        "SELECT 9223372036854775807",
        "SELECT 1\u0001",
        "SELECT 1\u0000",
        "SELECT "
            + "a_very_long_name_that_is_cut_to_sixty_three_bytes_when_the_text_is_read_at_all = 1"
      })
  void givesUpOnWhatIsDoubtful(String sql) {
    assertThat(Literals.of(sql)).isNull();
  }

  @Test
  void givesUpOnLongTexts() {
    assertThat(Literals.of("SELECT '" + "x".repeat(Literals.TEXT_MAX) + "'")).isNull();
    assertThat(Literals.of("SELECT " + "1,".repeat(1_000) + "1")).isNull();
  }
}
