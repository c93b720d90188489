package io.quarkgres.engine.bind;

import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Chooses operators and functions by the types of their operands (manual, sections 10.2 and 10.3).
 * Used by one thread.
 */
final class OverloadResolver {
  private final BindState state;

  OverloadResolver(BindState state) {
    this.state = state;
  }

  // ---- operators ----

  /** An operator with the types it takes. */
  private record OperatorCandidate(OperatorDef operator, int[] types) {}

  /**
   * Chooses an infix operator; raises 42883 or 42725.
   *
   * @param schema the schema it is qualified with, or {@code null}
   */
  OperatorDef binary(String schema, String name, int left, int right, int position) {
    OperatorDef found = binaryOrNull(schema, name, left, right, position);
    if (found == null) {
      throw BindErrors.undefinedOperator(signature(schema, name, left, right), false, position);
    }
    return found;
  }

  private OperatorDef binaryOrNull(String schema, String name, int left, int right, int position) {
    List<OperatorCandidate> candidates = operators(schema, name, false);
    int exactLeft = left == Oids.UNKNOWN ? right : left;
    int exactRight = right == Oids.UNKNOWN ? left : right;
    OperatorDef exact = exact(candidates, exactLeft, exactRight);
    if (exact == null && (left == Oids.UNKNOWN || right == Oids.UNKNOWN)) {
      exact = exact(candidates, state.rules().base(exactLeft), state.rules().base(exactRight));
    }
    if (exact != null) {
      return exact;
    }
    int[] inputs = {left, right};
    List<OperatorCandidate> fitting = fitting(inputs, candidates, OperatorCandidate::types);
    if (fitting.isEmpty()) {
      return null;
    }
    OperatorCandidate best = select(inputs, fitting, OperatorCandidate::types);
    if (best == null) {
      throw BindErrors.ambiguousOperator(signature(schema, name, left, right), position);
    }
    return best.operator();
  }

  private static OperatorDef exact(List<OperatorCandidate> candidates, int left, int right) {
    for (OperatorCandidate candidate : candidates) {
      if (candidate.types()[0] == left && candidate.types()[1] == right && left != Oids.UNKNOWN) {
        return candidate.operator();
      }
    }
    return null;
  }

  /** Chooses a prefix operator; raises 42883 or 42725. */
  OperatorDef prefix(String schema, String name, int operand, int position) {
    List<OperatorCandidate> candidates = operators(schema, name, true);
    int[] inputs = {operand};
    for (OperatorCandidate candidate : candidates) {
      if (candidate.types()[0] == operand) {
        return candidate.operator();
      }
    }
    List<OperatorCandidate> fitting = fitting(inputs, candidates, OperatorCandidate::types);
    String signature = qualified(schema, name) + " " + state.rules().format(operand);
    if (fitting.isEmpty()) {
      throw BindErrors.undefinedOperator(signature, true, position);
    }
    OperatorCandidate best = select(inputs, fitting, OperatorCandidate::types);
    if (best == null) {
      throw BindErrors.ambiguousOperator(signature, position);
    }
    return best.operator();
  }

  private static String qualified(String schema, String name) {
    return schema == null ? name : schema + "." + name;
  }

  private String signature(String schema, String name, int left, int right) {
    return state.rules().format(left)
        + " "
        + qualified(schema, name)
        + " "
        + state.rules().format(right);
  }

  private List<OperatorCandidate> operators(String schema, String name, boolean isPrefix) {
    List<OperatorCandidate> result = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    for (String place : places(schema, -1)) {
      for (OperatorDef operator : state.functions().operators(name)) {
        if (operator.schema().equals(place)
            && (operator.left() == 0) == isPrefix
            && seen.add(List.of(operator.left(), operator.right()))) {
          int[] types =
              isPrefix
                  ? new int[] {operator.right()}
                  : new int[] {operator.left(), operator.right()};
          result.add(new OperatorCandidate(operator, types));
        }
      }
    }
    return result;
  }

