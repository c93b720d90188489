package io.quarkgres.engine.expr;

import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.Invariant;
import java.util.Arrays;

/**
 * What changes while expressions of one execution are computed: statement parameters, the current
 * values of outer columns, and whatever evaluators remember. Used by one thread at a time.
 */
public final class Frame {
  /** A block of one row without columns, for expressions that need none. */
  public static final Block ONE_ROW = new Block(1);

  private final EvalContext context;
  private final Column[] parameters;
  private final Column[] broadParameters;
  private Column[] outer = new Column[4];
  private Column[] broadOuter = new Column[4];
  private Object[] state = new Object[4];

  /** Makes a frame; each parameter is a column of one position. */
  public Frame(EvalContext context, Column... parameters) {
    this.context = context;
    this.parameters = parameters;
    this.broadParameters = parameters.clone();
  }

  /** Returns the session's side of the evaluation. */
  public EvalContext context() {
    return context;
  }

  /** Returns the statement parameters, one position each. */
  public Column[] parameters() {
    return parameters;
  }

  /** Returns a statement parameter at {@code size} positions. */
  Column parameter(int index, int size) {
    Column broad = broadParameters[index];
    if (broad.count() < size) {
      broad = Broadcast.to(parameters[index], size);
      broadParameters[index] = broad;
    }
    return broad;
  }

  /** Returns the value of an outer column at {@code size} positions. */
  Column outer(int slot, int size) {
    Column broad = slot < broadOuter.length ? broadOuter[slot] : null;
    if (broad == null) {
      Invariant.check(
          slot < outer.length && outer[slot] != null,
          "an outer column has a value when it is read");
      broad = outer[slot];
    }
    if (broad.count() < size) {
      broad = Broadcast.to(outer[slot], size);
    }
    broadOuter[slot] = broad;
    return broad;
  }

  /** Gives an outer column the value at a position of a column. */
  public void setOuter(int slot, Column values, int position) {
    if (slot >= outer.length) {
      int size = Math.max(slot + 1, outer.length * 2);
      outer = Arrays.copyOf(outer, size);
      broadOuter = Arrays.copyOf(broadOuter, size);
    }
    outer[slot] = Broadcast.one(values, position);
    broadOuter[slot] = null;
  }

  /** Returns the current value of an outer column, one position, or {@code null}. */
  public Column outerValue(int slot) {
    return slot < outer.length ? outer[slot] : null;
  }

  /** Returns what an evaluator keeps under a slot, or {@code null}. */
  public Object state(int slot) {
    return slot < state.length ? state[slot] : null;
  }

  /** Keeps something under a slot. */
  public void setState(int slot, Object value) {
    if (slot >= state.length) {
      state = Arrays.copyOf(state, Math.max(slot + 1, state.length * 2));
    }
    state[slot] = value;
  }
}
