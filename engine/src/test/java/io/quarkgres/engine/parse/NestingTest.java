package io.quarkgres.engine.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nesting ends with an error long before a small stack does; chains have no limit. */
class NestingTest {
  private static final int STACK_BYTES = 512 * 1024;
  private static final int LEVELS = 10_000;
  private static final int LINKS = 5_000;

  @TestFactory
  List<DynamicTest> deepNestingIsRefused() {
    return List.of(
            "(",
            "(1 + ",
            "NOT ",
            "- ",
            "@ ",
            "CASE WHEN ",
            "CASE a WHEN 1 THEN ",
            "f(",
            "f(a, b => ",
            "s.f(DISTINCT ",
            "coalesce(1, ",
            "trim(both from ",
            "extract(day from ",
            "cast(",
            "ROW(",
            "(1, ",
            "(SELECT ",
            "EXISTS (SELECT 1 WHERE ",
            "1 + (SELECT 1 UNION ALL (SELECT ",
            "ARRAY(SELECT ",
            "ARRAY[",
            "a[",
            "a[1:",
            "1 IN (",
            "1 = ANY (",
            "a LIKE NOT ",
            "a::t(",
            "sum(1) OVER (ORDER BY ",
            "count(*) FILTER (WHERE ",
            "1 FROM (SELECT ",
            "1 FROM f((SELECT ",
            "1 FROM a JOIN b ON (SELECT ")
        .stream()
        .map(part -> DynamicTest.dynamicTest(part, () -> refuse("SELECT " + part.repeat(LEVELS))))
        .toList();
  }

  @TestFactory
  List<DynamicTest> deepStatementsAreRefused() {
    return List.of(
            "(".repeat(LEVELS) + "SELECT 1" + ")".repeat(LEVELS),
            "SELECT " + "(".repeat(LEVELS) + "SELECT 1" + ")".repeat(LEVELS),
            "SELECT " + "(".repeat(LEVELS) + "1" + ")".repeat(LEVELS),
            "WITH a AS (".repeat(LEVELS),
            "SELECT * FROM " + "(".repeat(LEVELS) + "a CROSS JOIN b" + ")".repeat(LEVELS),
            "SELECT * FROM a" + " JOIN b".repeat(LEVELS) + " ON true".repeat(LEVELS),
            "SELECT 1 GROUP BY " + "GROUPING SETS (".repeat(LEVELS),
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ".repeat(LEVELS),
            "CREATE SCHEMA a ".repeat(LEVELS))
        .stream()
        .map(sql -> DynamicTest.dynamicTest(sql.substring(0, 40), () -> refuse(sql)))
        .toList();
  }

  private static void refuse(String sql) throws InterruptedException {
    Throwable failure = onSmallStack(() -> Parser.parse(sql));
    assertThat(failure).isInstanceOf(SqlException.class).hasMessage("stack depth limit exceeded");
    assertThat(((SqlException) failure).state()).isEqualTo(SqlState.STATEMENT_TOO_COMPLEX);
  }

  @TestFactory
  List<DynamicTest> longChainsAreAccepted() {
    return List.of(
            "SELECT 1" + " + 1".repeat(LINKS),
            "SELECT a" + " OR a = 1 AND b".repeat(LINKS),
            "SELECT a" + "::text".repeat(LINKS),
            "SELECT a" + " IS NULL".repeat(LINKS),
            "SELECT 1" + " UNION ALL SELECT 2".repeat(LINKS),
            "SELECT 1" + " INTERSECT SELECT 2".repeat(LINKS),
            "SELECT 1 FROM a" + " JOIN b ON true".repeat(LINKS),
            "SELECT 1 FROM a" + " NATURAL JOIN b".repeat(LINKS),
            "SELECT 1" + ", 1".repeat(LINKS),
            "SELECT " + "/*".repeat(LINKS) + "*/".repeat(LINKS) + " 1",
            "VALUES (1)" + ", (1)".repeat(LINKS),
            "SELECT CASE" + " WHEN a THEN b".repeat(LINKS) + " END",
            "SELECT a" + "[1]".repeat(LINKS) + ".b".repeat(LINKS),
            "SELECT 1;".repeat(LINKS))
        .stream()
        .map(sql -> DynamicTest.dynamicTest(sql.substring(0, 30), () -> accept(sql)))
        .toList();
  }

  private static void accept(String sql) throws InterruptedException {
    assertThat(onSmallStack(() -> Parser.parse(sql))).isNull();
  }

  @Test
  void nestingOfEverydayDepthIsAccepted() throws InterruptedException {
    accept("SELECT " + "(".repeat(300) + "1" + ")".repeat(300));
    accept("SELECT " + "f(".repeat(150) + "1" + ")".repeat(150));
    accept("SELECT " + "(SELECT ".repeat(60) + "1" + ")".repeat(60));
  }

  private static Throwable onSmallStack(Runnable work) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "small-stack",
            STACK_BYTES);
    thread.start();
    thread.join();
    return failure.get();
  }
}
