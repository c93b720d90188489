package io.quarkgres.engine.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedCallsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "numbers.calls",
        "aggregates.aggregates",
        "sets.calls",
        "text.calls",
        "regex.calls",
        "json.calls",
        "array.calls",
        "time.calls",
        "template.calls",
        "bits.calls"
      })
  void answersAreThoseOfPostgres(String resource) {
    assertThat(RecordedCalls.differences(resource)).isEmpty();
  }
}
