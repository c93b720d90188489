package io.quarkgres.spi.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many threads may build. */
class BuildProgressTest {
  @Test
  void oneThreadAtLeastAndNoMoreThanProcessors() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(new BuildProgress().threads()).isEqualTo(processors);
    assertThat(new BuildProgress(() -> {}, 0).threads()).isEqualTo(1);
    assertThat(new BuildProgress(() -> {}, 1).threads()).isEqualTo(1);
    assertThat(new BuildProgress(() -> {}, processors + 1).threads()).isEqualTo(processors);
  }
}
