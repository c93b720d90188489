package io.quarkgres.engine.function.builtin;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.aggregate.AggregateFunctions;
import io.quarkgres.engine.function.array.ArrayFunctions;
import io.quarkgres.engine.function.bits.BitFunctions;
import io.quarkgres.engine.function.compare.ComparisonFunctions;
import io.quarkgres.engine.function.hash.HashFunctions;
import io.quarkgres.engine.function.json.JsonFunctions;
import io.quarkgres.engine.function.jsonpath.JsonPathFunctions;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.misc.MiscFunctions;
import io.quarkgres.engine.function.number.FloatFunctions;
import io.quarkgres.engine.function.number.IntegerFunctions;
import io.quarkgres.engine.function.number.NumberCasts;
import io.quarkgres.engine.function.number.NumericFunctions;
import io.quarkgres.engine.function.regex.RegexFunctions;
import io.quarkgres.engine.function.set.SetFunctions;
import io.quarkgres.engine.function.template.TemplateFunctions;
import io.quarkgres.engine.function.text.TextFunctions;
import io.quarkgres.engine.function.textsearch.TextSearchFunctions;
import io.quarkgres.engine.function.time.TimeFunctions;
import io.quarkgres.engine.function.window.WindowFunctions;
import java.util.function.Consumer;

/**
 * The functions, operators, casts and aggregates of {@code pg_catalog}: PostgreSQL's signatures
 * with the kernels that are built. Thread: any.
 */
public final class BuiltinFunctions {
  private BuiltinFunctions() {}

  /** Makes a registry of its own for the caller, who may add to it. */
  public static FunctionRegistry registry() {
    return registry(table -> {});
  }

  /** Makes a registry with kernels that later stages add. */
  public static FunctionRegistry registry(Consumer<KernelTable> others) {
    FunctionRegistry registry = new FunctionRegistry();
    KernelTable table = kernels();
    others.accept(table);
    new CatalogTables(table, registry).load();
    return registry;
  }

  static KernelTable kernels() {
    KernelTable table = new KernelTable();
    AggregateFunctions.register(table);
    ArrayFunctions.register(table);
    IntegerFunctions.register(table);
    FloatFunctions.register(table);
    NumericFunctions.register(table);
    NumberCasts.register(table);
    ComparisonFunctions.register(table);
    WindowFunctions.register(table);
    SetFunctions.register(table);
    TextFunctions.register(table);
    RegexFunctions.register(table);
    JsonFunctions.register(table);
    JsonPathFunctions.register(table);
    TimeFunctions.register(table);
    BitFunctions.register(table);
    HashFunctions.register(table);
    MiscFunctions.register(table);
    TemplateFunctions.register(table);
    TextSearchFunctions.register(table);
    return table;
  }
}
