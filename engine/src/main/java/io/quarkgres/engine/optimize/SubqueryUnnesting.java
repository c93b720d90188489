package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Turns {@code EXISTS}, {@code NOT EXISTS} and {@code IN} of a WHERE clause into semi- and
 * anti-joins. A correlated subquery qualifies when its references to the outer rows stand in its
 * own WHERE clause. {@code NOT IN} stays a subplan, because a NULL in its rows changes the answer.
 * Thread: any.
 */
final class SubqueryUnnesting {
  private SubqueryUnnesting() {}

  static Relation apply(Relation relation) {
    Relation rebuilt =
        Relations.mapOwnExpressions(
            Relations.mapChildren(relation, SubqueryUnnesting::apply),
            SubqueryUnnesting::applyInside);
    return rebuilt instanceof Relation.Filter filter ? unnest(filter) : rebuilt;
  }

  private static BoundExpr applyInside(BoundExpr expr) {
    if (!Expressions.hasSubquery(expr)) {
      return expr;
    }
    BoundExpr rebuilt = Expressions.mapChildren(expr, SubqueryUnnesting::applyInside);
    return rebuilt instanceof BoundExpr.Subquery s
        ? new BoundExpr.Subquery(s.kind(), apply(s.query()), s.test(), s.type(), s.typmod())
        : rebuilt;
  }

  private static Relation unnest(Relation.Filter filter) {
    Relation input = filter.input();
    List<BoundExpr> rest = new ArrayList<>();
    for (BoundExpr conjunct : Expressions.conjuncts(filter.predicate())) {
      Relation joined = join(input, conjunct);
      if (joined == null) {
        rest.add(conjunct);
      } else {
        input = joined;
      }
    }
    return rest.isEmpty() ? input : new Relation.Filter(input, Expressions.and(rest));
  }

  /** Returns the input joined so that the conjunct holds, or {@code null} when that cannot be. */
  private static Relation join(Relation input, BoundExpr conjunct) {
    if (conjunct instanceof BoundExpr.Subquery s) {
      return switch (s.kind()) {
        case EXISTS -> join(input, s, Relation.JoinKind.SEMI);
        case ANY -> join(input, s, Relation.JoinKind.SEMI);
        case SCALAR, ALL, ARRAY -> null;
      };
    }
    if (conjunct instanceof BoundExpr.Not not
        && not.operand() instanceof BoundExpr.Subquery s
        && s.kind() == BoundExpr.SubqueryKind.EXISTS) {
      return join(input, s, Relation.JoinKind.ANTI);
    }
    return null;
  }

  private static Relation join(Relation input, BoundExpr.Subquery s, Relation.JoinKind kind) {
    BitSet outer = Expressions.relationsOf(input.outputs());
    List<BoundExpr> condition = new ArrayList<>();
    Relation query = s.query();
    BoundExpr test = s.test();
    while (true) {
      if (query instanceof Relation.Project project && isPlain(project)) {
        test =
            test == null
                ? null
                : Expressions.substitute(test, project.relation(), project.expressions());
        query = project.input();
      } else if (query instanceof Relation.Sort sort) {
        query = sort.input();
      } else if (query instanceof Relation.Distinct distinct) {
        query = distinct.input();
      } else {
        break;
      }
    }
    if (query instanceof Relation.Filter filter) {
      List<BoundExpr> local = new ArrayList<>();
      for (BoundExpr conjunct : Expressions.conjuncts(filter.predicate())) {
        boolean isCorrelated = Expressions.relations(conjunct).intersects(outer);
        (isCorrelated ? condition : local).add(conjunct);
      }
      query =
          local.isEmpty()
              ? filter.input()
              : new Relation.Filter(filter.input(), Expressions.and(local));
    }
    boolean isExists = test == null;
    if (isExists && condition.isEmpty()) {
      return null;
    }
    if (!isExists) {
      condition.addAll(Expressions.conjuncts(test));
    }
    for (BoundExpr conjunct : condition) {
      if (Expressions.hasSubquery(conjunct) || Expressions.isVolatile(conjunct)) {
        return null;
      }
    }
    if (refersToAny(query, outer) || Relations.hasEffects(query)) {
      return null;
    }
    return onto(input, kind, query, Expressions.and(condition));
  }

  /**
   * Joins the one side of the input's joins that the condition is about, so that the other sides
   * are joined with what is left of it. A side for which a join may add NULLs stays as it is.
   */
  private static Relation onto(
      Relation input, Relation.JoinKind kind, Relation query, BoundExpr condition) {
    if (input instanceof Relation.Join join) {
      BitSet asked = Expressions.relations(condition);
      boolean asksLeft = asked.intersects(Expressions.relationsOf(join.left().outputs()));
      boolean asksRight = asked.intersects(Expressions.relationsOf(join.right().outputs()));
      boolean takesLeft = keepsLeftAlone(join.kind());
      boolean takesRight = keepsRightAlone(join.kind()) && !join.isLateral();
      if (asksLeft && !asksRight && takesLeft) {
        return withSides(join, onto(join.left(), kind, query, condition), join.right());
      }
      if (asksRight && !asksLeft && takesRight) {
        return withSides(join, join.left(), onto(join.right(), kind, query, condition));
      }
    }
    return new Relation.Join(kind, input, query, condition, false, input.outputs());
  }

  private static Relation withSides(Relation.Join join, Relation left, Relation right) {
    return new Relation.Join(
        join.kind(), left, right, join.condition(), join.isLateral(), join.outputs());
  }

  /** Tells whether dropping left rows before the join drops the same rows as after it. */
  private static boolean keepsLeftAlone(Relation.JoinKind kind) {
    return switch (kind) {
      case INNER, LEFT, SEMI, ANTI -> true;
      case RIGHT, FULL -> false;
    };
  }

  private static boolean keepsRightAlone(Relation.JoinKind kind) {
    return switch (kind) {
      case INNER, RIGHT -> true;
      case LEFT, FULL, SEMI, ANTI -> false;
    };
  }

  private static boolean isPlain(Relation.Project project) {
    return project.expressions().stream()
        .noneMatch(e -> Expressions.isVolatile(e) || Expressions.hasSubquery(e));
  }

  private static boolean refersToAny(Relation tree, BitSet outer) {
    boolean[] found = new boolean[1];
    Relations.walkExpressions(tree, e -> found[0] |= Expressions.relations(e).intersects(outer));
    return found[0];
  }
}
