package io.quarkgres.engine.parse.literal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.parse.Parser;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterPlacesTest {
  /** Each statement with the literals that a parameter could stand for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT 1 FROM t WHERE a = 2 LIMIT 3 OFFSET 4                        | 2",
        "SELECT a FROM t WHERE 2 < a AND (b = 'x' OR NOT c >= 1.5)           | 2 x 1.5",
        "SELECT a FROM t WHERE a = -2 AND b = - 3                            | -2 -3",
        "SELECT a FROM t WHERE a BETWEEN 1 AND 2 AND b IN (3, c, 4)          | 1 2 3 4",
        "SELECT a FROM t WHERE a + 1 = 2 AND 3 = 4 AND 5 * 6 < a             | 1 2",
        "SELECT a FROM t WHERE d = '2024-01-01'::date AND v = 'a'::varchar(2) | 2024-01-01",
        "SELECT a FROM t WHERE d > now() - interval '1 day'                  |",
        "SELECT a FROM t WHERE v LIKE 'x' AND v || 'y' = 'z' AND f(7) = 8    | z",
        "SELECT a FROM t WHERE f(a, 7) = 8                                   | 8",
        "SELECT a FROM t WHERE a = ANY ('{1}') AND CASE WHEN a = 1 THEN 2 END = 3 |",
        "SELECT a + 1 FROM t GROUP BY a + 1 HAVING a + 1 > 2 ORDER BY 1      |",
        "SELECT a FROM t JOIN u ON t.a = u.a + 1 WHERE EXISTS (SELECT 2 FROM v WHERE v.a = 3) | 1 3",
        "SELECT a FROM (SELECT a FROM t WHERE a = 1) q UNION SELECT 2 FROM t WHERE a = 3 | 1 3",
        "WITH w AS (SELECT 1 FROM t WHERE a = 2) SELECT * FROM w WHERE a = 3 | 2 3",
        "INSERT INTO t VALUES (1, 'a', -2, now(), 3 + 4, DEFAULT), (5, f(6), NULL, 7, 8, 9)"
            + " | 1 a -2 5 7 8 9",
        "INSERT INTO t SELECT 1, a FROM u WHERE a = 2                        | 2",
        "INSERT INTO t VALUES (1) ON CONFLICT (a) WHERE b = 2 DO UPDATE SET c = 3 WHERE t.a > 4"
            + " RETURNING 5 | 1 3 4",
        "UPDATE t SET a = 1, b = b + 2, c[3] = 4, d = f(5) WHERE a = 6 RETURNING 7 | 1 2 6",
        "DELETE FROM t USING u WHERE t.a = 1 RETURNING 2                     | 1",
        "VALUES (1, 2)                                                       |",
        "MERGE INTO t USING u ON t.a = 1 WHEN MATCHED THEN UPDATE SET a = 2  |"
      })
  void finds(String sql, String expected) {
    List<String> found =
        ParameterPlaces.of(Parser.parse(sql).getFirst().statement()).stream()
            .sorted(Comparator.comparingInt(Expression::position))
            .map(ParameterPlacesTest::text)
            .toList();
    List<String> wanted = expected == null ? List.of() : Arrays.asList(expected.split(" "));
    assertThat(found).containsExactlyElementsOf(wanted);
  }

  private static String text(Expression literal) {
    return literal instanceof Expression.StringConstant(String value, int _)
        ? value
        : ((Expression.NumericConstant) literal).text();
  }
}
