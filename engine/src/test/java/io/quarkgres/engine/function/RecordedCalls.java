package io.quarkgres.engine.function;

import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.BlockCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Evaluates the calls of a resource through the registry and compares them with the answers that
 * {@code scripts/record-functions} recorded: each call by itself, then those of one function that
 * do not fail as one block of which every other row is selected, then all of it.
 */
final class RecordedCalls {
  private static final FunctionRegistry FUNCTIONS = BuiltinFunctions.registry();
  private static final TypeRegistry TYPES = BuiltinTypes.registry();

  private final List<String> differences = new ArrayList<>();
  private EvalContext context = new TestContext(TypeContext.DEFAULT);
  private int done;

  /** Returns the calls that came out different, with both answers. */
  static List<String> differences(String resource) {
    RecordedCalls calls = new RecordedCalls();
    calls.run(lines(resource), lines(resource + ".expected"));
    return calls.differences;
  }

  static List<String> lines(String resource) {
    try (InputStream in = RecordedCalls.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  private void run(List<String> calls, List<String> answers) {
    if (calls.size() != answers.size()) {
      throw new IllegalStateException("calls and answers do not match: record them again");
    }
    List<String[]> group = new ArrayList<>();
    List<String> groupAnswers = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      String line = calls.get(i);
      if (line.startsWith("# ")) {
        runGroup(group, groupAnswers);
        set(line.substring(2));
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (!group.isEmpty() && !group.getFirst()[0].equals(fields[0])) {
        runGroup(group, groupAnswers);
      }
      String answer = unescape(answers.get(i));
      String actual = runOne(fields);
      if (!actual.equals(answer)) {
        differences.add(
            line.replace('\t', ' ') + "\n  expected " + answer + "\n  actual   " + actual);
      } else if (!answer.startsWith("ERROR ")) {
        group.add(fields);
        groupAnswers.add(answer);
      }
      done++;
    }
    runGroup(group, groupAnswers);
  }

  private static String unescape(String text) {
    if (text.startsWith("ERROR ")) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        result.append(text.charAt(i) == 'n' ? '\n' : '\\');
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private void set(String setting) {
    String[] parts = setting.split(" = ", 2);
    TypeContext t = context.types();
    TypeContext changed =
        switch (parts[0].toLowerCase(Locale.ROOT)) {
          case "timezone" ->
              new TypeContext(
                  t.dateStyle(),
                  t.intervalStyle(),
                  ZoneId.of(parts[1]),
                  t.extraFloatDigits(),
                  t.byteaHex(),
                  t.transactionMicros(),
                  t.objects());
          default -> throw new IllegalArgumentException(setting);
        };
    context = new TestContext(changed);
  }

  private static Call resolve(String signature) {
    String name = signature.substring(0, signature.indexOf('('));
    String list = signature.substring(name.length() + 1, signature.length() - 1);
    String[] names = list.isEmpty() ? new String[0] : list.split(",");
    SqlType[] types = new SqlType[names.length];
    for (int i = 0; i < names.length; i++) {
      types[i] = TYPES.byName(names[i]).getFirst();
    }
    for (int exactness = 0; exactness < 2; exactness++) {
      for (FunctionDef function : FUNCTIONS.functions(name)) {
        SqlType returned = PolymorphicMatch.match(function, types, exactness > 0, TYPES);
        if (returned != null) {
          return new Call(function, types, returned, 0);
        }
      }
    }
    throw new IllegalArgumentException("no function " + signature);
  }

  private Column[] arguments(Call call, List<String[]> rows) {
    Column[] columns = new Column[call.argumentTypes().length];
    for (int i = 0; i < columns.length; i++) {
      SqlType type = call.argumentTypes()[i];
      ColumnBuilder builder = ColumnBuilder.of(type.layout(), rows.size());
      for (String[] row : rows) {
        if (row[i + 1].equals("\\N")) {
          builder.appendNull();
        } else {
          byte[] text = row[i + 1].getBytes(StandardCharsets.UTF_8);
          type.parse(text, 0, text.length, -1, builder, context.types());
        }
      }
      columns[i] = builder.build();
    }
    return columns;
  }

  private String runOne(String[] fields) {
    try {
      Call call = resolve(fields[0]);
      if (call.function().kernel() == null) {
        return "NOT BUILT";
      }
      if (call.function().kernel() instanceof AggregateKernel kernel) {
        return aggregate(call, kernel, fields);
      }
      Column[] arguments = arguments(call, List.<String[]>of(fields));
      boolean isNull = false;
      for (Column argument : arguments) {
        isNull |= argument.isNull(0);
      }
      return switch (call.function().kernel()) {
        case ScalarKernel kernel ->
            isNull && call.function().strict()
                ? "\\N"
                : print(call, kernel.apply(call, arguments, Selection.dense(1), 1, context), 0);
        case SetKernel kernel ->
            isNull && call.function().strict() ? "" : set(call, kernel, arguments);
        case AggregateKernel kernel -> throw new IllegalArgumentException("aggregate");
        case WindowKernel kernel -> throw new IllegalArgumentException("window function");
      };
    } catch (SqlException e) {
      return "ERROR " + e.state().code() + " " + e.getMessage();
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace.toString().lines().limit(4).reduce("", (a, b) -> a + "\n" + b);
    }
  }

  private String print(Call call, Column column, int position) {
    if (column.isNull(position)) {
      return "\\N";
    }
    ByteSink sink = new ByteSink(32);
    call.returnType().print(column, position, sink, context.types());
    return sink.toString();
  }

  private String set(Call call, SetKernel kernel, Column[] arguments) {
    List<String> rows = new ArrayList<>();
    try (BlockCursor cursor = kernel.open(call, arguments, 0, context)) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          rows.add(setRow(call, block, block.selection().position(i)));
        }
      }
    }
    return String.join("|", rows);
  }

