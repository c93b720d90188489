package io.quarkgres.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which line the error of a COPY names, whatever refuses the row and however many there are. */
class CopyErrorLineTest {
  private static final int ROWS = 3000;

  private final LocalEngine engine =
      new LocalEngine(
          new MemoryStorageProvider().open(Map.of()), Clock.SYSTEM, Map.of("port", "5432"));
  private final ClientSession session =
      (ClientSession) engine.open(Map.of("user", "postgres", "database", "postgres"));

  @TempDir private Path directory;

  @BeforeEach
  void makeTable() {
    query(
        "CREATE TABLE t (id int PRIMARY KEY, s varchar(5) NOT NULL, d int CHECK (d > 0),"
            + " r int GENERATED ALWAYS AS (10 / (d - 7)) STORED)");
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  private List<String> query(String sql) {
    FirstColumn rows = new FirstColumn();
    session.simpleQuery(sql, rows);
    return rows.found();
  }

  private void copy(int bad, String row) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= ROWS; i++) {
      lines.add(i == bad ? row : i + ",ok,1");
    }
    Path file = Files.write(directory.resolve("rows.csv"), lines);
    query("COPY t FROM '" + file + "' (FORMAT csv)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 0,toolong,1 | 22001",
        "1500 | 0,,1 | 23502",
        "2048 | 0,ok,0 | 23514",
        "2049 | 17,ok,1 | 23505",
        "3000 | 0,ok,7 | 22012",
        "1024 | x,ok,1 | 22P02"
      })
  void theLineIsThatOfTheRow(int line, String row, String state) {
    assertThatThrownBy(() -> copy(line, row))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state().code()).isEqualTo(state);
              assertThat(e.context()).startsWith("COPY t, line " + line);
            });
    assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
  }

  @Test
  void whatIsRightIsCopied() throws IOException {
    copy(0, "");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("3000");
  }
}
