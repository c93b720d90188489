package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.typing.CoercionRules;
import io.quarkgres.engine.bind.typing.OverloadChoice;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chooses functions by the names and types of their arguments. Used by one thread. */
public final class FunctionOverloads {
  private final Lookup lookup;
  private final OverloadChoice choice;

  FunctionOverloads(Lookup lookup, OverloadChoice choice) {
    this.lookup = lookup;
    this.choice = choice;
  }

  /**
   * A function fitted to the number and names of a call's arguments.
   *
   * @param types the declared types of the parameters
   * @param sources for each parameter the number of the call's argument, -1 for a default
   * @param callTypes the declared types in the order of the call's arguments
   * @param variadicCount how many arguments go into the VARIADIC array, -1 when it is not expanded
   */
  public record FunctionCandidate(
      FunctionDef function,
      int[] types,
      int[] sources,
      int[] callTypes,
      int variadicCount,
      int path) {
    int defaultsUsed() {
      return sources.length - callTypes.length;
    }

    /** Makes a candidate whose arguments stand in the order of its parameters. */
    private static FunctionCandidate inOrder(
        FunctionDef function, int[] types, int count, int variadicCount, int path) {
      int[] sources = new int[types.length];
      for (int i = 0; i < types.length; i++) {
        sources[i] = i < count ? i : -1;
      }
      int[] callTypes = count == types.length ? types : Arrays.copyOf(types, count);
      return new FunctionCandidate(function, types, sources, callTypes, variadicCount, path);
    }
  }

  /** What the search for a function found. */
  public sealed interface FunctionChoice {
    /** A function. */
    record Found(FunctionCandidate candidate) implements FunctionChoice {}

    /** Nothing. */
    record Missing() implements FunctionChoice {}

    /** Several that are as good as each other. */
    record Ambiguous() implements FunctionChoice {}

    /** The name is that of a type, and the call a cast to it. */
    record Cast(SqlType type) implements FunctionChoice {}
  }

  /**
   * Chooses a function.
   *
   * @param names for each argument its name, or {@code null} when it is positional
   * @param isVariadic whether VARIADIC stands before the last argument
   * @param isLiteral whether the first argument is a literal
   */
  public FunctionChoice function(
      QualifiedName name, int[] inputs, List<String> names, boolean isVariadic, boolean isLiteral) {
    boolean hasNames = hasNames(names);
    if (!hasNames && !isVariadic) {
      FunctionCandidate exact = exact(name, inputs);
      if (exact != null) {
        return new FunctionChoice.Found(exact);
      }
    }
    List<FunctionCandidate> candidates = functions(name, inputs.length, names, isVariadic);
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
    List<FunctionCandidate> fitting =
        choice.fitting(inputs, candidates, FunctionCandidate::callTypes);
    if (fitting.isEmpty()) {
      return new FunctionChoice.Missing();
    }
    FunctionCandidate best = choice.select(inputs, fitting, FunctionCandidate::callTypes);
    return best == null ? new FunctionChoice.Ambiguous() : new FunctionChoice.Found(best);
  }

