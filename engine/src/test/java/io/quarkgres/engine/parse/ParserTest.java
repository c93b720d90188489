package io.quarkgres.engine.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.ParseOptions;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ParserTest {
  /** Every statement of the file is one that PostgreSQL 15 parses. */
  @TestFactory
  List<DynamicTest> everyStatementIsAccepted() {
    return TestFiles.lines("statements.sql").stream()
        .map(sql -> DynamicTest.dynamicTest(sql, () -> assertThat(Parser.parse(sql)).isNotNull()))
        .toList();
  }

  @Test
  void statementsKnowTheirPlaceInTheString() {
    String sql = "  SELECT 1 ;; -- x\n INSERT INTO t\nVALUES (2) /* y */; ";
    List<ParsedStatement> statements = Parser.parse(sql);
    assertThat(statements).extracting(ParsedStatement::start).containsExactly(2, 20);
    assertThat(statements)
        .extracting(ParsedStatement::text)
        .containsExactly("SELECT 1", "INSERT INTO t\nVALUES (2)");
  }

  @Test
  void emptyStringsHaveNoStatements() {
    assertThat(Parser.parse("")).isEmpty();
    assertThat(Parser.parse(" ;; /* x */ -- y")).isEmpty();
  }

  @Test
  void positionsAreThoseOfOperators() {
    Expression expression = Parser.parseExpression("aa + f(b) IS NULL");
    Expression.IsNull isNull = (Expression.IsNull) expression;
    Expression.BinaryOperator plus = (Expression.BinaryOperator) isNull.operand();
    assertThat(isNull.position()).isEqualTo(10);
    assertThat(plus.position()).isEqualTo(3);
    assertThat(plus.right().position()).isEqualTo(5);
    assertThat(Positions.start(expression)).isZero();
  }

  @Test
  void positionsOfLaterStatementsCountFromTheStartOfTheString() {
    ParsedStatement second = Parser.parse("SELECT 1; SELECT abc").get(1);
    QueryBody.Select select = (QueryBody.Select) ((Query) second.statement()).body();
    assertThat(select.targets().getFirst().expression().position()).isEqualTo(17);
  }

  @Test
  void expressionsAndTypesEndWhereTheTextEnds() {
    assertThatThrownBy(() -> Parser.parseExpression("1 2"))
        .hasMessage("syntax error at or near \"2\"");
    assertThatThrownBy(() -> Parser.parseTypeName("int4 x"))
        .hasMessage("syntax error at or near \"x\"");
    assertThatThrownBy(() -> Parser.parseExpression("")).hasMessage("syntax error at end of input");
  }

  @Test
  void nulIsRefused() {
    assertThatThrownBy(() -> Parser.parse("SELECT '\0'"))
        .hasMessage("invalid byte sequence for encoding \"UTF8\": 0x00");
  }

  @Test
  void aFaultOfTheLexerWaitsForTheParser() {
    assertThatThrownBy(() -> Parser.parse("SELECT FROM WHERE WHERE 'abc"))
        .hasMessage("syntax error at or near \"WHERE\"");
  }

  @Test
  void aTextToKeepSaysWhichStringsHaveEscapes() {
    ParseOptions options = new ParseOptions(false, false, _ -> {});
    String sql = "CREATE VIEW v AS SELECT'a\\\\b', N'\\t', E'\\n', $$\\$$, b'01'";
    Statement statement = Parser.parse(sql, options).getFirst().statement();
    assertThat(((RelationStatement.CreateView) statement).query().text())
        .isEqualTo("SELECT E'a\\\\b', NCHAR E'\\t', E'\\n', $$\\$$, b'01'");
  }
}
