package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * A select list while it is bound, and how ORDER BY, GROUP BY and DISTINCT ON refer to it: by name,
 * by position, or by an equal expression. Used by one thread.
 */
final class TargetList {
  private static final int ENTRIES_MAX = 1664;

  private final ExpressionBinder expressions;
  private final BindState state;
  private final List<Target> targets = new ArrayList<>();

  TargetList(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** Binds the items of a select list or of RETURNING. */
  void bind(List<QueryBody.Target> items, Clause clause) {
    Clause before = expressions.level().enter(clause);
    for (QueryBody.Target item : items) {
      if (ExpressionBinder.isStar(item.expression())) {
        targets.addAll(expressions.expand(item.expression()));
      } else {
        BoundExpr bound = expressions.bind(item.expression());
        String name = item.alias() != null ? item.alias() : ColumnNames.of(item.expression());
        targets.add(new Target(bound, name, false));
      }
    }
    expressions.level().enter(before);
    if (targets.size() > ENTRIES_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "target lists can have at most " + ENTRIES_MAX + " entries");
    }
  }

  void add(Target target) {
    targets.add(target);
  }

  List<Target> all() {
    return targets;
  }

  Target get(int i) {
    return targets.get(i);
  }

  int size() {
    return targets.size();
  }

  /** Returns the columns that the client sees. */
  List<Target> visible() {
    List<Target> result = new ArrayList<>(targets.size());
    for (Target target : targets) {
      if (!target.isJunk()) {
        result.add(target);
      }
    }
    return result;
  }

  /** Returns the expressions of some columns. */
  static List<BoundExpr> expressionsOf(List<Target> targets) {
    List<BoundExpr> result = new ArrayList<>(targets.size());
    for (Target target : targets) {
      result.add(target.expr());
    }
    return result;
  }

  /** Returns the names of some columns. */
  static List<String> namesOf(List<Target> targets) {
    List<String> result = new ArrayList<>(targets.size());
    for (Target target : targets) {
      result.add(target.name());
    }
    return result;
  }

  void replace(int i, BoundExpr expr) {
    targets.set(i, targets.get(i).with(expr));
  }

  /** Makes a column that is sorted or grouped by, and still of type unknown, a text. */
  BoundExpr resolved(int i) {
    BoundExpr expr = targets.get(i).expr();
    if (expr.type().oid() == Oids.UNKNOWN) {
      expr = state.coercer().resolveUnknown(expr);
      replace(i, expr);
    }
    return expr;
  }

  /** Finds what an item of ORDER BY and the like means, adding it when it is not there. */
  int findOrAdd(Expression node, Clause clause, String text) {
    int found = findByName(node, clause, text);
    if (found < 0) {
      found = findByPosition(node, text);
    }
    return found >= 0 ? found : findOrAddExpression(node, clause);
  }

  /**
   * What an item of GROUP BY means.
   *
   * @param target the column of the list that it is, -1 for none
   */
  record Meaning(int target, BoundExpr expr) {}

  /** Finds what an item of GROUP BY means, in the list or by itself. */
  Meaning findOrBind(Expression node, Clause clause, String text) {
    int found = findByName(node, clause, text);
    if (found < 0) {
      found = findByPosition(node, text);
    }
    if (found >= 0) {
      return new Meaning(found, resolved(found));
    }
    BoundExpr bound = expressions.bind(node, clause);
    for (int i = 0; i < targets.size(); i++) {
      if (Equivalence.same(targets.get(i).expr(), bound)) {
        return new Meaning(i, resolved(i));
      }
    }
    return new Meaning(-1, state.coercer().resolveUnknown(bound));
  }

  /** Finds an expression in the list by what it computes, adding it when it is not there. */
  int findOrAddExpression(Expression node, Clause clause) {
    BoundExpr bound = expressions.bind(node, clause);
    for (int i = 0; i < targets.size(); i++) {
      if (Equivalence.same(targets.get(i).expr(), bound)) {
        return i;
      }
    }
    targets.add(new Target(bound, ColumnNames.of(node), true));
    return targets.size() - 1;
  }

  private int findByName(Expression node, Clause clause, String text) {
    if (!(node instanceof Expression.ColumnRef ref) || ref.parts().size() != 1) {
      return -1;
    }
    String name = ref.parts().get(0);
    if (clause == Clause.GROUP_BY
        && expressions.names().unqualifiedOrNull(name, ref.position()) != null) {
      return -1;
    }
    int found = -1;
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      if (target.isJunk() || !target.name().equals(name)) {
        continue;
      }
      if (found >= 0 && !Equivalence.same(targets.get(found).expr(), target.expr())) {
        throw new SqlException(
            SqlState.AMBIGUOUS_COLUMN, text + " \"" + name + "\" is ambiguous", ref.position());
      }
      found = found < 0 ? i : found;
    }
    if (found >= 0) {
      check(found, clause, text);
    }
    return found;
  }

  private int findByPosition(Expression node, String text) {
    boolean isConstant =
        node instanceof Expression.NumericConstant
            || node instanceof Expression.StringConstant
            || node instanceof Expression.NullConstant
            || node instanceof Expression.BooleanConstant
            || node instanceof Expression.BitStringConstant;
    if (!isConstant) {
      return -1;
    }
    if (!(node instanceof Expression.NumericConstant number)
        || number.kind() != Expression.NumericKind.INT4) {
      throw BindErrors.syntax("non-integer constant in " + text, node.position());
    }
    long wanted = Long.parseLong(number.text());
    int seen = 0;
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isJunk() && ++seen == wanted) {
        if (text.equals("GROUP BY")) {
          check(i, Clause.GROUP_BY, text);
        }
        return i;
      }
    }
    throw BindErrors.columnReference(
        text + " position " + wanted + " is not in select list", node.position());
  }

  /** Raises an error when GROUP BY means a column with aggregates or window functions. */
  private void check(int target, Clause clause, String text) {
    if (clause != Clause.GROUP_BY) {
      return;
    }
    QueryLevel level = expressions.level();
    Expressions.walk(
        targets.get(target).expr(),
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            if (level.isAggregateRelation(ref.relation())) {
              throw BindErrors.grouping(
                  "aggregate functions are not allowed in " + text, state.position(e));
            }
            if (level.isWindowRelation(ref.relation())) {
              throw BindErrors.windowing(
                  "window functions are not allowed in " + text, state.position(e));
            }
          }
        });
  }
}