  private static boolean hasNames(List<String> names) {
    for (String name : names) {
      if (name != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns the function with exactly the types of positional arguments, if that is all to it. */
  private FunctionCandidate exact(QualifiedName name, int[] inputs) {
    List<FunctionDef> functions = lookup.registry().functions(name.name());
    List<String> places = lookup.functionSchemas(name.schema(), name.position());
    for (int path = 0; path < places.size(); path++) {
      for (FunctionDef function : functions) {
        if (!function.schema().equals(places.get(path))) {
          continue;
        }
        if (function.variadicElement() != 0) {
          return null;
        }
        if (takes(function, inputs)) {
          return FunctionCandidate.inOrder(function, inputs, inputs.length, -1, path);
        }
      }
    }
    return null;
  }

  private static boolean takes(FunctionDef function, int[] inputs) {
    List<Integer> declared = function.argumentTypes();
    if (declared.size() != inputs.length) {
      return false;
    }
    for (int i = 0; i < inputs.length; i++) {
      if (declared.get(i) != inputs[i]) {
        return false;
      }
    }
    return true;
  }

  private FunctionChoice cast(QualifiedName name, int input, boolean isLiteral) {
    SqlType type = lookup.types().find(name);
    if (type == null || type.info().kind() == 'p') {
      return null;
    }
    if (input == Oids.UNKNOWN && isLiteral) {
      return new FunctionChoice.Cast(type);
    }
    boolean isCast =
        switch (lookup.coercions().path(input, type.oid(), Context.EXPLICIT)) {
          case CoercionRules.Path.Same p -> true;
          case CoercionRules.Path.Text p ->
              input != Oids.RECORD || lookup.rules().category(type.oid()) != TypeRules.STRING;
          case CoercionRules.Path.None p -> false;
          case CoercionRules.Path.Fields p -> true;
          case CoercionRules.Path.Function p -> false;
          case CoercionRules.Path.Elements p -> false;
        };
    return isCast ? new FunctionChoice.Cast(type) : null;
  }

  private List<FunctionCandidate> functions(
      QualifiedName name, int count, List<String> names, boolean isVariadic) {
    List<FunctionCandidate> result = new ArrayList<>();
    List<String> places = lookup.functionSchemas(name.schema(), name.position());
    for (int path = 0; path < places.size(); path++) {
      for (FunctionDef function : lookup.registry().functions(name.name())) {
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
    if (hasNames(names)) {
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
    return FunctionCandidate.inOrder(function, declaredTypes(function), count, -1, path);
  }

  private static FunctionCandidate expand(FunctionDef function, int count, int path) {
    int fixed = function.argumentTypes().size() - 1;
    int[] types = new int[count];
    for (int i = 0; i < count; i++) {
      types[i] = i < fixed ? function.argumentTypes().get(i) : function.variadicElement();
    }
    return FunctionCandidate.inOrder(function, types, count, count - fixed, path);
  }

  private static int[] declaredTypes(FunctionDef function) {
    int[] types = new int[function.argumentTypes().size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = function.argumentTypes().get(i);
    }
    return types;
  }

  private static FunctionCandidate fitNamed(
      FunctionDef function, int count, List<String> names, boolean isVariadic, int path) {
    int declared = function.argumentTypes().size();
    if (count > declared || (isVariadic && function.variadicElement() == 0)) {
      return null;
    }
    int[] types = declaredTypes(function);
    int[] callTypes = new int[count];
    int[] sources = new int[declared];
    Arrays.fill(sources, -1);
    for (int i = 0; i < count; i++) {
      String name = names.get(i);
      int at = name == null ? i : inputNamed(function, name);
      if (at < 0 || sources[at] >= 0) {
        return null;
      }
      sources[at] = i;
      callTypes[i] = types[at];
    }
    for (int i = 0; i < declared - function.defaults(); i++) {
      if (sources[i] < 0) {
        return null;
      }
    }
    return new FunctionCandidate(function, types, sources, callTypes, -1, path);
  }

  private static int inputNamed(FunctionDef function, String name) {
    int inputs = function.argumentTypes().size();
    int at = function.argumentNames().indexOf(name);
    return at < inputs ? at : -1;
  }

  /** Returns how a call is written in messages, such as {@code f(integer, x => text)}. */
  public String callSignature(String name, int[] inputs, List<String> names) {
    StringBuilder result = new StringBuilder(name).append('(');
    for (int i = 0; i < inputs.length; i++) {
      result.append(i == 0 ? "" : ", ");
      if (names.get(i) != null) {
        result.append(names.get(i)).append(" => ");
      }
      result.append(lookup.rules().format(inputs[i]));
    }
    return result.append(')').toString();
  }
}
