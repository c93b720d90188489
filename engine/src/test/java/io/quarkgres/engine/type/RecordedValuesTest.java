package io.quarkgres.engine.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.builtin.FormatType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text forms, binary forms, errors, order and type names are those that PostgreSQL was seen to
 * have.
 */
class RecordedValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "numbers.tsv",
        "text.tsv",
        "arrays.tsv",
        "json.tsv",
        "datetime.tsv",
        "interval.tsv",
        "misc.tsv"
      })
  void readsAndWritesLikePostgres(String file) {
    assertThat(RecordedValues.lines(file)).hasSizeGreaterThan(30);
    assertThat(RecordedValues.differences(file)).isEmpty();
  }

  @Test
  void ordersLikePostgres() {
    List<RecordedOrder> values = RecordedOrder.read();
    List<String> wrong = new ArrayList<>();
    for (RecordedOrder left : values) {
      for (RecordedOrder right : values) {
        if (left.type() == right.type()) {
          left.compareWith(right, wrong);
        }
      }
    }
    assertThat(values).hasSizeGreaterThan(400);
    assertThat(wrong).isEmpty();
  }

  @Test
  void formatsTypesLikePostgres() {
    for (String line : RecordedValues.lines("format_type.tsv")) {
      String[] fields = line.split("\t");
      SqlType type = RecordedValues.TYPES.byOid(Integer.parseInt(fields[0]));
      assertThat(FormatType.format(type, Integer.parseInt(fields[1]))).isEqualTo(fields[2]);
    }
  }
}
