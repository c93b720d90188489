package io.quarkgres.engine.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares syntax trees with those written in {@code trees/*.txt}: a line of SQL, then, indented,
 * the tree as {@link AstText} prints it.
 */
class TreeTest {
  @TestFactory
  List<DynamicTest> expressions() {
    return tests("expressions", sql -> AstText.of(Parser.parseExpression(sql)));
  }

  @TestFactory
  List<DynamicTest> grouping() {
    return tests("grouping", sql -> InfixText.of(Parser.parseExpression(sql)));
  }

  @TestFactory
  List<DynamicTest> types() {
    return tests("types", sql -> AstText.of(Parser.parseTypeName(sql)));
  }

  @TestFactory
  List<DynamicTest> queries() {
    return tests("queries", TreeTest::statement);
  }

  @TestFactory
  List<DynamicTest> changes() {
    return tests("changes", TreeTest::statement);
  }

  @TestFactory
  List<DynamicTest> definitions() {
    return tests("definitions", TreeTest::statement);
  }

  @TestFactory
  List<DynamicTest> utilities() {
    return tests("utilities", TreeTest::statement);
  }

  private static String statement(String sql) {
    return AstText.of(Parser.parse(sql).getFirst().statement());
  }

  private static List<DynamicTest> tests(String file, Function<String, String> parse) {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> lines = TestFiles.lines("trees/" + file + ".txt");
    for (int i = 0; i < lines.size(); i += 2) {
      String sql = lines.get(i);
      String tree = lines.get(i + 1).strip();
      tests.add(DynamicTest.dynamicTest(sql, () -> assertThat(parse.apply(sql)).isEqualTo(tree)));
    }
    return tests;
  }
}
