package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.OverloadChoice;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Chooses operators by the types of their operands. Used by one thread. */
public final class OperatorOverloads {
  private final Lookup lookup;
  private final OverloadChoice choice;

  OperatorOverloads(Lookup lookup, OverloadChoice choice) {
    this.lookup = lookup;
    this.choice = choice;
  }

  /** An operator with the types it takes. */
  private record OperatorCandidate(OperatorDef operator, int[] types) {}

  /**
   * Chooses an infix operator; raises 42883 or 42725.
   *
   * @param schema the schema it is qualified with, or {@code null}
   */
  public OperatorDef binary(String schema, String name, int left, int right, int position) {
    OperatorDef found = binaryOrNull(schema, name, left, right, position);
    if (found == null) {
      throw BindErrors.undefinedOperator(signature(schema, name, left, right), false, position);
    }
    return found;
  }

  private OperatorDef binaryOrNull(String schema, String name, int left, int right, int position) {
    int exactLeft = left == Oids.UNKNOWN ? right : left;
    int exactRight = right == Oids.UNKNOWN ? left : right;
    OperatorDef exact =
        exactLeft == Oids.UNKNOWN ? null : exact(schema, name, exactLeft, exactRight);
    if (exact == null
        && exactLeft != Oids.UNKNOWN
        && (left == Oids.UNKNOWN || right == Oids.UNKNOWN)) {
      // a literal beside a value of a domain is taken for one of the type beneath
      int base = lookup.rules().base(exactLeft);
      exact = exact(schema, name, base, base);
    }
    if (exact != null) {
      return exact;
    }
    List<OperatorCandidate> candidates = operators(schema, name, false);
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

  /** Returns the operator over exactly these operands in the first schema that has one. */
  private OperatorDef exact(String schema, String name, int left, int right) {
    List<OperatorDef> found = lookup.registry().operators(name, left, right);
    for (String place : lookup.functionSchemas(schema, -1)) {
      for (OperatorDef operator : found) {
        if (operator.schema().equals(place)) {
          return operator;
        }
      }
    }
    return null;
  }

  /** Chooses a prefix operator; raises 42883 or 42725. */
  public OperatorDef prefix(String schema, String name, int operand, int position) {
    OperatorDef exact = exact(schema, name, 0, operand);
    if (exact != null) {
      return exact;
    }
    int[] inputs = {operand};
    List<OperatorCandidate> candidates = operators(schema, name, true);
    List<OperatorCandidate> fitting = choice.fitting(inputs, candidates, OperatorCandidate::types);
    String signature = qualified(schema, name) + " " + lookup.rules().format(operand);
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
    return lookup.rules().format(left)
        + " "
        + qualified(schema, name)
        + " "
        + lookup.rules().format(right);
  }

  private List<OperatorCandidate> operators(String schema, String name, boolean isPrefix) {
    List<OperatorCandidate> result = new ArrayList<>();
    for (String place : lookup.functionSchemas(schema, -1)) {
      int earlier = result.size();
      for (OperatorDef operator : lookup.registry().operators(name)) {
        if ((operator.left() == 0) == isPrefix
            && operator.schema().equals(place)
            && !isHidden(operator, result, earlier)) {
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

  /** Tells whether one of the first candidates, of earlier schemas, takes the same types. */
  private static boolean isHidden(
      OperatorDef operator, List<OperatorCandidate> candidates, int earlier) {
    for (int i = 0; i < earlier; i++) {
      OperatorDef other = candidates.get(i).operator();
      if (other.left() == operator.left() && other.right() == operator.right()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the equality operator of a type, by the type's name for messages. */
  public SqlException noEquality(int type, int position) {
    return missing("an equality operator", type, position);
  }

  /** Returns the error that a type lacks what rows are compared by. */
  public SqlException missing(String what, int type, int position) {
    String shown = lookup.rules().format(type);
    return type == Oids.TSQUERY
        ? BindErrors.notBuilt("comparing values of type " + shown, position)
        : new SqlException(
            SqlState.UNDEFINED_FUNCTION,
            "could not identify " + what + " for type " + shown,
            position);
  }
}
