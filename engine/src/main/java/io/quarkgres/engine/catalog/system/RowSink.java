package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.error.Invariant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects rows of a virtual table, column by name, into blocks. Used by one thread. */
final class RowSink {
  private final List<ColumnEntry> columns;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Object[] row;
  private ColumnBuilder[] builders;
  private int count;

  RowSink(List<ColumnEntry> columns) {
    this.columns = columns;
    this.row = new Object[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      numbers.put(columns.get(i).name(), i);
    }
    start();
  }

  private void start() {
    builders = new ColumnBuilder[columns.size()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(columns.get(i).type().layout(), 64);
    }
    count = 0;
  }

  /**
   * Sets a column of the row: a number, a bool, the text form of the column's type, or the texts of
   * an array of a type that takes no input.
   */
  RowSink set(String column, Object value) {
    Integer number = numbers.get(column);
    Invariant.check(number != null, "the table has a column " + column);
    row[number] = value;
    return this;
  }

  /** Sets a column by its place. */
  void set(int number, Object value) {
    row[number] = value;
  }

  /** Ends the row; columns that were not set are NULL or, where that is forbidden, zero. */
  void end() {
    for (int i = 0; i < row.length; i++) {
      append(builders[i], columns.get(i), row[i]);
      row[i] = null;
    }
    if (++count == Block.ROWS_MAX) {
      flush();
    }
  }

  private static void append(ColumnBuilder out, ColumnEntry column, Object value) {
    switch (value) {
      case null -> {
        if (column.isNotNull()) {
          appendZero(out, column.type());
        } else {
          out.appendNull();
        }
      }
      case String text -> appendText(out, column, text);
      case Character letter -> appendText(out, column, letter == 0 ? "" : letter.toString());
      case Boolean truth -> ((BooleanBuilder) out).append(truth);
      case Number number -> appendNumber(out, number);
      case List<?> values -> appendArray(out, column, values);
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  /** Appends an array whose elements are inside text or, like those of regtype[], oids. */
  private static void appendArray(ColumnBuilder out, ColumnEntry column, List<?> values) {
    int element = column.type().info().element();
    if (element == Oids.REGTYPE) {
      IntBuilder oids = new IntBuilder(values.size());
      values.forEach(oid -> oids.append((Integer) oid));
      ArrayValue.of(element, oids.build()).appendTo(out);
      return;
    }
    BytesBuilder texts = new BytesBuilder(values.size());
    values.forEach(text -> texts.append((String) text));
    ArrayValue.of(element, texts.build()).appendTo(out);
  }

  private static void appendNumber(ColumnBuilder out, Number number) {
    switch (out) {
      case IntBuilder ints -> ints.append(number.intValue());
      case LongBuilder longs -> longs.append(number.longValue());
      case DoubleBuilder doubles -> doubles.append(number.doubleValue());
      case DecimalBuilder decimals -> decimals.append(number.longValue(), 0);
      case BooleanBuilder _, WideBuilder _, BytesBuilder _, FloatArrayBuilder _ ->
          throw new IllegalArgumentException(out.getClass().getName());
    }
  }

  private static void appendZero(ColumnBuilder out, SqlType type) {
    switch (out) {
      case BooleanBuilder truths -> truths.append(false);
      case IntBuilder ints -> ints.append(0);
      case LongBuilder longs -> longs.append(0);
      case DoubleBuilder doubles -> doubles.append(0);
      case DecimalBuilder _, WideBuilder _, BytesBuilder _, FloatArrayBuilder _ -> {
        boolean isArray = type.info().category() == 'A' && type.info().typlen() == -1;
        parse(out, type, isArray && !type.name().endsWith("vector") ? "{}" : "");
      }
    }
  }

  private static void appendText(ColumnBuilder out, ColumnEntry column, String text) {
    switch (column.type().name()) {
      // these take no input, but are text inside
      case "pg_node_tree", "aclitem" -> ((BytesBuilder) out).append(text);
      default -> parse(out, column.type(), text);
    }
  }

  private static void parse(ColumnBuilder out, SqlType type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    type.base().parse(bytes, 0, bytes.length, SqlType.NO_TYPMOD, out, TypeContext.DEFAULT);
  }

  private void flush() {
    Column[] built = new Column[builders.length];
    for (int i = 0; i < built.length; i++) {
      built[i] = builders[i].build();
    }
    blocks.add(new Block(count, built));
    start();
  }

  /** Returns the rows; the sink must not be used afterwards. */
  List<Block> blocks() {
    if (count > 0) {
      flush();
    }
    return blocks;
  }
}
