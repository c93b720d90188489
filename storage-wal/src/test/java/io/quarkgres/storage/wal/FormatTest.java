package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Directories of other formats. That of format 3, in the resources, was made by the server of that
 * format: a table of 1,100 rows with a file of its own and one of 3 rows without, a checkpoint, a
 * transaction that updates, deletes and inserts, and then a kill.
 */
class FormatTest {
  private static final long LARGE = 1;
  private static final long SMALL = 2;

  @TempDir Path data;

  private void copyOld() throws IOException, URISyntaxException {
    Path old = Path.of(FormatTest.class.getResource("format3").toURI());
    try (Stream<Path> files = Files.list(old)) {
      for (Path file : files.toList()) {
        Files.copy(file, data.resolve(file.getFileName().toString()));
      }
    }
  }

  private WalStorage open() {
    return WalStorage.open(DiskFiles.open(data, false), WalContract.FILES);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String format() throws IOException {
    return Files.readString(data.resolve(DataDirectory.FORMAT));
  }

  /** Says of all files that they are of a format, which may have had the same bytes otherwise. */
  private void relabel(int version) throws IOException {
    Files.writeString(
        data.resolve(DataDirectory.FORMAT), "quarkgres data, format " + version + "\n");
    for (String name : names()) {
      if (DataDirectory.numbers(name).length == 0) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(data.resolve(name));
      ByteBuffer all = ByteBuffer.wrap(bytes);
      byte[] header = new byte[DataDirectory.HEADER_PAYLOAD];
      all.get(Frames.HEADER_BYTES, header);
      header[5] = (byte) version;
      all.put(0, Frames.encode(header, header.length, all.getLong(8)), 0, 32);
      Files.write(data.resolve(name), bytes);
    }
  }

  private void requireRows(WalStorage storage) {
    List<String> large = WalContract.rows(new Ledger(storage.table(LARGE)), storage);
    assertThat(large).hasSize(1100).contains("4|0|null", "5|55|null", "2000|0|new");
    assertThat(large).noneMatch(row -> row.startsWith("6|"));
    assertThat(WalContract.rows(new Ledger(storage.table(SMALL)), storage))
        .containsExactly("0|0|small 0", "1|10|changed", "2|20|small 2");
    assertThat(storage.metadata()).containsOnlyKeys("key");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anOlderFormatIsReadAndBecomesThisOne(int version) throws Exception {
    copyOld();
    relabel(version);
    assertThat(names()).anyMatch(name -> name.endsWith(DataDirectory.ROWS));
    List<String> report = new ArrayList<>();
    assertThat(DataCheck.run(data, report::add)).as("%s", report).isTrue();
    WalStorage killed = open();
    requireRows(killed);
    assertThat(format()).isEqualTo("quarkgres data, format 4\n");
    Transaction t = killed.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    t.put("key", new byte[] {2});
    t.commit();
    killed.checkpoint();
    requireRows(killed);
    assertThat(names().stream().filter(name -> name.endsWith(DataDirectory.ROWS)))
        .as("files of today only")
        .isNotEmpty()
        .allMatch(name -> DataDirectory.numbers(name).length == 4);
    killed.close();
    assertThat(DataCheck.run(data, report::add)).as("%s", report).isTrue();
    try (WalStorage again = open()) {
      requireRows(again);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void otherFormatsAreRefused(int version) throws Exception {
    copyOld();
    relabel(version);
    List<String> before = names();
    assertThatThrownBy(this::open)
        .isInstanceOf(SqlException.class)
        .hasMessageContaining(
            "was made by another version: it says \"quarkgres data, format %d\", this server reads"
                + " formats 2 to 4",
            version);
    assertThat(names()).containsAll(before);
  }

  @Test
  void aFileOfANewerFormatIsDamage() throws Exception {
    copyOld();
    relabel(5);
    Files.writeString(data.resolve(DataDirectory.FORMAT), "quarkgres data, format 4\n");
    assertThatThrownBy(this::open).hasMessageContaining("does not begin as such a file does");
  }
}
