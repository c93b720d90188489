package io.quarkgres.engine.expr;

import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteDictionary;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions of a column with a dictionary: the same results, computed once a string. */
class DictionaryCallTest {
  private static final int ROWS = 100;
  private static final String[] STRINGS = {"beta", "alpha", "12", "gamma"};

  /** A column in which position {@code p} is string {@code p % 4}, every tenth one NULL. */
  private static BytesColumn column(boolean hasDictionary) {
    String[] values = new String[ROWS];
    byte[] codes = new byte[ROWS];
    long[] nulls = Nulls.none(ROWS);
    for (int p = 0; p < ROWS; p++) {
      codes[p] = (byte) (p % 4);
      values[p] = STRINGS[p % 4];
      if (p % 10 == 0) {
        Nulls.set(nulls, p);
      }
    }
    BytesColumn plain = (BytesColumn) TestPlans.column(TEXT, values);
    BytesColumn strings = (BytesColumn) TestPlans.column(TEXT, STRINGS);
    ByteDictionary dictionary =
        hasDictionary
            ? new ByteDictionary(strings.heap(), strings.starts(), strings.lengths(), 4)
            : null;
    return new BytesColumn(
        plain.heap(),
        plain.starts(),
        plain.lengths(),
        nulls,
        ROWS,
        hasDictionary ? codes : null,
        dictionary);
  }

  private static Evaluator call(String name, SqlType result, Evaluator... arguments) {
    SqlType[] types = new SqlType[arguments.length];
    Arrays.fill(types, TEXT);
    return new FunctionEvaluator(TestPlans.call(name, result, types), arguments);
  }

  private static final Selection ODD = odd();

  private static Selection odd() {
    int[] positions = new int[ROWS / 2];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = 2 * i + 1;
    }
    return new Selection(positions, positions.length);
  }

  private static void assertSame(Evaluator evaluator, SqlType type) {
    Frame frame = new Frame(TestPlans.EVALUATION);
    for (Selection rows : List.of(Selection.dense(ROWS), ODD)) {
      Column plain = evaluator.evaluate(new Block(ROWS, column(false)), rows, frame);
      Column coded = evaluator.evaluate(new Block(ROWS, column(true)), rows, frame);
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.position(i);
        assertThat(TestPlans.text(type, coded, p)).isEqualTo(TestPlans.text(type, plain, p));
      }
    }
  }

  @Test
  void booleansNumbersAndTextsAreTheSameAsWithoutDictionary() {
    Evaluator text = new InputEvaluator(0);
    Evaluator constant = new ConstantEvaluator(TestPlans.column(TEXT, "b"));
    assertSame(call("text_gt", TestPlans.BOOL, text, constant), TestPlans.BOOL);
    assertSame(call("length", TestPlans.INT4, text), TestPlans.INT4);
    assertSame(call("upper", TEXT, text), TEXT);
    assertSame(call("length", TestPlans.INT4, call("upper", TEXT, text)), TestPlans.INT4);
  }

  @Test
  void aFilterKeepsTheRowsThatHaveTheString() {
    Evaluator constant = new ConstantEvaluator(TestPlans.column(TEXT, "alpha"));
    Evaluator equal = call("texteq", TestPlans.BOOL, new InputEvaluator(0), constant);
    Block block = new Block(ROWS, column(true));
    Selection kept = equal.select(block, Selection.dense(ROWS), new Frame(TestPlans.EVALUATION));
    assertThat(kept.count()).isEqualTo(25);
    assertThat(kept.position(0)).isEqualTo(1);
  }

  @Test
  void anErrorForAStringThatNoRowHasIsNotRaised() {
    Evaluator cast =
        call("to_date", TestPlans.TYPES.byOid(Oids.DATE), new InputEvaluator(0), yearMask());
    Frame frame = new Frame(TestPlans.EVALUATION);
    Block block = new Block(ROWS, column(true));
    int[] twelves = new int[ROWS / 4];
    for (int i = 0; i < twelves.length; i++) {
      twelves[i] = 4 * i + 2;
    }
    cast.evaluate(block, new Selection(twelves, twelves.length), frame);
    assertThatThrownBy(() -> cast.evaluate(block, Selection.dense(ROWS), frame))
        .isInstanceOf(SqlException.class);
  }

  private static Evaluator yearMask() {
    return new ConstantEvaluator(TestPlans.column(TEXT, "YY"));
  }
}