  private List<String> places(String schema, int position) {
    if (schema == null) {
      return state.context().functionPath();
    }
    String name = state.context().schemaName(schema);
    if (state.catalog().schema(name) == null) {
      throw new SqlException(
          SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist", position);
    }
    return List.of(name);
  }

  // ---- functions ----

  /**
   * A function fitted to the number and names of a call's arguments.
   *
   * @param types the declared types of the arguments, in the order of {@code sources}
   * @param sources for each parameter the number of the call's argument, -1 for a default
   * @param variadicCount how many arguments go into the VARIADIC array, -1 when it is not expanded
   */
  record FunctionCandidate(
      FunctionDef function, int[] types, int[] sources, int variadicCount, int path) {
    int defaultsUsed() {
      int count = 0;
      for (int source : sources) {
        count += source < 0 ? 1 : 0;
      }
      return count;
    }

    /** Returns the declared types in the order of the call's arguments. */
    int[] callTypes() {
      int count = 0;
      for (int source : sources) {
        count += source >= 0 ? 1 : 0;
      }
      int[] result = new int[count];
      for (int i = 0; i < sources.length; i++) {
        if (sources[i] >= 0) {
          result[sources[i]] = types[i];
        }
      }
      return result;
    }
  }

  /** What the search for a function found. */
  sealed interface FunctionChoice {
    /** A function. */
    record Found(FunctionCandidate candidate) implements FunctionChoice {}

    /** Nothing. */
    record Missing() implements FunctionChoice {}

    /** Several that are as good as each other. */
    record Ambiguous() implements FunctionChoice {}

    /** The name is that of a type, and the call a cast to it. */
    record Cast(io.quarkgres.engine.type.SqlType type) implements FunctionChoice {}
  }

  /**
   * Chooses a function.
   *
   * @param names for each argument its name, or {@code null} when it is positional
   * @param isVariadic whether VARIADIC stands before the last argument
   * @param isLiteral whether the first argument is a literal
   */
  FunctionChoice function(
      io.quarkgres.engine.ast.QualifiedName name,
      int[] inputs,
      List<String> names,
      boolean isVariadic,
      boolean isLiteral) {
    List<FunctionCandidate> candidates = functions(name, inputs.length, names, isVariadic);
    boolean hasNames = names.stream().anyMatch(n -> n != null);
    for (FunctionCandidate candidate : candidates) {
      if (Arrays.equals(candidate.callTypes(), inputs)) {
        return new FunctionChoice.Found(candidate);
      }
    }
    if (inputs.length == 1 && !hasNames) {
      FunctionChoice cast = cast(name, inputs[0], isLiteral);
      if (cast != null) {
        return cast;
      }
    }
    List<FunctionCandidate> fitting = fitting(inputs, candidates, FunctionCandidate::callTypes);
    if (fitting.isEmpty()) {
      return new FunctionChoice.Missing();
    }
    FunctionCandidate best = select(inputs, fitting, FunctionCandidate::callTypes);
    return best == null ? new FunctionChoice.Ambiguous() : new FunctionChoice.Found(best);
  }

  private FunctionChoice cast(
      io.quarkgres.engine.ast.QualifiedName name, int input, boolean isLiteral) {
    io.quarkgres.engine.type.SqlType type = state.typeNames().find(name);
    if (type == null || type.info().kind() == 'p') {
      return null;
    }
    if (input == Oids.UNKNOWN && isLiteral) {
      return new FunctionChoice.Cast(type);
    }
    boolean isCast =
        switch (state.coercions().path(input, type.oid(), Context.EXPLICIT)) {
          case CoercionRules.Path.Same p -> true;
          case CoercionRules.Path.Text p ->
              input != Oids.RECORD || state.rules().category(type.oid()) != TypeRules.STRING;
          case CoercionRules.Path.None p -> false;
          case CoercionRules.Path.Fields p -> true;
          case CoercionRules.Path.Function p -> false;
          case CoercionRules.Path.Elements p -> false;
        };
    return isCast ? new FunctionChoice.Cast(type) : null;
  }

  private List<FunctionCandidate> functions(
      io.quarkgres.engine.ast.QualifiedName name,
      int count,
      List<String> names,
      boolean isVariadic) {
    List<FunctionCandidate> result = new ArrayList<>();
    List<String> places = places(name.schema(), name.position());
    for (int path = 0; path < places.size(); path++) {
      for (FunctionDef function : state.functions().functions(name.name())) {
        if (function.schema().equals(places.get(path))) {
          FunctionCandidate candidate = fit(function, count, names, isVariadic, path);
          if (candidate != null) {
            addCandidate(candidate, result);
          }
        }
      }
    }
    return result;
  }

  /**
   * Of two candidates that take the same types, the better one stays; see FuncnameGetCandidates.
   */
  private static void addCandidate(FunctionCandidate candidate, List<FunctionCandidate> out) {
    for (int i = 0; i < out.size(); i++) {
      FunctionCandidate other = out.get(i);
      if (!Arrays.equals(other.callTypes(), candidate.callTypes())) {
        continue;
      }
      if (other.path() != candidate.path()) {
        return;
      }
      boolean isExpanded = candidate.variadicCount() >= 0;
      boolean isOtherExpanded = other.variadicCount() >= 0;
      if (isExpanded != isOtherExpanded) {
        if (isOtherExpanded) {
          out.set(i, candidate);
        }
        return;
      }
      if (candidate.defaultsUsed() < other.defaultsUsed()) {
        out.set(i, candidate);
        return;
      }
      if (candidate.defaultsUsed() > other.defaultsUsed()) {
        return;
      }
    }
    out.add(candidate);
  }

  private static FunctionCandidate fit(
      FunctionDef function, int count, List<String> names, boolean isVariadic, int path) {
    int declared = function.argumentTypes().size();
    if (names.stream().anyMatch(n -> n != null)) {
      return fitNamed(function, count, names, isVariadic, path);
    }
    boolean expands = function.variadicElement() != 0 && !isVariadic && count >= declared;
    if (isVariadic && function.variadicElement() == 0) {
      return null;
    }
    if (expands) {
      return expand(function, count, path);
    }
    if (count > declared || count < declared - function.defaults()) {
      return null;
    }
    int[] types = new int[declared];
    int[] sources = new int[declared];
    for (int i = 0; i < declared; i++) {
      types[i] = function.argumentTypes().get(i);
      sources[i] = i < count ? i : -1;
    }
    return new FunctionCandidate(function, types, sources, -1, path);
  }

  private static FunctionCandidate expand(FunctionDef function, int count, int path) {
    int fixed = function.argumentTypes().size() - 1;
    int[] types = new int[count];
    int[] sources = new int[count];
    for (int i = 0; i < count; i++) {
      types[i] = i < fixed ? function.argumentTypes().get(i) : function.variadicElement();
      sources[i] = i;
    }
    return new FunctionCandidate(function, types, sources, count - fixed, path);
  }

  private static FunctionCandidate fitNamed(
      FunctionDef function, int count, List<String> names, boolean isVariadic, int path) {
    int declared = function.argumentTypes().size();
    if (count > declared || (isVariadic && function.variadicElement() == 0)) {
      return null;
    }
    int[] types = new int[declared];
    int[] sources = new int[declared];
    Arrays.fill(sources, -1);
    for (int i = 0; i < declared; i++) {
      types[i] = function.argumentTypes().get(i);
    }
    for (int i = 0; i < count; i++) {
      String name = names.get(i);
      int at = name == null ? i : inputNamed(function, name);
      if (at < 0 || sources[at] >= 0) {
        return null;
      }
      sources[at] = i;
    }
    for (int i = 0; i < declared - function.defaults(); i++) {
      if (sources[i] < 0) {
        return null;
      }
    }
    return new FunctionCandidate(function, types, sources, -1, path);
  }

  private static int inputNamed(FunctionDef function, String name) {
    int inputs = function.argumentTypes().size();
    int at = function.argumentNames().indexOf(name);
    return at < inputs ? at : -1;
  }

  /** Returns how a call is written in messages, such as {@code f(integer, x => text)}. */
  String callSignature(String name, int[] inputs, List<String> names) {
    StringBuilder result = new StringBuilder(name).append('(');
    for (int i = 0; i < inputs.length; i++) {
      result.append(i == 0 ? "" : ", ");
      if (names.get(i) != null) {
        result.append(names.get(i)).append(" => ");
      }
      result.append(state.rules().format(inputs[i]));
    }
    return result.append(')').toString();
  }

  // ---- choosing ----

  private <T> List<T> fitting(int[] inputs, List<T> candidates, Function<T, int[]> types) {
    List<T> result = new ArrayList<>();
    for (T candidate : candidates) {
      if (state.coercions().canCoerceAll(inputs, types.apply(candidate))) {
        result.add(candidate);
      }
    }
    return result;
  }

  /** Chooses the best of candidates that all fit, or {@code null} when there is no best one. */
  private <T> T select(int[] written, List<T> fitting, Function<T, int[]> types) {
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    int[] inputs = Arrays.stream(written).map(state.rules()::base).toArray();
    List<T> best = keepMost(inputs, fitting, types, (in, type) -> in == type);
    if (best.size() == 1) {
      return best.get(0);
    }
    best =
        keepMost(
            inputs,
            best,
            types,
            (in, type) ->
                in == type
                    || state.rules().category(type) == state.rules().category(in)
                        && state.rules().isPreferred(type));
    if (best.size() == 1) {
      return best.get(0);
    }
    int unknowns = 0;
    for (int input : inputs) {
      unknowns += input == Oids.UNKNOWN ? 1 : 0;
    }
    if (unknowns == 0) {
      return null;
    }
    List<T> byCategory = keepByCategory(inputs, best, types);
    if (byCategory.size() == 1) {
      return byCategory.get(0);
    }
    return unknowns < inputs.length ? assumeAlike(inputs, byCategory, types) : null;
  }

  /** Judges one argument of known type. */
  private interface Match {
    boolean test(int input, int declared);
  }

  private static <T> List<T> keepMost(
      int[] inputs, List<T> candidates, Function<T, int[]> types, Match match) {
    List<T> result = new ArrayList<>();
    int most = -1;
    for (T candidate : candidates) {
      int[] declared = types.apply(candidate);
      int matches = 0;
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i] != Oids.UNKNOWN && match.test(inputs[i], declared[i])) {
          matches++;
        }
      }
      if (matches > most) {
        most = matches;
        result.clear();
      }
      if (matches == most) {
        result.add(candidate);
      }
    }
    return result;
  }

  /** Keeps the candidates that take unknown arguments as the category most likely to be meant. */
  private <T> List<T> keepByCategory(int[] inputs, List<T> candidates, Function<T, int[]> types) {
    char[] categories = new char[inputs.length];
    boolean[] wantsPreferred = new boolean[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != Oids.UNKNOWN) {
        continue;
      }
      char category = categoryAt(i, candidates, types);
      if (category == 0) {
        return candidates;
      }
      categories[i] = category;
      int at = i;
      wantsPreferred[i] =
          candidates.stream().mapToInt(c -> types.apply(c)[at]).anyMatch(preferredIn(category));
    }
    List<T> result = new ArrayList<>();
    for (T candidate : candidates) {
      int[] declared = types.apply(candidate);
      boolean keeps = true;
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i] == Oids.UNKNOWN) {
          keeps &=
              wantsPreferred[i]
                  ? preferredIn(categories[i]).test(declared[i])
                  : state.rules().category(declared[i]) == categories[i];
        }
      }
      if (keeps) {
        result.add(candidate);
      }
    }
    return result.isEmpty() ? candidates : result;
  }

  private IntPredicate preferredIn(char category) {
    return type -> state.rules().category(type) == category && state.rules().isPreferred(type);
  }

  private <T> char categoryAt(int argument, List<T> candidates, Function<T, int[]> types) {
    char result = 0;
    boolean isConflict = false;
    for (T candidate : candidates) {
      char category = state.rules().category(types.apply(candidate)[argument]);
      if (category == TypeRules.STRING) {
        return category;
      }
      isConflict |= result != 0 && result != category;
      result = category;
    }
    return isConflict ? 0 : result;
  }

  /** Takes the unknown arguments for the one type that all known ones have. */
  private <T> T assumeAlike(int[] inputs, List<T> candidates, Function<T, int[]> types) {
    int known = Oids.UNKNOWN;
    for (int input : inputs) {
      if (input != Oids.UNKNOWN) {
        if (known != Oids.UNKNOWN && known != input) {
          return null;
        }
        known = input;
      }
    }
    int[] assumed = new int[inputs.length];
    Arrays.fill(assumed, known);
    T result = null;
    for (T candidate : candidates) {
      if (state.coercions().canCoerceAll(assumed, types.apply(candidate))) {
        if (result != null) {
          return null;
        }
        result = candidate;
      }
    }
    return result;
  }

  /** Returns the equality operator of a type, by the type's name for messages. */
  SqlException noEquality(int type, int position) {
    return new SqlException(
        io.quarkgres.spi.error.SqlState.UNDEFINED_FUNCTION,
        "could not identify an equality operator for type " + state.rules().format(type),
        position);
  }
}
