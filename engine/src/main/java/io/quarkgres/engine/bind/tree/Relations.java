package io.quarkgres.engine.bind.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Walks over and rebuilds relational trees. Thread: any. */
public final class Relations {
  private Relations() {}

  /** Returns the direct inputs. */
  public static List<Relation> children(Relation relation) {
    return switch (relation) {
      case Relation.SingleRow r -> List.of();
      case Relation.InputScan r -> List.of();
      case Relation.Scan r -> List.of();
      case Relation.VirtualScan r -> List.of();
      case Relation.Values r -> List.of();
      case Relation.FunctionScan r -> List.of();
      case Relation.CteScan r -> List.of();
      case Relation.Project r -> List.of(r.input());
      case Relation.ProjectSet r -> List.of(r.input());
      case Relation.Filter r -> List.of(r.input());
      case Relation.Join r -> List.of(r.left(), r.right());
      case Relation.Aggregate r -> List.of(r.input());
      case Relation.Window r -> List.of(r.input());
      case Relation.Distinct r -> List.of(r.input());
      case Relation.DistinctOn r -> List.of(r.input());
      case Relation.Sort r -> List.of(r.input());
      case Relation.Limit r -> List.of(r.input());
      case Relation.SetOperation r -> List.of(r.left(), r.right());
      case Relation.With r -> withChildren(r);
      case Relation.LockRows r -> List.of(r.input());
      case Relation.Modify r -> List.of(source(r.modification()));
    };
  }

  private static List<Relation> withChildren(Relation.With with) {
    List<Relation> result = new ArrayList<>();
    for (Relation.Cte cte : with.ctes()) {
      result.add(cte.query());
      if (cte.recursive() != null) {
        result.add(cte.recursive());
      }
    }
    result.add(with.body());
    return result;
  }

  /** Returns the relational source of a modification. */
  public static Relation source(Modification modification) {
    return switch (modification) {
      case Modification.Insert m -> m.source();
      case Modification.Update m -> m.source();
      case Modification.Delete m -> m.source();
      case Modification.Merge m -> m.source();
    };
  }

  /** Rebuilds a relation with its direct inputs replaced. */
  public static Relation mapChildren(Relation relation, UnaryOperator<Relation> f) {
    return RelationRebuild.rebuild(relation, f, UnaryOperator.identity());
  }

  /** Rebuilds a whole tree with every expression in it replaced. */
  public static Relation mapExpressions(Relation relation, UnaryOperator<BoundExpr> f) {
    return RelationRebuild.rebuild(relation, child -> mapExpressions(child, f), f);
  }

  /** Rebuilds one operator with its own expressions replaced and its inputs as they are. */
  public static Relation mapOwnExpressions(Relation relation, UnaryOperator<BoundExpr> f) {
    return RelationRebuild.rebuild(relation, UnaryOperator.identity(), f);
  }

  /** Rebuilds sort keys with their expressions replaced. */
  public static List<Relation.SortKey> keys(
      List<Relation.SortKey> keys, UnaryOperator<BoundExpr> f) {
    List<Relation.SortKey> result = new ArrayList<>();
    for (Relation.SortKey key : keys) {
      result.add(
          new Relation.SortKey(f.apply(key.expression()), key.isDescending(), key.nullsFirst()));
    }
    return result;
  }

  /** Visits the top of every expression in a tree, those of an operator after its inputs'. */
  public static void walkExpressions(Relation relation, Consumer<BoundExpr> visitor) {
    for (Relation child : children(relation)) {
      walkExpressions(child, visitor);
    }
    RelationExpressions.visit(relation, visitor);
  }

  /** Visits the top of every expression of one operator, not those of its inputs. */
  public static void walkOwnExpressions(Relation relation, Consumer<BoundExpr> visitor) {
    RelationExpressions.visit(relation, visitor);
  }

  /** Visits every relation of a tree, top first; not the insides of subqueries. */
  public static void walk(Relation relation, Consumer<Relation> visitor) {
    visitor.accept(relation);
    for (Relation child : children(relation)) {
      walk(child, visitor);
    }
  }

  /** Tells whether any expression in a tree, subqueries included, refers to a relation. */
  public static boolean refersTo(Relation tree, int relation) {
    boolean[] found = new boolean[1];
    walkExpressions(tree, e -> found[0] |= Expressions.relations(e).get(relation));
    return found[0];
  }

  /** Returns the columns that a tree refers to and no relation in it produces, each once. */
  public static List<OutputColumn> freeColumns(Relation tree) {
    BitSet produced = new BitSet();
    markProduced(tree, produced);
    List<OutputColumn> result = new ArrayList<>();
    walkExpressions(tree, e -> addFree(e, produced, result));
    return result;
  }

  private static void addFree(BoundExpr expr, BitSet produced, List<OutputColumn> out) {
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && !produced.get(ref.relation())) {
            OutputColumn column =
                new OutputColumn(
                    ref.relation(), ref.column(), ref.name(), ref.type(), ref.typmod());
            boolean isKnown =
                out.stream()
                    .anyMatch(o -> o.relation() == ref.relation() && o.column() == ref.column());
            if (!isKnown) {
              out.add(column);
            }
          }
        });
  }

  /** Marks the numbers of all relations that a tree, subqueries included, produces. */
  public static void markProduced(Relation tree, BitSet produced) {
    walk(
        tree,
        r -> {
          for (OutputColumn output : r.outputs()) {
            produced.set(output.relation());
          }
          if (r instanceof Relation.Modify modify) {
            produced.set(modify.modification().target());
            if (modify.modification() instanceof Modification.Insert insert
                && insert.conflict() != null) {
              produced.set(insert.conflict().excluded());
            }
          }
        });
    walkExpressions(
        tree,
        e ->
            Expressions.walk(
                e,
                x -> {
                  if (x instanceof BoundExpr.Subquery s) {
                    markProduced(s.query(), produced);
                  }
                }));
  }

  /** Tells whether a tree changes data or calls a volatile function. */
  public static boolean hasEffects(Relation tree) {
    boolean[] found = new boolean[1];
    walk(tree, r -> found[0] |= r instanceof Relation.Modify || r instanceof Relation.LockRows);
    walkExpressions(tree, e -> found[0] |= Expressions.isVolatile(e));
    return found[0];
  }
}
