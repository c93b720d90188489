package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.CteScope.CteDefinition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The common table expressions of one statement: their numbers, which binder will bind those that
 * wait, and which are being bound. Used by one thread.
 */
final class StatementCtes {
  private final Map<CteDefinition, CteBinder> pending = new IdentityHashMap<>();
  private final List<CteDefinition> binding = new ArrayList<>();
  private int count;

  /** Takes a number for one. */
  int newNumber() {
    return count++;
  }

  /** Notes which binder will bind expressions that are referred to before their turn. */
  void putPending(CteBinder binder, List<CteDefinition> definitions) {
    definitions.forEach(definition -> pending.put(definition, binder));
  }

  /** Returns the binder of an expression that waits. */
  CteBinder pendingBinder(CteDefinition definition) {
    return pending.get(definition);
  }

  void begin(CteDefinition definition) {
    binding.add(definition);
  }

  void end() {
    binding.removeLast();
  }

  /** Returns the one whose binding began first. */
  CteDefinition outermostBinding() {
    return binding.getFirst();
  }

  /** Tells whether no other one is being bound within one. */
  boolean isInnermostBinding(CteDefinition definition) {
    return binding.getLast() == definition;
  }
}
