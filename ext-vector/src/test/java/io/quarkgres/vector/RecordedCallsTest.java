package io.quarkgres.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text forms, binary forms, functions and aggregates as a real pgvector answers them. */
class RecordedCallsTest {
  static Stream<RecordedCalls.Recorded> texts() {
    return RecordedCalls.read("texts.calls");
  }

  static Stream<RecordedCalls.Recorded> functions() {
    return RecordedCalls.read("functions.calls");
  }

  static Stream<RecordedCalls.Recorded> aggregates() {
    return RecordedCalls.read("aggregates.calls");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsAndPrints(RecordedCalls.Recorded recorded) {
    check(recorded, RecordedCalls::text);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void computes(RecordedCalls.Recorded recorded) {
    check(recorded, RecordedCalls::function);
  }

  @ParameterizedTest
  @MethodSource("aggregates")
  void aggregates(RecordedCalls.Recorded recorded) {
    check(recorded, RecordedCalls::aggregate);
  }

  private static void check(RecordedCalls.Recorded recorded, UnaryOperator<String> answer) {
    assertThat(answer.apply(recorded.line())).isEqualTo(recorded.answer());
  }
}
