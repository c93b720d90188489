package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.type.Oids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Picks the best of several operators or functions by the types of their arguments (manual,
 * sections 10.2 and 10.3). Used by one thread.
 */
public final class OverloadChoice {
  private final TypeRules rules;
  private final CoercionRules coercions;

  public OverloadChoice(TypeRules rules, CoercionRules coercions) {
    this.rules = rules;
    this.coercions = coercions;
  }

  /** Returns the candidates whose arguments the inputs can be cast to. */
  public <T> List<T> fitting(int[] inputs, List<T> candidates, Function<T, int[]> types) {
    List<T> result = new ArrayList<>();
    for (T candidate : candidates) {
      if (coercions.canCoerceAll(inputs, types.apply(candidate))) {
        result.add(candidate);
      }
    }
    return result;
  }

  /** Chooses the best of candidates that all fit, or {@code null} when there is no best one. */
  public <T> T select(int[] written, List<T> fitting, Function<T, int[]> types) {
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    int[] inputs = Arrays.stream(written).map(rules::base).toArray();
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
                    || rules.category(type) == rules.category(in) && rules.isPreferred(type));
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
                  : rules.category(declared[i]) == categories[i];
        }
      }
      if (keeps) {
        result.add(candidate);
      }
    }
    return result.isEmpty() ? candidates : result;
  }

  private IntPredicate preferredIn(char category) {
    return type -> rules.category(type) == category && rules.isPreferred(type);
  }

  private <T> char categoryAt(int argument, List<T> candidates, Function<T, int[]> types) {
    char result = 0;
    boolean isConflict = false;
    for (T candidate : candidates) {
      char category = rules.category(types.apply(candidate)[argument]);
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
      if (coercions.canCoerceAll(assumed, types.apply(candidate))) {
        if (result != null) {
          return null;
        }
        result = candidate;
      }
    }
    return result;
  }
}
