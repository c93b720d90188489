package io.quarkgres.storage.memory.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Space is never given out twice, and all of it comes back. */
class FreeSpaceTest {
  private record Taken(long offset, long bytes) {
    int from() {
      return Math.toIntExact(offset / FreeSpace.UNIT_BYTES);
    }

    int to() {
      return Math.toIntExact((offset + bytes + FreeSpace.UNIT_BYTES - 1) / FreeSpace.UNIT_BYTES);
    }
  }

  @Test
  void againstAMapOfUnits() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      FreeSpace space = new FreeSpace();
      BitSet units = new BitSet();
      List<Taken> all = new ArrayList<>();
      for (int step = 0; step < 2000; step++) {
        String where = "seed " + seed + " step " + step;
        if (all.isEmpty() || random.nextInt(5) < (step % 400 < 200 ? 3 : 2)) {
          long bytes = 1L + random.nextInt(20 * FreeSpace.UNIT_BYTES);
          Taken taken = new Taken(space.take(bytes), bytes);
          assertThat(taken.offset % FreeSpace.UNIT_BYTES).as(where).isZero();
          assertThat(units.get(taken.from(), taken.to()).isEmpty()).as(where).isTrue();
          units.set(taken.from(), taken.to());
          all.add(taken);
        } else {
          Taken taken = all.remove(random.nextInt(all.size()));
          space.free(taken.offset, taken.bytes);
          units.clear(taken.from(), taken.to());
        }
        assertThat(space.end()).as(where).isEqualTo((long) units.length() * FreeSpace.UNIT_BYTES);
      }
      all.forEach(taken -> space.free(taken.offset, taken.bytes));
      assertThat(space.end()).as("seed " + seed).isZero();
    }
  }

  @Test
  void theLeastGapThatIsLargeEnoughIsTaken() {
    FreeSpace space = new FreeSpace();
    long large = space.take(4096);
    space.take(1);
    long small = space.take(1024);
    space.take(1);
    space.free(large, 4096);
    space.free(small, 1024);
    assertThat(space.take(600)).isEqualTo(small);
    assertThat(space.take(2048)).isEqualTo(large);
    assertThat(space.take(2048)).isEqualTo(large + 2048);
  }
}
