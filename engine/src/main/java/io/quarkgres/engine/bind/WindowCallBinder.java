package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Over;
import io.quarkgres.engine.bind.QueryLevel.PendingWindow;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation.WindowCall;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds calls with OVER, leaving a reference to the result. Used by one thread. */
final class WindowCallBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;

  WindowCallBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
  }

  BoundExpr bind(
      Expression.FunctionCall e, CallResolver.Resolved.Function resolved, BoundExpr filter) {
    int position = e.position();
    if (e.isDistinct()) {
      throw BindErrors.notSupported("DISTINCT is not implemented for window functions", position);
    }
    if (!e.orderBy().isEmpty()) {
      throw BindErrors.notSupported(
          "aggregate ORDER BY is not implemented for window functions", position);
    }
    if (filter != null && resolved.function().kind() == FunctionKind.WINDOW) {
      throw BindErrors.notSupported(
          "FILTER is not implemented for non-aggregate window functions", position);
    }
    List<BoundExpr> all = new ArrayList<>(resolved.arguments());
    if (filter != null) {
      all.add(filter);
    }
    for (BoundExpr expr : all) {
      Expressions.walk(expr, this::checkInside);
    }
    Clause clause = level.clause();
    if (!clause.allowsWindows()) {
      String place = clause.isWindowFrame() ? Clause.WINDOW_ORDER.place() : clause.place();
      throw BindErrors.windowing("window functions are not allowed in " + place, position);
    }
    int definition = definition(e.over());
    Call call = expressions.functions().staticCall(resolved, position);
    int relation = level.windowRelation();
    int column = level.windows().size();
    level
        .windows()
        .add(new PendingWindow(new WindowCall(call, resolved.arguments(), filter), definition));
    state.trace().source(relation, this::uses);
    return state.at(
        new ColumnRef(
            relation, column, call.returnType(), SqlType.NO_TYPMOD, call.function().name()),
        position);
  }

  private BindTrace.Source uses() {
    List<BindTrace.WindowUse> uses = new ArrayList<>();
    for (PendingWindow window : level.windows()) {
      WindowDefinition definition = level.windowDefinitions().get(window.definition());
      uses.add(
          new BindTrace.WindowUse(window.call(), definition.name(), definition.specification()));
    }
    return new BindTrace.Source.Windows(List.copyOf(uses));
  }

  private void checkInside(BoundExpr expr) {
    if (!(expr instanceof ColumnRef ref)) {
      return;
    }
    int at = state.position(ref);
    if (level.isWindowRelation(ref.relation())) {
      throw BindErrors.windowing("window function calls cannot be nested", at);
    }
    if (level.isSetRelation(ref.relation())) {
      throw BindErrors.notSupported(
              "window function calls cannot contain set-returning function calls", at)
          .withHint(FunctionBinder.LATERAL_HINT);
    }
  }

  private int definition(Over over) {
    return switch (over) {
      case Over.Named named -> find(named);
      case Over.Inline inline -> {
        level.windowDefinitions().add(new WindowDefinition(null, inline.specification()));
        yield level.windowDefinitions().size() - 1;
      }
    };
  }

  private int find(Over.Named named) {
    List<WindowDefinition> definitions = level.windowDefinitions();
    for (int i = 0; i < definitions.size(); i++) {
      if (named.name().equals(definitions.get(i).name())) {
        return i;
      }
    }
    throw BindErrors.undefinedObject(
        "window \"" + named.name() + "\" does not exist", named.position());
  }
}
