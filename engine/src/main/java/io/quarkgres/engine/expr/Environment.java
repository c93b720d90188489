package io.quarkgres.engine.expr;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.HashMap;
import java.util.Map;

/**
 * What all expressions of one statement share while they are compiled: slots of the frame, the
 * compiler of subqueries, the registries. Used by one thread.
 */
public final class Environment {
  private final Map<Long, Integer> outerSlots = new HashMap<>();
  private final SubplanCompiler subplans;
  private final TypeRegistry types;
  private final FunctionRegistry functions;
  private int stateSlots;
  private long outerUses;
  private long volatileUses;

  /** Makes an environment. */
  public Environment(SubplanCompiler subplans, TypeRegistry types, FunctionRegistry functions) {
    this.subplans = subplans;
    this.types = types;
    this.functions = functions;
  }

  /** Returns the slot of an outer column. */
  public int outerSlot(int relation, int column) {
    return outerSlots.computeIfAbsent(Scope.key(relation, column), k -> outerSlots.size());
  }

  /** Returns a slot of the frame that nothing else uses. */
  public int newStateSlot() {
    return stateSlots++;
  }

  /**
   * Returns how many references to outer columns (or to what else changes between runs of one
   * operator) were compiled so far; a difference tells whether what was compiled depends on them.
   */
  public long outerUses() {
    return outerUses;
  }

  /** Notes a dependence on something that changes between runs of one operator. */
  public void noteOuterUse() {
    outerUses++;
  }

  /** Returns how many calls of volatile functions were compiled so far. */
  public long volatileUses() {
    return volatileUses;
  }

  /** Notes a call of a volatile function. */
  public void noteVolatileUse() {
    volatileUses++;
  }

  /** Returns the compiler of subqueries. */
  public SubplanCompiler subplans() {
    return subplans;
  }

  /** Returns the types. */
  public TypeRegistry types() {
    return types;
  }

  /** Returns the functions and operators. */
  public FunctionRegistry functions() {
    return functions;
  }
}
