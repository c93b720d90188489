package io.quarkgres.engine.function.builtin;

import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.function.kernel.KernelTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the recorded catalog rows (written by {@code scripts/record-catalog}) and binds kernels to
 * them. One row a line, columns apart by tabs:
 *
 * <ul>
 *   <li>{@code pg_proc.tsv}: oid; schema ("" is pg_catalog); name; kernel key ("" is the name: an
 *       internal function's symbol, else {@code name(argument types)}); four letters for prokind,
 *       proretset, proisstrict, provolatile; return type; argument types apart by spaces; argument
 *       names apart by commas; default expressions apart by bars; variadic element type; types of
 *       OUT columns apart by spaces.
 *   <li>{@code pg_operator.tsv}: oid; name; left, right, result type; function; commutator;
 *       negator.
 *   <li>{@code pg_cast.tsv}: source; target; function; two letters for context and method.
 *   <li>{@code pg_aggregate.tsv}: function; kind; number of direct arguments; sort operator.
 * </ul>
 *
 * <p>Thread: one, while the registry is filled.
 */
final class CatalogTables {
  private static final String PG_CATALOG = "pg_catalog";

  private final KernelTable kernels;
  private final FunctionRegistry registry;

  CatalogTables(KernelTable kernels, FunctionRegistry registry) {
    this.kernels = kernels;
    this.registry = registry;
  }

  void load() {
    for (TsvReader in = TsvReader.open("pg_proc.tsv"); in.hasNext(); ) {
      loadFunction(in);
    }
    for (TsvReader in = TsvReader.open("pg_operator.tsv"); in.hasNext(); ) {
      registry.add(
          new OperatorDef(
              in.integer(),
              PG_CATALOG,
              in.text(),
              in.integer(),
              in.integer(),
              in.integer(),
              in.integer(),
              in.integer(),
              in.integer()));
    }
    for (TsvReader in = TsvReader.open("pg_cast.tsv"); in.hasNext(); ) {
      loadCast(in);
    }
    for (TsvReader in = TsvReader.open("pg_aggregate.tsv"); in.hasNext(); ) {
      int function = in.integer();
      AggregateDef.Kind kind = aggregateKind(in.text().charAt(0));
      registry.add(new AggregateDef(function, kind, in.integer(), in.integer()));
    }
  }

  /** Returns the kernel keys that there may be. */
  static Set<String> kernelKeys() {
    Set<String> keys = new HashSet<>();
    for (TsvReader in = TsvReader.open("pg_proc.tsv"); in.hasNext(); ) {
      in.text();
      in.text();
      String name = in.text();
      String key = in.text();
      keys.add(key.isEmpty() ? name : key);
      in.skipLine();
    }
    return keys;
  }

  private void loadFunction(TsvReader in) {
    int oid = in.integer();
    String schema = in.text();
    String name = in.text();
    String key = in.text();
    String flags = in.text();
    int returnType = in.integer();
    List<Integer> arguments = in.integers();
    List<String> names = in.texts(',');
    List<String> defaults = in.texts('|');
    int variadic = in.integer();
    List<Integer> outTypes = in.integers();
    FunctionKind kind = functionKind(flags.charAt(0));
    String kernelKey = key.isEmpty() ? name : key;
    boolean isStrict =
        kind == FunctionKind.AGGREGATE ? kernels.skipsNulls(kernelKey) : flags.charAt(2) == 't';
    if (!defaults.isEmpty()) {
      registry.setDefaults(oid, defaults);
    }
    registry.add(
        new FunctionDef(
            oid,
            schema.isEmpty() ? PG_CATALOG : schema,
            name,
            kind,
            arguments,
            names,
            defaults.size(),
            variadic,
            returnType,
            flags.charAt(1) == 't',
            isStrict,
            volatility(flags.charAt(3)),
            outTypes.isEmpty()
                ? List.of()
                : names.subList(names.size() - outTypes.size(), names.size()),
            outTypes,
            kernels.kernel(kernelKey)));
  }

  private void loadCast(TsvReader in) {
    int source = in.integer();
    int target = in.integer();
    int function = in.integer();
    String flags = in.text();
    registry.add(
        new CastDef(
            source, target, function, castContext(flags.charAt(0)), castMethod(flags.charAt(1))));
  }

  private static FunctionKind functionKind(char code) {
    return switch (code) {
      case 'f' -> FunctionKind.SCALAR;
      case 'a' -> FunctionKind.AGGREGATE;
      case 'w' -> FunctionKind.WINDOW;
      case 'p' -> FunctionKind.PROCEDURE;
      default -> throw new IllegalStateException("prokind " + code);
    };
  }

  private static Volatility volatility(char code) {
    return switch (code) {
      case 'i' -> Volatility.IMMUTABLE;
      case 's' -> Volatility.STABLE;
      case 'v' -> Volatility.VOLATILE;
      default -> throw new IllegalStateException("provolatile " + code);
    };
  }

  private static CastDef.Context castContext(char code) {
    return switch (code) {
      case 'i' -> CastDef.Context.IMPLICIT;
      case 'a' -> CastDef.Context.ASSIGNMENT;
      case 'e' -> CastDef.Context.EXPLICIT;
      default -> throw new IllegalStateException("castcontext " + code);
    };
  }

  private static CastDef.Method castMethod(char code) {
    return switch (code) {
      case 'f' -> CastDef.Method.FUNCTION;
      case 'b' -> CastDef.Method.BINARY;
      case 'i' -> CastDef.Method.INOUT;
      default -> throw new IllegalStateException("castmethod " + code);
    };
  }

  private static AggregateDef.Kind aggregateKind(char code) {
    return switch (code) {
      case 'n' -> AggregateDef.Kind.NORMAL;
      case 'o' -> AggregateDef.Kind.ORDERED_SET;
      case 'h' -> AggregateDef.Kind.HYPOTHETICAL_SET;
      default -> throw new IllegalStateException("aggkind " + code);
    };
  }
}
