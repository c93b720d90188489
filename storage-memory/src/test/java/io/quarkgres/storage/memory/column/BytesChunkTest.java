package io.quarkgres.storage.memory.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Selection;
import org.junit.jupiter.api.Test;

/** A chunk's dictionary comes with the second scan, goes with the next write, and is right. */
class BytesChunkTest {
  private static final int ROWS = 128;

  private static int[] slots(int n) {
    int[] slots = new int[n];
    for (int i = 0; i < n; i++) {
      slots[i] = i;
    }
    return slots;
  }

  private static BytesChunk filled(int different) {
    BytesChunk chunk = new BytesChunk(ROWS);
    BytesBuilder values = new BytesBuilder(ROWS);
    for (int i = 0; i < ROWS; i++) {
      if (i % 30 == 29) {
        values.appendNull();
      } else {
        values.append("v" + i % different);
      }
    }
    chunk.write(slots(ROWS), 0, ROWS, values.build(), Selection.dense(ROWS), 0);
    return chunk;
  }

  private static void assertHolds(BytesColumn column, int different, int changed) {
    for (int p = 0; p < ROWS; p++) {
      if (p % 30 == 29) {
        assertThat(column.isNull(p)).isTrue();
        continue;
      }
      String expected = p == changed ? "changed" : "v" + p % different;
      assertThat(column.string(p)).isEqualTo(expected);
      if (column.dictionary() != null) {
        assertThat(column.dictionary().values().string(column.codes()[p] & 0xff))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void theSecondScanFindsADictionary() {
    BytesChunk chunk = filled(9);
    assertThat(((BytesColumn) chunk.share(ROWS)).dictionary()).isNull();
    BytesColumn second = (BytesColumn) chunk.share(ROWS);
    assertThat(second.dictionary()).isNotNull();
    assertHolds(second, 9, -1);
  }

  @Test
  void manyDifferentValuesHaveNone() {
    BytesChunk chunk = new BytesChunk(4 * ROWS);
    BytesBuilder values = new BytesBuilder(4 * ROWS);
    for (int i = 0; i < 4 * ROWS; i++) {
      values.append("v" + i);
    }
    chunk.write(slots(4 * ROWS), 0, 4 * ROWS, values.build(), Selection.dense(4 * ROWS), 0);
    chunk.share(4 * ROWS);
    assertThat(((BytesColumn) chunk.share(4 * ROWS)).dictionary()).isNull();
  }

  @Test
  void aWriteDropsItAndReadersKeepTheirs() {
    BytesChunk chunk = filled(9);
    chunk.share(ROWS);
    BytesColumn before = (BytesColumn) chunk.share(ROWS);
    chunk.view();
    BytesBuilder value = new BytesBuilder(1);
    value.append("changed");
    chunk.write(new int[] {5}, 0, 1, value.build(), Selection.dense(1), 0);
    assertHolds((BytesColumn) chunk.view(), 9, 5);
    assertHolds(before, 9, -1);
    assertHolds((BytesColumn) chunk.share(ROWS), 9, 5);
    BytesColumn again = (BytesColumn) chunk.share(ROWS);
    assertThat(again.dictionary()).isNotNull();
    assertHolds(again, 9, 5);
  }
}
