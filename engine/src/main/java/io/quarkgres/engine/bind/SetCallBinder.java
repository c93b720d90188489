package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.CallResolver.Resolved;
import io.quarkgres.engine.bind.QueryLevel.PendingSet;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.type.SqlType;

/** Binds calls of set-returning functions outside FROM. Used by one thread. */
final class SetCallBinder {
  private final FunctionBinder functions;
  private final BindState state;
  private final QueryLevel level;
  private int lastPosition = -1;
  private int count;

  SetCallBinder(FunctionBinder functions, ExpressionBinder expressions) {
    this.functions = functions;
    this.state = expressions.state();
    this.level = expressions.level();
  }

  /** Returns where the last set-returning function stands. */
  int lastPosition(int otherwise) {
    return lastPosition < 0 ? otherwise : lastPosition;
  }

  /** Returns how many calls of set-returning functions have been bound. */
  int count() {
    return count;
  }

  BoundExpr bind(Expression.FunctionCall e, Resolved.Function resolved) {
    Clause clause = level.clause();
    if (clause == Clause.FROM_FUNCTION) {
      throw BindErrors.notSupported(
          "set-returning functions must appear at top level of FROM", e.position());
    }
    if (!clause.allowsSets()) {
      String place = clause.isWindowFrame() ? "window definitions" : clause.place();
      throw BindErrors.notSupported(
          "set-returning functions are not allowed in " + place, e.position());
    }
    int height = 0;
    for (BoundExpr argument : resolved.arguments()) {
      height = Math.max(height, setHeight(argument));
    }
    lastPosition = e.position();
    count++;
    state.markSet();
    Relation.TableFunction function = functions.tableFunction(resolved, e.position());
    int relation = level.setRelation();
    int column = clause == Clause.SELECT_TARGET ? -1 : sameSet(function);
    if (column < 0) {
      column = level.sets().size();
      level.sets().add(new PendingSet(function, height + 1));
    }
    state
        .trace()
        .source(
            relation,
            () ->
                new BindTrace.Source.Sets(
                    level.sets().stream().map(PendingSet::function).toList()));
    SqlType[] actual = resolved.arguments().stream().map(BoundExpr::type).toArray(SqlType[]::new);
    RecordShape shape = RecordShape.of(resolved.function(), actual, state.rules());
    if (shape != null) {
      state.provenance().setShape(relation, column, shape);
    }
    return state.at(
        new BoundExpr.ColumnRef(
            relation, column, resolved.result(), SqlType.NO_TYPMOD, resolved.function().name()),
        e.position());
  }

  /** Returns the same call in the select list, which ORDER BY and the like mean; -1 for none. */
  private int sameSet(Relation.TableFunction function) {
    for (int i = 0; i < level.sets().size(); i++) {
      Relation.TableFunction other = level.sets().get(i).function();
      if (other.call().function().oid() == function.call().function().oid()
          && Equivalence.same(other.arguments(), function.arguments())) {
        return i;
      }
    }
    return -1;
  }

  /** Returns how deep set-returning functions are nested in an expression, 0 without any. */
  private int setHeight(BoundExpr expr) {
    int[] height = new int[1];
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && level.isSetRelation(ref.relation())) {
            height[0] = Math.max(height[0], level.sets().get(ref.column()).height());
          }
        });
    return height[0];
  }
}
