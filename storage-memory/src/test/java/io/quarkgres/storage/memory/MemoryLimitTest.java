package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a heap data may take, both in megabytes. */
class MemoryLimitTest {
  @ParameterizedTest
  @CsvSource({"64, 16", "160, 64", "240, 144", "1000, 600", "8000, 4800"})
  void statementsKeepEnoughOfEachHeap(long heap, long data) {
    assertThat(MemoryLimit.mostBytes(heap << 20) >> 20).isCloseTo(data, within(1L));
  }
}
