package io.quarkgres.engine.type.nested;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.RecordedValues;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Arrays and records as values: building, reading, text, order. */
class CompositeValueTest {
  private static final TypeRegistry TYPES = BuiltinTypes.registry();
  private static final SqlType INT4 = TYPES.byOid(Oids.INT4);
  private static final SqlType TEXT = TYPES.byOid(Oids.TEXT);
  private static final RecordType RECORD = (RecordType) TYPES.byOid(Oids.RECORD);
  private static final TypeInfo PAIR_INFO =
      new TypeInfo(16400, "public", "pair", "pair", -1, 'c', 'C', false, 0, 0, ',');
  private static final CompositeType PAIR =
      new CompositeType(
          PAIR_INFO,
          new String[] {"a", "b"},
          new SqlType[] {INT4, TEXT},
          new int[] {-1, -1},
          TYPES::byOid);

  private static Column pair(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(Layout.BYTES, 1);
    PAIR.parse(bytes, 0, bytes.length, -1, builder, TypeContext.DEFAULT);
    return builder.build();
  }

  private static String text(SqlType type, Column column, int position) {
    ByteSink sink = new ByteSink(16);
    type.print(column, position, sink, TypeContext.DEFAULT);
    return sink.toString();
  }

  @Test
  void arraysKeepNullsDimensionsAndBounds() {
    IntBuilder elements = new IntBuilder(4);
    elements.append(1);
    elements.appendNull();
    elements.append(3);
    elements.append(-4);
    ArrayValue array =
        new ArrayValue(Oids.INT4, new int[] {2, 2}, new int[] {0, 5}, elements.build());
    ColumnBuilder builder = ColumnBuilder.of(Layout.BYTES, 2);
    ArrayValue.empty(INT4).appendTo(builder);
    array.appendTo(builder);
    BytesColumn column = (BytesColumn) builder.build();
    assertThat(ArrayValue.cardinality(column, 0)).isZero();
    assertThat(ArrayValue.dimensions(column, 0)).isZero();
    assertThat(ArrayValue.cardinality(column, 1)).isEqualTo(4);
    assertThat(ArrayValue.length(column, 1, 1)).isEqualTo(2);
    assertThat(ArrayValue.lowerBound(column, 1, 1)).isEqualTo(5);
    assertThat(ArrayValue.elementOid(column, 1)).isEqualTo(Oids.INT4);
    ArrayValue read = ArrayValue.read(column, 1, Layout.INT32);
    assertThat(read.hasNulls()).isTrue();
    assertThat(read.elements().isNull(1)).isTrue();
    assertThat(((IntColumn) read.elements()).values()[3]).isEqualTo(-4);
    assertThat(text(TYPES.byOid(Oids.INT4_ARRAY), column, 1))
        .isEqualTo("[0:1][5:6]={{1,NULL},{3,-4}}");
  }

  @Test
  void recordsAreQuotedWhereNeeded() {
    String[] texts = {
      "(1,abc)", "(,)", "(1,\"\")", "(1,\"a b\")", "(1,\"a,b\")", "(1,\"a\"\"b\\\\c\")", "(1,\"(\")"
    };
    for (String text : texts) {
      assertThat(RecordedValues.text(PAIR, pair(text), TypeContext.DEFAULT)).isEqualTo(text);
    }
    assertThat(RecordedValues.text(PAIR, pair(" ( 1 ,\"a\"b\\)) "), TypeContext.DEFAULT))
        .isEqualTo("(1,\"ab)\")");
  }

  @Test
  void malformedRecordsSayWhy() {
    String[][] cases = {
      {"1,a", "Missing left parenthesis."},
      {"(1)", "Too few columns."},
      {"(1,a,b)", "Too many columns."},
      {"(1,a", "Unexpected end of input."},
      {"(1,\"a)", "Unexpected end of input."},
      {"(1,a)x", "Junk after right parenthesis."},
    };
    for (String[] each : cases) {
      assertThatThrownBy(() -> pair(each[0]))
          .isInstanceOfSatisfying(
              SqlException.class,
              e -> {
                assertThat(e.getMessage())
                    .isEqualTo("malformed record literal: \"" + each[0] + "\"");
                assertThat(e.detail()).isEqualTo(each[1]);
              });
    }
  }

  @Test
  void recordsCompareFieldByFieldWithNullLast() {
    String[] ascending = {"(1,a)", "(1,b)", "(1,)", "(2,a)", "(,a)", "(,)"};
    for (int i = 0; i < ascending.length; i++) {
      for (int j = 0; j < ascending.length; j++) {
        Column left = pair(ascending[i]);
        Column right = pair(ascending[j]);
        assertThat(Integer.signum(RECORD.compare(left, 0, right, 0)))
            .isEqualTo(Integer.compare(i, j));
        assertThat(RECORD.equal(left, 0, right, 0)).isEqualTo(i == j);
        ByteSink leftKey = new ByteSink(16);
        ByteSink rightKey = new ByteSink(16);
        RECORD.sortKey(left, 0, leftKey);
        RECORD.sortKey(right, 0, rightKey);
        assertThat(
                Integer.signum(
                    Arrays.compareUnsigned(leftKey.toByteArray(), rightKey.toByteArray())))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void recordsHaveABinaryForm() {
    Column value = pair("(7,)");
    byte[] binary = RecordedValues.binary(PAIR, value, TypeContext.DEFAULT);
    assertThat(HexFormat.of().formatHex(binary))
        .isEqualTo("00000002" + "00000017" + "00000004" + "00000007" + "00000019" + "ffffffff");
    ColumnBuilder builder = ColumnBuilder.of(Layout.BYTES, 1);
    PAIR.receive(binary, 0, binary.length, -1, builder, TypeContext.DEFAULT);
    assertThat(RecordedValues.text(PAIR, builder.build(), TypeContext.DEFAULT)).isEqualTo("(7,)");
  }

  @Test
  void recordsOfOtherShapesDoNotCompare() {
    ColumnBuilder builder = ColumnBuilder.of(Layout.BYTES, 1);
    IntBuilder one = new IntBuilder(1);
    one.append(1);
    new RecordValue(new SqlType[] {INT4}, new Column[] {one.build()}).appendTo(builder);
    Column single = builder.build();
    assertThatThrownBy(() -> RECORD.compare(single, 0, pair("(1,a)"), 0))
        .hasMessage("cannot compare record types with different numbers of columns");
  }
}
