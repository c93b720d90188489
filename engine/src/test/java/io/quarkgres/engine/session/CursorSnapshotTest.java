package io.quarkgres.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.store.Storage;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor's snapshot keeps old versions of rows, and lets them go with the cursor. */
class CursorSnapshotTest {
  private final Storage storage = new MemoryStorageProvider().open(Map.of());
  private final LocalEngine engine = new LocalEngine(storage, Clock.SYSTEM, Map.of("port", "5432"));
  private final Session session = engine.open(Map.of("user", "postgres", "database", "postgres"));
  private final Session writer = engine.open(Map.of("user", "postgres", "database", "postgres"));

  @BeforeEach
  void makeTable() {
    run(session, "CREATE TABLE t (n int); INSERT INTO t VALUES (0)");
    updateOften();
  }

  @AfterEach
  void close() {
    session.close();
    writer.close();
    engine.close();
  }

  private static void run(Session session, String sql) {
    session.simpleQuery(sql, new FirstColumn());
  }

  private void updateOften() {
    for (int i = 0; i < 100; i++) {
      run(writer, "UPDATE t SET n = n + 1");
    }
  }

  @Test
  void anOpenCursorKeepsVersions() {
    run(session, "BEGIN; DECLARE c CURSOR FOR SELECT n FROM t");
    updateOften();
    assertThat(storage.statistics().undoRecords()).isGreaterThanOrEqualTo(100);
    FirstColumn rows = new FirstColumn();
    session.simpleQuery("FETCH c", rows);
    assertThat(rows.found()).containsExactly("100");
    run(session, "COMMIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK", "COMMIT", "CLOSE c; COMMIT", "FETCH c; ROLLBACK"})
  void aCursorThatIsGoneKeepsNone(String end) {
    run(session, "BEGIN; DECLARE c CURSOR FOR SELECT n FROM t; " + end);
    updateOften();
    assertThat(storage.statistics().undoRecords()).isLessThan(100);
  }
}
