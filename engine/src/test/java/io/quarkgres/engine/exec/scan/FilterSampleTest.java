package io.quarkgres.engine.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows that tell how much a filter drops stand for all, also where numbers recur. */
class FilterSampleTest {
  @ParameterizedTest
  @ValueSource(longs = {50_176, 51_200, 102_400, 1_024_000})
  void rowsThatRecurAreNotMetTooOften(long rows) {
    long[] sample = FilterSample.rows(rows);
    assertThat(sample).hasSize(128).isSorted().doesNotHaveDuplicates();
    assertThat(sample[0]).isNotNegative();
    assertThat(sample[127]).isLessThan(rows);
    for (int period : new int[] {5, 10, 100, 400, 1000}) {
      long met = Arrays.stream(sample).filter(row -> row % period == 0).count();
      assertThat(met).as("one of %s", period).isLessThan(128 / period + 16);
    }
  }

  @Test
  void allRowsOfAFewAreMet() {
    assertThat(FilterSample.rows(0)).isEmpty();
    assertThat(FilterSample.rows(3)).containsExactly(0, 1, 2);
  }
}
