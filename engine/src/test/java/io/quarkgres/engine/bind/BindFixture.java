package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.RelationStatement.CheckOption;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.Kernel;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A small catalog to bind against: the tables that {@code bind-fixture.sql} creates in a real
 * PostgreSQL, with all of PostgreSQL's types, functions and operators. Functions that are not built
 * count as built here, because what is bound is never run.
 */
final class BindFixture {
  private static final ScalarKernel ANY_KERNEL =
      (call, arguments, rows, size, context) -> {
        throw new IllegalStateException("bound trees are not run here");
      };

  static final TypeRegistry TYPES = BuiltinTypes.registry();
  static final FunctionRegistry FUNCTIONS = withKernels(BuiltinFunctions.registry());
  static final CatalogVersion CATALOG = catalog();

  private BindFixture() {}

  /** Binds a statement with parameters of declared types (oids, 0 for unknown). */
  static BoundStatement bind(String sql, Integer... parameters) {
    Statement statement = Parser.parse(sql).get(0).statement();
    return new Binder(context(parameters)).bind(statement);
  }

  static BindContext context(Integer... parameters) {
    return new BindContext(
        CATALOG, List.of("public"), "postgres", List.of(parameters), TypeContext.DEFAULT);
  }

  private static FunctionRegistry withKernels(FunctionRegistry original) {
    FunctionRegistry result = new FunctionRegistry();
    original.allFunctions().stream()
        .sorted(Comparator.comparingInt(FunctionDef::oid))
        .forEach(f -> {
          result.add(f.kernel() != null ? f : withKernel(f, ANY_KERNEL));
          result.setDefaults(f.oid(), original.defaults(f.oid()));
          if (f.kind() == FunctionKind.AGGREGATE) {
            result.add(original.aggregate(f.oid()));
          }
        });
    original.allOperators().forEach(result::add);
    original.allCasts().forEach(result::add);
    return result;
  }

  private static FunctionDef withKernel(FunctionDef f, Kernel kernel) {
    return new FunctionDef(
        f.oid(),
        f.schema(),
        f.name(),
        f.kind(),
        f.argumentTypes(),
        f.argumentNames(),
        f.defaults(),
        f.variadicElement(),
        f.returnType(),
        f.returnsSet(),
        f.strict(),
        f.volatility(),
        f.outNames(),
        f.outTypes(),
        kernel);
  }

  private static SqlType type(String name) {
    return TYPES.byName(name).get(0);
  }

  /** A column given as {@code name type} or {@code name type typmod}. */
  private static ColumnEntry column(int number, String text) {
    String[] parts = text.split(" ");
    int typmod = parts.length > 2 ? Integer.parseInt(parts[2]) : -1;
    return new ColumnEntry(
        parts[0], number, type(parts[1]), typmod, 0, false, null, (char) 0, (char) 0, false);
  }

  private static List<ColumnEntry> columns(String... texts) {
    List<ColumnEntry> result = new ArrayList<>();
    for (String text : texts) {
      result.add(column(result.size() + 1, text));
    }
    return result;
  }

  private static ColumnEntry with(
      ColumnEntry column, String defaultSql, char identity, char generated) {
    return new ColumnEntry(
        column.name(),
        column.number(),
        column.type(),
        column.typmod(),
        0,
        identity != 0,
        defaultSql,
        identity,
        generated,
        false);
  }

  private static TableEntry table(
      int oid, String name, List<ColumnEntry> columns, ConstraintEntry... constraints) {
    return new TableEntry(
        oid, 2200, "public", name, 10, 'p', columns, List.of(constraints), Map.of(), 0, null);
  }

  private static IndexEntry unique(int oid, String name, int table, int column) {
    return index(
        oid, name, table, new IndexEntry.Key(column, null, "int4_ops", true, false, false), null);
  }

  private static IndexEntry index(
      int oid, String name, int table, IndexEntry.Key key, String predicate) {
    return new IndexEntry(
        oid,
        2200,
        "public",
        name,
        10,
        table,
        "btree",
        List.of(key),
        predicate,
        true,
        name.endsWith("_pkey"),
        false,
        List.of(),
        Map.of(),
        List.of(),
        0,
        null);
  }

  private static CatalogVersion catalog() {
    return CatalogVersion.initial(5, "postgres", TYPES, FUNCTIONS).change(BindFixture::fill);
  }

  private static void fill(CatalogVersion.Editor editor) {
    editor.put(new SchemaEntry(11, "pg_catalog", 10));
    editor.put(new SchemaEntry(2200, "public", 10));
    editor.put(
        table(
            1001,
            "t",
            columns("a int4", "b text", "c numeric 655366", "d date", "e jsonb", "f json"),
            new ConstraintEntry.Key(2001, "t_pkey", 1001, true, List.of(1), 3001)));
    editor.put(unique(3001, "t_pkey", 1001, 1));
    editor.put(table(1002, "u", columns("a int4", "b text", "x int4")));
    editor.put(table(1003, "arr", columns("id int4", "tags _text", "m _int4")));
    editor.put(
        table(
            1004,
            "w",
            columns(
                "id int8",
                "ts timestamptz",
                "tsn timestamp",
                "f8 float8",
                "f4 float4",
                "s int2",
                "vc varchar 14",
                "ch bpchar 9",
                "by bytea",
                "uu uuid",
                "iv interval",
                "bo bool",
                "n name",
                "o oid")));
    List<ColumnEntry> generated = columns("id int4", "x int4", "y int4");
    generated.set(0, with(generated.get(0), null, 'a', (char) 0));
    generated.set(2, with(generated.get(2), "(x * 2)", (char) 0, 's'));
    editor.put(table(1005, "gi", generated));
    editor.put(sequence(1006, "gi_id_seq", 1005, 1));
    editor.put(sequence(1007, "sq", 0, 0));
    List<ColumnEntry> serial = columns("id int4", "v text", "k int4");
    serial.set(0, with(serial.get(0), "1 + 1", (char) 0, (char) 0));
    serial.set(1, with(serial.get(1), "'x'::text", (char) 0, (char) 0));
    editor.put(
        table(
            1008,
            "ser",
            serial,
            new ConstraintEntry.Key(2002, "ser_k_key", 1008, false, List.of(3), 3002),
            new ConstraintEntry.Check(2003, "ser_k_check", 1008, "(k > 0)", true)));
    editor.put(unique(3002, "ser_k_key", 1008, 3));
    editor.put(
        index(
            3003,
            "ser_lower",
            1008,
            new IndexEntry.Key(0, "lower(v)", "text_ops", true, false, false),
            "k > 1"));
    editor.put(
        new ViewEntry(
            1009,
            2200,
            "public",
            "v",
            10,
            columns("a int4", "b text"),
            " SELECT t.a,\n    t.b\n   FROM t;",
            List.of("public"),
            CheckOption.NONE,
            0));
    editor.put(
        new VirtualTable(
            1259,
            11,
            "pg_catalog",
            "pg_class",
            'r',
            columns("oid oid", "relname name", "relnamespace oid", "relkind char"),
            (catalog, context) -> {
              throw new IllegalStateException("bound trees are not run here");
            }));
  }

  private static SequenceEntry sequence(int oid, String name, int table, int column) {
    return new SequenceEntry(
        oid,
        2200,
        "public",
        name,
        10,
        'p',
        23,
        1,
        1,
        1,
        Integer.MAX_VALUE,
        1,
        false,
        table,
        column,
        new AtomicReference<>(new SequenceEntry.State(1, false)),
        List.of());
  }
}
