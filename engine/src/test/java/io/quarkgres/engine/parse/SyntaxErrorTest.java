package io.quarkgres.engine.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkgres.spi.error.SqlException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares errors with those recorded from PostgreSQL 15 in {@code errors.tsv}: state, position
 * (1-based, in characters; 0 for none), message, hint, statement.
 */
class SyntaxErrorTest {
  @TestFactory
  List<DynamicTest> errorsAreThoseOfPostgres() {
    return TestFiles.lines("errors.tsv").stream()
        .map(line -> line.split("\t", 5))
        .map(fields -> DynamicTest.dynamicTest(fields[4], () -> check(fields)))
        .toList();
  }

  private static void check(String[] fields) {
    String sql = fields[4];
    SqlException error = catchThrowableOfType(SqlException.class, () -> Parser.parse(sql));
    assertThat(error).as(sql).isNotNull();
    assertThat(error.state().code()).isEqualTo(fields[0]);
    int position = error.position() < 0 ? 0 : sql.codePointCount(0, error.position()) + 1;
    assertThat(error.getMessage() + " @" + position).isEqualTo(fields[2] + " @" + fields[1]);
    assertThat(error.hint() == null ? "" : error.hint()).isEqualTo(fields[3]);
  }
}
