package io.quarkgres.engine.bind;

import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses operators by the types of their operands. Used by one thread. */
final class OperatorOverloads {
  private final BindState state;
  private final OverloadChoice choice;

  OperatorOverloads(BindState state, OverloadChoice choice) {
    this.state = state;
    this.choice = choice;
  }

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
    if (exact != null) {
      return exact;
    }
    int[] inputs = {left, right};
    List<OperatorCandidate> fitting = choice.fitting(inputs, candidates, OperatorCandidate::types);
    if (fitting.isEmpty()) {
      return null;
    }
    OperatorCandidate best = choice.select(inputs, fitting, OperatorCandidate::types);
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
    List<OperatorCandidate> fitting = choice.fitting(inputs, candidates, OperatorCandidate::types);
    String signature = qualified(schema, name) + " " + state.rules().format(operand);
    if (fitting.isEmpty()) {
      throw BindErrors.undefinedOperator(signature, true, position);
    }
    OperatorCandidate best = choice.select(inputs, fitting, OperatorCandidate::types);
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
    for (String place : state.context().functionSchemas(schema, -1)) {
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

  /** Returns the equality operator of a type, by the type's name for messages. */
  SqlException noEquality(int type, int position) {
    return new SqlException(
        SqlState.UNDEFINED_FUNCTION,
        "could not identify an equality operator for type " + state.rules().format(type),
        position);
  }
}
