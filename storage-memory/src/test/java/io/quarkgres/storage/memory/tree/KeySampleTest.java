package io.quarkgres.storage.memory.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of different keys of a tree, counted and guessed. */
class KeySampleTest {
  private static BTree tree(int entries, int keys, int keyBytes) {
    BTree tree = new BTree();
    Random random = new Random(7);
    for (int row = 0; row < entries; row++) {
      int number = row < keys ? row : random.nextInt(keys);
      byte[] key = ByteBuffer.allocate(keyBytes).putInt(keyBytes - 4, number).array();
      tree.insert(PackedKey.of(key), row);
    }
    return tree;
  }

  @Test
  void nothing() {
    assertThat(new BTree().distinctKeys()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50, 63})
  void fewAreCounted(int keys) {
    assertThat(tree(20_000, keys, 4).distinctKeys()).isEqualTo(keys);
    assertThat(tree(20_000, keys, 24).distinctKeys()).isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 5_000, 40_000})
  void manyAreGuessed(int keys) {
    assertThat(tree(40_000, keys, 4).distinctKeys()).isBetween(keys / 2L, keys * 2L);
  }
}
