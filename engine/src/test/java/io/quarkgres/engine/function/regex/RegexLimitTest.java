package io.quarkgres.engine.function.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import org.junit.jupiter.api.Test;

class RegexLimitTest {
  private final Interruption interruption = new Interruption();

  private boolean matches(String pattern, String text) {
    Regex.Matcher matcher = Regex.of(pattern, RegexOptions.NONE).matcher(interruption);
    int[] points = text.codePoints().toArray();
    matcher.setText(points, points.length);
    return matcher.matches();
  }

  @Test
  void nestedRepetitionsTakeNoExponentialTime() {
    assertThat(matches("(a+)+b", "a".repeat(5_000))).isFalse();
    assertThat(matches("(a|aa)+$", "a".repeat(5_000) + "b")).isFalse();
    assertThat(matches("(x+x+)+y", "x".repeat(2_000))).isFalse();
  }

  @Test
  void aStatementThatIsToldToStopStopsMatching() {
    interruption.interrupt(
        new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request"));
    assertThatThrownBy(() -> matches("(a+)+b", "a".repeat(100_000)))
        .isInstanceOf(SqlException.class)
        .hasMessage("canceling statement due to user request");
  }

  @Test
  void tooManyStatesAreRefused() {
    assertThatThrownBy(() -> Regex.of("((a{255}){255}){255}", RegexOptions.NONE))
        .isInstanceOf(SqlException.class)
        .hasMessage("invalid regular expression: regular expression is too complex");
    assertThatThrownBy(() -> Regex.of("(".repeat(20_000), RegexOptions.NONE))
        .isInstanceOf(SqlException.class)
        .hasMessage("invalid regular expression: regular expression is too complex");
  }
}