  private String setRow(Call call, Block block, int position) {
    List<Integer> types = call.function().outTypes();
    if (types.isEmpty()) {
      return print(call, block.column(0), position);
    }
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      SqlType type = TYPES.byOid(types.get(i));
      Column column = block.column(i);
      fields.add(column.isNull(position) ? "" : field(type, column, position));
    }
    return "(" + String.join(",", fields) + ")";
  }

  private String field(SqlType type, Column column, int position) {
    ByteSink sink = new ByteSink(32);
    type.print(column, position, sink, context.types());
    String text = sink.toString();
    boolean isQuoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> "\",()\\ {}\t\n".indexOf(c) >= 0 && c != '{' && c != '}');
    return isQuoted ? '"' + text.replace("\\", "\\\\").replace("\"", "\"\"") + '"' : text;
  }

  /** Aggregates the elements of the arrays, in three pieces of two groups. */
  private String aggregate(Call call, AggregateKernel kernel, String[] fields) {
    int n = -1;
    Column[] columns = new Column[call.argumentTypes().length];
    for (int i = 0; i < columns.length; i++) {
      SqlType element = call.argumentTypes()[i];
      SqlType array = TYPES.byOid(element.info().array());
      ColumnBuilder builder = ColumnBuilder.of(array.layout(), 1);
      byte[] text = fields[i + 1].getBytes(StandardCharsets.UTF_8);
      array.parse(text, 0, text.length, -1, builder, context.types());
      columns[i] = ArrayValue.read(builder.build(), 0, element.layout()).elements();
      n = columns[i].count();
    }
    Accumulator accumulator = kernel.create(call, context);
    accumulator.grow(1);
    accumulator.grow(3);
    Selection rows = Selection.dense(n);
    if (call.function().strict()) {
      for (Column column : columns) {
        rows = rows.withoutNulls(column.nulls());
      }
    }
    int[] group = new int[Math.max(n, 1)];
    for (int piece = 0; piece < 3; piece++) {
      int[] kept = new int[rows.count()];
      int count = 0;
      for (int i = 0; i < rows.count(); i++) {
        if (rows.position(i) * 3 / Math.max(n, 1) == piece) {
          kept[count++] = rows.position(i);
        }
      }
      for (int target : new int[] {0, 2, 1}) {
        Arrays.fill(group, target);
        accumulator.add(columns, new Selection(kept, count), group);
      }
    }
    accumulator.reset(1);
    String last = print(call, accumulator.results(2, 3), 0);
    String first = print(call, accumulator.results(0, 2), 0);
    return first.equals(last) ? first : first + " in one group, in another " + last;
  }

  private void runGroup(List<String[]> rows, List<String> answers) {
    if (!rows.isEmpty()) {
      Call call = resolve(rows.getFirst()[0]);
      if (call.function().kernel() instanceof ScalarKernel kernel) {
        Column[] arguments = arguments(call, rows);
        int[] some = new int[rows.size()];
        int n = 0;
        for (int i = 1; i < rows.size(); i += 2) {
          some[n++] = i;
        }
        compare(call, kernel, arguments, new Selection(some, n), rows, answers);
        compare(call, kernel, arguments, Selection.dense(rows.size()), rows, answers);
      }
    }
    rows.clear();
    answers.clear();
  }

  private void compare(
      Call call,
      ScalarKernel kernel,
      Column[] arguments,
      Selection selected,
      List<String[]> rows,
      List<String> answers) {
    Selection kept = selected;
    if (call.function().strict()) {
      for (Column argument : arguments) {
        kept = kept.withoutNulls(argument.nulls());
      }
    }
    if (kept.count() == 0) {
      return;
    }
    Column result = kernel.apply(call, arguments, kept, rows.size(), context);
    for (int i = 0; i < kept.count(); i++) {
      int p = kept.position(i);
      String actual = print(call, result, p);
      if (!actual.equals(answers.get(p))) {
        differences.add(
            "in a block: "
                + String.join(" ", rows.get(p))
                + "\n  expected "
                + answers.get(p)
                + "\n  actual   "
                + actual);
      }
    }
  }

  public static void main(String[] args) {
    for (String resource : args) {
      RecordedCalls calls = new RecordedCalls();
      calls.run(lines(resource), lines(resource + ".expected"));
      calls.differences.stream()
          .limit(Integer.getInteger("limit", 40))
          .forEach(System.out::println);
      System.out.println(
          resource + ": " + calls.differences.size() + " differences, " + calls.done + " calls");
    }
  }
}
