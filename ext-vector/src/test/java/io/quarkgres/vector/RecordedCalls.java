package io.quarkgres.vector;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.PlainContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers the calls whose answers {@code scripts/record-vector} recorded. */
final class RecordedCalls {
  private static final VectorExtension EXTENSION = new VectorExtension();
  private static final TypeRegistry TYPES = types();

  private RecordedCalls() {}

  private static TypeRegistry types() {
    TypeRegistry types = new TypeRegistry();
    BuiltinTypes.registry().all().forEach(types::add);
    EXTENSION.types().forEach(types::add);
    return types;
  }

  /** One line: what is called, and what pgvector says. */
  record Recorded(String line, String answer) {
    @Override
    public String toString() {
      return line.replace('\t', ' ');
    }
  }

  static Stream<Recorded> read(String resource) {
    List<String> calls = lines(resource);
    List<String> answers = lines(resource + ".expected");
    if (calls.size() != answers.size()) {
      throw new IllegalStateException("calls and answers do not match: record them again");
    }
    return IntStream.range(0, calls.size())
        .mapToObj(i -> new Recorded(calls.get(i), answers.get(i)));
  }

  private static List<String> lines(String resource) {
    try (InputStream in = RecordedCalls.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Answer {
    String of();
  }

  private static String orError(Answer answer) {
    try {
      return answer.of();
    } catch (SqlException e) {
      String detail = e.detail() == null ? "" : " DETAIL " + e.detail();
      return "ERROR " + e.state().code() + " " + e.getMessage() + detail;
    }
  }

  /** Returns the text form and the bytes of the binary form of a vector's text. */
  static String text(String line) {
    return orError(() -> {
      Column column = parse(VectorType.INSTANCE, line);
      ByteSink binary = new ByteSink(64);
      VectorType.INSTANCE.send(column, 0, binary, TypeContext.DEFAULT);
      return print(VectorType.INSTANCE, column, 0)
          + " "
          + HexFormat.of().formatHex(binary.toByteArray());
    });
  }

  static String function(String line) {
    return orError(() -> {
      String[] fields = line.split("\t");
      String name = fields[0].substring(0, fields[0].indexOf('('));
      SqlType[] types =
          Arrays.stream(fields[0].substring(name.length() + 1, fields[0].length() - 1).split(","))
              .map(type -> TYPES.byName(type).getFirst())
              .toArray(SqlType[]::new);
      Column[] arguments = new Column[types.length];
      for (int i = 0; i < types.length; i++) {
        arguments[i] = parse(types[i], fields[i + 1]);
      }
      Call call = call(name, types);
      Column result =
          ((ScalarKernel) call.function().kernel())
              .apply(call, arguments, Selection.dense(1), 1, PlainContext.INSTANCE);
      return print(call.returnType(), result, 0);
    });
  }

  /** Aggregates an array's elements: each twice, in two groups of which one is asked for. */
  static String aggregate(String line) {
    return orError(() -> {
      String[] fields = line.split("\t");
      Call call =
          call(fields[0].substring(0, fields[0].indexOf('(')), new SqlType[] {VectorType.INSTANCE});
      Column array = parse(TYPES.byOid(VectorOids.VECTOR_ARRAY), fields[1]);
      Column elements = ArrayValue.read((BytesColumn) array, 0, Layout.FLOAT_ARRAY).elements();
      Accumulator accumulator =
          ((AggregateKernel) call.function().kernel()).create(call, PlainContext.INSTANCE);
      accumulator.grow(2);
      int[] group = new int[Math.max(1, elements.count())];
      Selection counted = Selection.dense(elements.count()).withoutNulls(elements.nulls());
      accumulator.add(new Column[] {elements}, counted, group);
      Arrays.fill(group, 1);
      accumulator.add(new Column[] {elements}, counted, group);
      accumulator.reset(0);
      return print(call.returnType(), accumulator.results(1, 2), 0);
    });
  }

  private static Call call(String name, SqlType[] types) {
    List<Integer> oids = Arrays.stream(types).map(SqlType::oid).toList();
    FunctionDef function =
        EXTENSION.functions().stream()
            .filter(f -> f.name().equals(name) && f.argumentTypes().equals(oids))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no function " + name + oids));
    return new Call(function, types, TYPES.byOid(function.returnType()), 0);
  }

  private static Column parse(SqlType type, String text) {
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    type.parse(bytes, 0, bytes.length, -1, builder, TypeContext.DEFAULT);
    return builder.build();
  }

  private static String print(SqlType type, Column column, int position) {
    if (column.isNull(position)) {
      return "\\N";
    }
    if (type.name().equals("bool")) {
      // Text of a bool through the cast to text, which the recording uses.
      return ((BooleanColumn) column).values()[position] ? "true" : "false";
    }
    ByteSink sink = new ByteSink(64);
    type.print(column, position, sink, TypeContext.DEFAULT);
    return sink.toString();
  }
}
