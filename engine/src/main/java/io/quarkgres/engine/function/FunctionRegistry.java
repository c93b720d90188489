package io.quarkgres.engine.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions, operators and casts that are known: the built-in ones and those of created
 * extensions. Filled while private to one thread, then published and read by any.
 */
public final class FunctionRegistry {
  /** The symbols of B-tree operators. */
  private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=");

  private final Map<Integer, FunctionDef> functions = new HashMap<>(8192);
  private final Map<String, List<FunctionDef>> functionsByName = new HashMap<>(8192);
  private final Map<Integer, OperatorDef> operators = new HashMap<>();
  private final Map<String, List<OperatorDef>> operatorsByName = new HashMap<>();
  private final Map<String, Map<Long, List<OperatorDef>>> operatorsByTypes = new HashMap<>();
  private final Map<Integer, String> comparisons = new HashMap<>();
  private final Map<Long, CastDef> casts = new HashMap<>();
  private final Map<Integer, AggregateDef> aggregates = new HashMap<>();
  private final Map<Integer, List<String>> defaults = new HashMap<>();

  /** Returns a copy that leaves out some functions, with their operators and casts. */
  public FunctionRegistry copyWithout(Set<Integer> oids) {
    FunctionRegistry result = new FunctionRegistry();
    functions.values().stream().filter(f -> !oids.contains(f.oid())).forEach(result::add);
    operators.values().stream().filter(o -> !oids.contains(o.function())).forEach(result::add);
    casts.values().stream().filter(c -> !oids.contains(c.function())).forEach(result::add);
    aggregates.values().stream().filter(a -> !oids.contains(a.function())).forEach(result::add);
    result.defaults.putAll(defaults);
    return result;
  }

  /** Adds a function. */
  public void add(FunctionDef function) {
    functions.put(function.oid(), function);
    functionsByName.computeIfAbsent(function.name(), n -> new ArrayList<>(2)).add(function);
  }

  /** Adds an operator. */
  public void add(OperatorDef operator) {
    operators.put(operator.oid(), operator);
    operatorsByName.computeIfAbsent(operator.name(), n -> new ArrayList<>(2)).add(operator);
    operatorsByTypes
        .computeIfAbsent(operator.name(), n -> new HashMap<>())
        .computeIfAbsent(pair(operator.left(), operator.right()), types -> new ArrayList<>(1))
        .add(operator);
    if (COMPARISONS.contains(operator.name())) {
      comparisons.put(operator.function(), operator.name());
    }
  }

  /** Adds a cast. */
  public void add(CastDef cast) {
    casts.put(pair(cast.source(), cast.target()), cast);
  }

  /** Adds what {@code pg_aggregate} says of an aggregate. */
  public void add(AggregateDef aggregate) {
    aggregates.put(aggregate.function(), aggregate);
  }

  /** Sets the SQL texts of the defaults of a function's trailing arguments. */
  public void setDefaults(int function, List<String> expressions) {
    defaults.put(function, expressions);
  }

  /** Returns the {@code pg_aggregate} row of an aggregate, or {@code null}. */
  public AggregateDef aggregate(int function) {
    return aggregates.get(function);
  }

  /**
   * Returns the SQL texts of the defaults of a function's last {@link FunctionDef#defaults()}
   * arguments.
   */
  public List<String> defaults(int function) {
    return defaults.getOrDefault(function, List.of());
  }

  /** Returns the function with an oid, or {@code null}. */
  public FunctionDef function(int oid) {
    return functions.get(oid);
  }

  /** Returns the functions with a name, in any schema. */
  public List<FunctionDef> functions(String name) {
    return functionsByName.getOrDefault(name, List.of());
  }

  /** Returns the operator with an oid, or {@code null}. */
  public OperatorDef operator(int oid) {
    return operators.get(oid);
  }

  /** Returns the operators with a symbol, in any schema. */
  public List<OperatorDef> operators(String name) {
    return operatorsByName.getOrDefault(name, List.of());
  }

  /** Returns the operators with a symbol over exactly these operands, in any schema. */
  public List<OperatorDef> operators(String name, int left, int right) {
    Map<Long, List<OperatorDef>> byTypes = operatorsByTypes.get(name);
    List<OperatorDef> found = byTypes == null ? null : byTypes.get(pair(left, right));
    return found == null ? List.of() : found;
  }

  /**
   * Returns which comparison a function computes ({@code =}, {@code <}, ...) by the operators that
   * it belongs to, or {@code null}.
   */
  public String comparison(int function) {
    return comparisons.get(function);
  }

  /** Returns the comparison with its sides exchanged. */
  public static String commuted(String comparison) {
    return switch (comparison) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> comparison;
    };
  }

  private static long pair(int first, int second) {
    return (long) first << 32 | second & 0xffffffffL;
  }

  /** Returns the cast between two types, or {@code null}. */
  public CastDef cast(int source, int target) {
    return casts.get(pair(source, target));
  }

  /** Returns all functions. */
  public Collection<FunctionDef> allFunctions() {
    return functions.values();
  }

  /** Returns all operators. */
  public Collection<OperatorDef> allOperators() {
    return operators.values();
  }

  /** Returns all casts. */
  public Collection<CastDef> allCasts() {
    return casts.values();
  }
}
