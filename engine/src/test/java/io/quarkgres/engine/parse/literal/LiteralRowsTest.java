package io.quarkgres.engine.parse.literal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralRowsTest {
  @Test
  void readsRows() {
    LiteralRows rows =
        LiteralRows.of(
            "insert into s.\"T\" (a, b) Values (1, 'it''s'),( -2.50 ,NULL)\n, (true,'') RETURNING a;");
    assertThat(rows.head()).isEqualTo("insert into s.\"T\" (a, b) ");
    assertThat(rows.tail()).isEqualTo("RETURNING a");
    assertThat(rows.width()).isEqualTo(2);
    assertThat(rows.rows()).isEqualTo(3);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cells.add(rows.kind(i) + " " + rows.text(i));
    }
    assertThat(cells)
        .containsExactly(
            "INTEGER 1", "STRING it's", "NUMERIC -2.50", "NULL NULL", "TRUE true", "STRING ");
  }

  @Test
  void longIntegersAreNumeric() {
    LiteralRows rows =
        LiteralRows.of("INSERT INTO t VALUES (999999999999999999, 9999999999999999999)");
    assertThat(rows.kind(0)).isEqualTo(LiteralRows.Kind.INTEGER);
    assertThat(rows.kind(1)).isEqualTo(LiteralRows.Kind.NUMERIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t SELECT 1",
        "INSERT INTO t DEFAULT VALUES",
        "INSERT INTO my_values VALUES (1)",
        "INSERT INTO \"my VALUES (1)\" VALUES (1)",
        "WITH w AS (SELECT 1) INSERT INTO t VALUES (1)",
        "INSERT INTO t VALUES (1), (2, 3)",
        "INSERT INTO t VALUES (1, 2), (3)",
        "INSERT INTO t VALUES ()",
        "INSERT INTO t VALUES (1",
        "INSERT INTO t VALUES (1,)",
        "INSERT INTO t VALUES (1),",
        "INSERT INTO t VALUES (DEFAULT)",
        "INSERT INTO t VALUES (now())",
        "INSERT INTO t VALUES (1 + 1)",
        "INSERT INTO t VALUES (+1)",
        "INSERT INTO t VALUES (- 1)",
        "INSERT INTO t VALUES (1e5)",
        "INSERT INTO t VALUES (.5)",
        "INSERT INTO t VALUES (1a)",
        "INSERT INTO t VALUES (nullx)",
        "INSERT INTO t VALUES ('a'::text)",
        "INSERT INTO t VALUES ('a'\n'b')",
        "INSERT INTO t VALUES (E'a')",
        "INSERT INTO t VALUES ($1)",
        "INSERT INTO t VALUES ('a)",
        "INSERT INTO t VALUES (1) -- more",
        "INSERT INTO t VALUES (1 /* one */)",
        "INSERT INTO t VALUES (1); SELECT 2",
        "INSERT INTO t VALUES (1); ;",
        "INSERT INTO t VALUES (1) RETURNING 'x'"
      })
  void givesUpOnAnythingElse(String sql) {
    assertThat(LiteralRows.of(sql)).isNull();
  }
}
