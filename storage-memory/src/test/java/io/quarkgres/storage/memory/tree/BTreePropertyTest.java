package io.quarkgres.storage.memory.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Trees of random keys against a sorted set. */
class BTreePropertyTest {
  private record Entry(byte[] key, long row) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = Arrays.compareUnsigned(key, other.key);
      return order != 0 ? order : Long.compare(row, other.row);
    }

    @Override
    public String toString() {
      return Arrays.toString(key) + "@" + row;
    }
  }

  private static byte[] randomKey(Random random, int style) {
    int length =
        switch (style) {
          case 0 -> random.nextInt(4);
          case 1 -> 9;
          case 2 -> 14 + random.nextInt(5);
          default -> random.nextInt(20);
        };
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = style == 1 ? (byte) random.nextInt(256) : (byte) (random.nextInt(3) - 1);
    }
    if (style == 2) {
      Arrays.fill(key, 0, 13, (byte) 7);
    }
    return key;
  }

  /** How many entries trees are loaded with: none, a leaf and one more, two levels, three. */
  private static final int[] LOADED = {0, 56, 57, 3192, 3193, 30_000};

  private static void load(BTree tree, TreeSet<Entry> model, Random random, int style, int n) {
    SortedEntries entries = new SortedEntries(0);
    for (int i = 0; i < n; i++) {
      Entry entry = new Entry(randomKey(random, style), i);
      model.add(entry);
      entries.add(PackedKey.of(entry.key()), entry.row(), false);
    }
    entries.sort(new Interruption());
    assertThat(entries.firstDuplicate()).isNegative();
    tree.load(entries);
    check(tree, model, random, style, "after loading " + n);
  }

  @Test
  void findsTheFirstDuplicate() {
    SortedEntries entries = new SortedEntries(0);
    int[] values = {5, 3, 5, 1, 3, 1};
    for (int i = 0; i < values.length; i++) {
      entries.add(PackedKey.of(key(values[i])), i, values[i] != 1);
    }
    entries.sort(new Interruption());
    int at = entries.firstDuplicate();
    assertThat(entries.row(at - 1)).isEqualTo(1);
    assertThat(entries.row(at)).isEqualTo(4);
  }

  @Test
  void agreesWithASortedSet() {
    for (long seed = 1; seed <= 12; seed++) {
      Random random = new Random(seed);
      int style = (int) seed % 4;
      BTree tree = new BTree();
      TreeSet<Entry> model = new TreeSet<>();
      load(tree, model, random, style, LOADED[(int) seed % LOADED.length]);
      for (int step = 0; step < 30_000; step++) {
        boolean grow = step / 5000 % 2 == 0 ? random.nextInt(10) < 7 : random.nextInt(10) < 3;
        if (grow || model.isEmpty()) {
          Entry entry = new Entry(randomKey(random, style), random.nextInt(50));
          tree.insert(PackedKey.of(entry.key()), entry.row());
          model.add(entry);
        } else {
          Entry probe = new Entry(randomKey(random, style), random.nextInt(50));
          Entry victim = model.ceiling(probe);
          victim = victim == null ? model.first() : victim;
          assertThat(tree.remove(PackedKey.of(victim.key()), victim.row()))
              .as("seed %d step %d", seed, step)
              .isTrue();
          model.remove(victim);
        }
        if (step % 997 == 0) {
          check(tree, model, random, style, "seed " + seed + " step " + step);
        }
      }
      for (Entry entry : List.copyOf(model)) {
        assertThat(tree.remove(PackedKey.of(entry.key()), entry.row())).isTrue();
      }
      assertThat(tree.entryCount()).isZero();
      assertThat(tree.memoryBytes()).isLessThan(2000);
    }
  }

  private static void check(
      BTree tree, TreeSet<Entry> model, Random random, int style, String where) {
    byte[] from = random.nextInt(4) == 0 ? null : randomKey(random, style);
    byte[] to = random.nextInt(4) == 0 ? null : randomKey(random, style);
    KeyRange range = new KeyRange(from, to);
    List<String> expected = new ArrayList<>();
    for (Entry entry : model) {
      if (range.contains(entry.key())) {
        expected.add(entry.toString());
      }
    }
    List<String> forward = read(tree, range, false);
    List<String> backward = read(tree, range, true);
    Collections.reverse(backward);
    assertThat(forward).as(where).isEqualTo(expected);
    assertThat(backward).as(where).isEqualTo(expected);
    assertThat(tree.entryCount()).as(where).isEqualTo(model.size());
  }

  private static List<String> read(BTree tree, KeyRange range, boolean backward) {
    List<String> result = new ArrayList<>();
    TreeCursor cursor = tree.cursor(range, backward);
    while (cursor.advance()) {
      for (int i = 0; i < cursor.count(); i++) {
        result.add(new Entry(cursor.key(i).encoded(), cursor.rows()[i]).toString());
      }
    }
    return result;
  }

  /** Readers find all even keys, each once and in order, while odd ones come and go. */
  @Test
  void readersSeeWhatStaysWhileWritersWork() throws InterruptedException {
    BTree tree = new BTree();
    int stay = 4000;
    for (int i = 0; i < stay; i++) {
      tree.insert(PackedKey.of(key(2 * i)), 2L * i);
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(3);
              while (!stop.get()) {
                int odd = 2 * random.nextInt(stay) + 1;
                tree.insert(PackedKey.of(key(odd)), odd);
                int other = 2 * random.nextInt(stay) + 1;
                tree.remove(PackedKey.of(key(other)), other);
              }
            });
    for (int round = 0; round < 150; round++) {
      boolean backward = round % 2 == 1;
      TreeCursor cursor = tree.cursor(KeyRange.ALL, backward);
      List<Long> even = new ArrayList<>();
      while (cursor.advance()) {
        for (int i = 0; i < cursor.count(); i++) {
          if (cursor.rows()[i] % 2 == 0) {
            even.add(cursor.rows()[i]);
          }
        }
      }
      if (backward) {
        Collections.reverse(even);
      }
      assertThat(even).hasSize(stay).isSorted().doesNotHaveDuplicates();
    }
    stop.set(true);
    writer.join();
  }

  private static byte[] key(int value) {
    return new byte[] {
      0, (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }
}
