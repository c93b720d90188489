package io.quarkgres.storage.memory.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames come back as they were written, or are known not to. */
class ColdFileTest {
  private final TestBytes disk = new TestBytes();
  private final ColdFile file = new ColdFile(() -> disk);

  /** Arrays of each type, of any length. */
  private record Arrays6(
      byte[] bytes, short[] shorts, int[] ints, long[] longs, float[] floats, double[] doubles)
      implements ColdFile.Content {
    static Arrays6 of(Random random, int n) {
      byte[] bytes = new byte[n];
      random.nextBytes(bytes);
      short[] shorts = new short[n];
      int[] ints = new int[n];
      long[] longs = new long[n];
      float[] floats = new float[n];
      double[] doubles = new double[n];
      for (int i = 0; i < n; i++) {
        shorts[i] = (short) random.nextInt();
        ints[i] = random.nextInt();
        longs[i] = random.nextLong();
        floats[i] = random.nextFloat();
        doubles[i] = random.nextDouble();
      }
      return new Arrays6(bytes, shorts, ints, longs, floats, doubles);
    }

    static Arrays6 load(FrameInput in) throws IOException {
      int n = in.getInt();
      return new Arrays6(
          in.getBytes(n),
          in.getShorts(n),
          in.getInts(n),
          in.getLongs(n),
          in.getFloats(n),
          in.getDoubles(n));
    }

    @Override
    public long savedBytes() {
      return 4 + 27L * bytes.length;
    }

    @Override
    public void save(FrameOutput out) throws IOException {
      int n = bytes.length;
      out.putInt(n);
      out.put(bytes, 0, n);
      out.put(shorts, 0, n);
      out.put(ints, 0, n);
      out.put(longs, 0, n);
      out.put(floats, 0, n);
      out.put(doubles, 0, n);
    }

    boolean isSame(Arrays6 other) {
      return Arrays.equals(bytes, other.bytes)
          && Arrays.equals(shorts, other.shorts)
          && Arrays.equals(ints, other.ints)
          && Arrays.equals(longs, other.longs)
          && Arrays.equals(floats, other.floats)
          && Arrays.equals(doubles, other.doubles);
    }
  }

  @Test
  void framesOfAllSizesComeBack() {
    Random random = new Random(7);
    int[] sizes = {0, 1, 7, 1024, 9707, 9708, 9709, 9710, 19_417, 50_000};
    ColdPlace[] places = new ColdPlace[sizes.length];
    Arrays6[] contents = new Arrays6[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      contents[i] = Arrays6.of(random, sizes[i]);
      places[i] = file.write(contents[i]);
    }
    for (int i = 0; i < sizes.length; i++) {
      assertThat(contents[i].isSame(file.read(places[i], Arrays6::load))).isTrue();
    }
    for (ColdPlace place : places) {
      file.free(place);
    }
    assertThat(file.size()).isZero();
  }

  @Test
  void aPlaceThatWasGivenBackIsNotMistaken() {
    Random random = new Random(8);
    ColdPlace old = file.write(Arrays6.of(random, 100));
    file.free(old);
    ColdPlace fresh = file.write(Arrays6.of(random, 100));
    assertThat(fresh.offset).isEqualTo(old.offset);
    assertThat(file.read(old, Arrays6::load)).isNull();
    assertThat(file.read(fresh, Arrays6::load)).isNotNull();
  }

  @Test
  void damageIsSeen() {
    ColdPlace place = file.write(Arrays6.of(new Random(9), 1000));
    disk.damage();
    assertThat(file.read(place, Arrays6::load)).isNull();
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    ColdPlace place = file.write(Arrays6.of(new Random(9), 1000));
    assertThat(file.read(place, FrameInput::getInt)).as("a loader that reads less").isNull();
    place.spoil();
    assertThatThrownBy(() -> file.read(place, Arrays6::load))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
  }

  @Test
  void errorsOfTheDiskAreTold() {
    ColdPlace place = file.write(Arrays6.of(new Random(9), 10));
    disk.writeError = "No space left on device";
    assertThatThrownBy(() -> file.write(Arrays6.of(new Random(9), 10)))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DISK_FULL));
    disk.writeError = "Input/output error";
    assertThatThrownBy(() -> file.write(Arrays6.of(new Random(9), 10)))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.IO_ERROR));
    disk.writeError = null;
    disk.readError = "Input/output error";
    assertThatThrownBy(() -> file.read(place, Arrays6::load))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.IO_ERROR));
    disk.readError = null;
    assertThat(file.read(place, Arrays6::load)).isNotNull();
  }

  @Test
  void theFileHasNoName(@TempDir Path folder) throws IOException {
    ColdFile real = new ColdFile(() -> TemporaryBytes.open(folder.resolve("made")));
    Arrays6 content = Arrays6.of(new Random(1), 100_000);
    Thread.currentThread().interrupt();
    ColdPlace place = real.write(content);
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(content.isSame(real.read(place, Arrays6::load))).isTrue();
    try (Stream<Path> files = Files.list(folder.resolve("made"))) {
      assertThat(files).isEmpty();
    }
    real.close();
  }
}
