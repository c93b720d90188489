package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.BindTrace.Source;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import java.util.List;

/** Prints aggregates, window functions and the like, which stand in the tree as columns. */
final class CallPrinter {
  private final ExpressionPrinter expressions;
  private final ObjectNames names;
  private final SqlText text;

  CallPrinter(ExpressionPrinter expressions, ObjectNames names) {
    this.expressions = expressions;
    this.names = names;
    this.text = expressions.text();
  }

  void placeholder(Source source, int column) {
    switch (source) {
      case Source.Aggregates s -> aggregate(s.calls().get(column));
      case Source.Groupings s -> expressions.list("GROUPING(", s.operands().get(column), ")");
      case Source.Windows s -> window(s.uses().get(column));
      case Source.Sets s -> expressions.tableFunction(s.functions().get(column));
    }
  }

  private void aggregate(Relation.AggregateCall call) {
    FunctionDef function = call.call().function();
    text.add(names.function(function)).add("(").add(call.isDistinct() ? "DISTINCT " : "");
    boolean isOrderedSet = call.directArguments() > 0 || isWithinGroup(call);
    // a hypothetical-set aggregate has one direct argument a key, and flags of the keys after them
    int direct = Math.min(call.directArguments(), call.orderBy().size());
    List<BoundExpr> arguments =
        isOrderedSet ? call.arguments().subList(0, direct) : call.arguments();
    if (arguments.isEmpty() && !isOrderedSet) {
      text.add("*");
    }
    expressions.list("", arguments, "");
    if (isOrderedSet) {
      text.add(") WITHIN GROUP (");
    }
    if (!call.orderBy().isEmpty()) {
      text.add(isOrderedSet ? "ORDER BY " : " ORDER BY ");
      String separator = "";
      for (Relation.SortKey key : call.orderBy()) {
        text.add(separator);
        expressions.key(key.expression());
        text.add(TailPrinter.direction(key));
        separator = ", ";
      }
    }
    text.add(")");
    filter(call.filter());
  }

  /** Tells whether all of the arguments are the sorted ones: {@code mode()}. */
  private static boolean isWithinGroup(Relation.AggregateCall call) {
    return call.call().function().name().equals("mode")
        && call.call().function().schema().equals("pg_catalog");
  }

  private void filter(BoundExpr filter) {
    if (filter != null) {
      text.add(" FILTER (WHERE ");
      expressions.printHidden(filter);
      text.add(")");
    }
  }

  private void window(BindTrace.WindowUse use) {
    Relation.WindowCall call = use.call();
    FunctionDef function = call.call().function();
    text.add(names.function(function)).add("(");
    boolean isStar = call.arguments().isEmpty() && function.kind() == FunctionKind.AGGREGATE;
    text.add(isStar ? "*" : "");
    expressions.list("", call.arguments(), ")");
    filter(call.filter());
    text.add(" OVER ");
    if (use.name() != null) {
      text.add(ObjectNames.quote(use.name()));
    } else {
      new WindowPrinter(expressions).print(use.specification());
    }
  }
}
