package io.quarkgres.engine.function.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.function.WindowKernel;
import io.quarkgres.engine.function.WindowKernel.Partition;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results recorded from PostgreSQL for {@code OVER (ORDER BY v)} of 1, 2, 2, 3, 3, 3, 5, 8. */
class WindowFunctionsTest {
  private static final int[] VALUES = {1, 2, 2, 3, 3, 3, 5, 8};
  private static final KernelTable TABLE = new KernelTable();

  static {
    WindowFunctions.register(TABLE);
  }

  /** The default frame: from the partition's start to the last peer. */
  private static class Peers implements Partition {
    @Override
    public int rowCount() {
      return VALUES.length;
    }

    @Override
    public int peerStart(int row) {
      int start = row;
      while (start > 0 && VALUES[start - 1] == VALUES[row]) {
        start--;
      }
      return start;
    }

    @Override
    public int peerEnd(int row) {
      int end = row;
      while (end < VALUES.length && VALUES[end] == VALUES[row]) {
        end++;
      }
      return end;
    }

    @Override
    public int frameStart(int row) {
      return 0;
    }

    @Override
    public int frameEnd(int row) {
      return peerEnd(row);
    }

    @Override
    public boolean isExcluded(int row, int frameRow) {
      return false;
    }
  }

  /** The same with EXCLUDE GROUP. */
  private static final class Others extends Peers {
    @Override
    public boolean isExcluded(int row, int frameRow) {
      return VALUES[frameRow] == VALUES[row];
    }
  }

  private static Column constant(int value) {
    int[] values = new int[VALUES.length];
    Arrays.fill(values, value);
    return new IntColumn(values, null, values.length);
  }

  private static List<Object> run(String key, Partition partition, Column... more) {
    Column[] arguments = new Column[more.length + 1];
    arguments[0] = new IntColumn(VALUES, null, VALUES.length);
    System.arraycopy(more, 0, arguments, 1, more.length);
    boolean isFirstCount = key.equals("window_ntile");
    Column[] given = isFirstCount ? more : arguments;
    Column result = ((WindowKernel) TABLE.kernel(key)).evaluate(null, given, partition, null);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < result.count(); i++) {
      values.add(result.isNull(i) ? null : value(result, i));
    }
    return values;
  }

  private static Object value(Column column, int i) {
    return switch (column) {
      case IntColumn c -> c.values()[i];
      case LongColumn c -> (int) c.values()[i];
      case DoubleColumn c -> Math.round(c.values()[i] * 1e6) / 1e6;
      default -> throw new IllegalStateException(column.layout().name());
    };
  }

  @Test
  void ranks() {
    Peers peers = new Peers();
    assertThat(run("window_row_number", peers)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(run("window_rank", peers)).containsExactly(1, 2, 2, 4, 4, 4, 7, 8);
    assertThat(run("window_dense_rank", peers)).containsExactly(1, 2, 2, 3, 3, 3, 4, 5);
    assertThat(run("window_percent_rank", peers))
        .containsExactly(0.0, 0.142857, 0.142857, 0.428571, 0.428571, 0.428571, 0.857143, 1.0);
    assertThat(run("window_cume_dist", peers))
        .containsExactly(0.125, 0.375, 0.375, 0.75, 0.75, 0.75, 0.875, 1.0);
  }

  @Test
  void tiles() {
    assertThat(run("window_ntile", new Peers(), constant(3)))
        .containsExactly(1, 1, 1, 2, 2, 2, 3, 3);
    assertThat(run("window_ntile", new Peers(), constant(100)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThatThrownBy(() -> run("window_ntile", new Peers(), constant(0)))
        .isInstanceOf(SqlException.class)
        .hasMessage("argument of ntile must be greater than zero");
  }

  @Test
  void neighbours() {
    Peers peers = new Peers();
    assertThat(run("window_lag", peers)).containsExactly(null, 1, 2, 2, 3, 3, 3, 5);
    assertThat(run("window_lag_with_offset_and_default", peers, constant(2), constant(-9)))
        .containsExactly(-9, -9, 1, 2, 2, 3, 3, 3);
    assertThat(run("window_lead_with_offset_and_default", peers, constant(1), constant(-7)))
        .containsExactly(2, 2, 3, 3, 3, 5, 8, -7);
    assertThat(run("window_lag_with_offset", peers, constant(-1)))
        .isEqualTo(run("window_lead", peers));
  }

  @Test
  void valuesOfTheFrame() {
    Peers peers = new Peers();
    assertThat(run("window_first_value", peers)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(run("window_last_value", peers)).containsExactly(1, 2, 2, 3, 3, 3, 5, 8);
    assertThat(run("window_nth_value", peers, constant(2)))
        .containsExactly(null, 2, 2, 2, 2, 2, 2, 2);
    assertThat(run("window_last_value", new Others())).containsExactly(null, 1, 1, 2, 2, 2, 3, 5);
    assertThat(run("window_nth_value", new Others(), constant(2)))
        .containsExactly(null, null, null, 2, 2, 2, 2, 2);
  }
}
