package io.quarkgres.engine.function.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column holds a path's exact text, which has to read as the same path. */
class JsonPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$",
        "strict $.a[*].b ? (@ > 1).c",
        "($.a + 1) * 2 - -3",
        "(-$.a)[*]",
        "-$.a[*]",
        "($ == 1).type()",
        "(exists ($.a)).type()",
        "(!($ == 1))[0]",
        "(($.a starts with \"x\") is unknown).size()",
        "exists ((1 > -1).abs())",
        "$[($.a == 1).size() to last]",
        "$.a like_regex \"^x\" flag \"q\" || (1 == 1).abs() > 2",
        "(1.50).floor()",
        "$\"a b\".\"c\\\"d\".**{2 to last}",
        "1 - (2 - 3) == 2 && 1 == 1"
      })
  void exactTextReadsAsTheSamePath(String text) {
    JsonPath path = JsonPath.parse(text);

    assertThat(JsonPath.parse(path.exactText())).isEqualTo(path);
  }
}
