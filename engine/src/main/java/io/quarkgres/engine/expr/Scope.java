package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What column references mean in one operator: positions of its input's outputs, or outer columns.
 * Used by one thread, while compiling.
 */
public final class Scope {
  private static final int UNKNOWN = -1;

  /** As many keys are looked through one by one. */
  private static final int FEW = 16;

  private final Environment environment;
  private final long[] keys;

  /** The positions by their keys, {@code null} for few. */
  private final Map<Long, Integer> positions;

  /** Makes the scope of an operator over its input's outputs. */
  public Scope(Environment environment, List<OutputColumn> inputs) {
    this.environment = environment;
    this.keys = new long[inputs.size()];
    this.positions = keys.length <= FEW ? null : new HashMap<>(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      OutputColumn input = inputs.get(i);
      keys[i] = key(input.relation(), input.column());
      if (positions != null) {
        positions.putIfAbsent(keys[i], i);
      }
    }
  }

  /** Makes the scope of an operator over the outputs of two inputs, side by side. */
  public static Scope ofPair(
      Environment environment, List<OutputColumn> left, List<OutputColumn> right) {
    List<OutputColumn> both = new ArrayList<>(left);
    both.addAll(right);
    return new Scope(environment, both);
  }

  /** Returns the environment of the statement. */
  public Environment environment() {
    return environment;
  }

  /** Returns the position of a column among the inputs, or -1 when it is an outer one. */
  public int position(int relation, int column) {
    long key = key(relation, column);
    if (positions != null) {
      return positions.getOrDefault(key, UNKNOWN);
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** Compiles an expression over this scope. */
  public Evaluator compile(BoundExpr expression) {
    return new ExpressionCompiler(this).compile(expression);
  }

  /** Compiles expressions over this scope. */
  public Evaluator[] compileAll(List<BoundExpr> expressions) {
    Evaluator[] result = new Evaluator[expressions.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = compile(expressions.get(i));
    }
    return result;
  }

  static long key(int relation, int column) {
    return (long) relation << 32 | column & 0xffffffffL;
  }
}
