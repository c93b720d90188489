package io.quarkgres.engine.bind;

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
    return rebuild(relation, f, UnaryOperator.identity());
  }

  /** Rebuilds a whole tree with every expression in it replaced. */
  public static Relation mapExpressions(Relation relation, UnaryOperator<BoundExpr> f) {
    return rebuild(relation, child -> mapExpressions(child, f), f);
  }

  /** Rebuilds one operator with its own expressions replaced and its inputs as they are. */
  public static Relation mapOwnExpressions(Relation relation, UnaryOperator<BoundExpr> f) {
    return rebuild(relation, UnaryOperator.identity(), f);
  }

  private static Relation rebuild(
      Relation relation, UnaryOperator<Relation> inputs, UnaryOperator<BoundExpr> exprs) {
    return switch (relation) {
      case Relation.SingleRow r -> r;
      case Relation.InputScan r -> r;
      case Relation.Scan r -> r;
      case Relation.VirtualScan r -> r;
      case Relation.CteScan r -> r;
      case Relation.Values r ->
          new Relation.Values(r.relation(), rows(r.rows(), exprs), r.outputs());
      case Relation.FunctionScan r ->
          new Relation.FunctionScan(
              r.relation(), functions(r.functions(), exprs), r.withOrdinality(), r.outputs());
      case Relation.Project r ->
          new Relation.Project(
              r.relation(),
              inputs.apply(r.input()),
              Expressions.map(r.expressions(), exprs),
              r.outputs());
      case Relation.ProjectSet r ->
          new Relation.ProjectSet(
              r.relation(), inputs.apply(r.input()), functions(r.functions(), exprs), r.outputs());
      case Relation.Filter r ->
          new Relation.Filter(inputs.apply(r.input()), exprs.apply(r.predicate()));
      case Relation.Join r ->
          new Relation.Join(
              r.kind(),
              inputs.apply(r.left()),
              inputs.apply(r.right()),
              optional(r.condition(), exprs),
              r.isLateral(),
              r.outputs());
      case Relation.Aggregate r ->
          new Relation.Aggregate(
              r.relation(),
              inputs.apply(r.input()),
              Expressions.map(r.keys(), exprs),
              r.sets(),
              aggregates(r.aggregates(), exprs),
              r.groupings(),
              r.outputs());
      case Relation.Window r -> window(r, inputs, exprs);
      case Relation.Distinct r -> new Relation.Distinct(inputs.apply(r.input()));
      case Relation.DistinctOn r ->
          new Relation.DistinctOn(inputs.apply(r.input()), Expressions.map(r.keys(), exprs));
      case Relation.Sort r -> new Relation.Sort(inputs.apply(r.input()), keys(r.keys(), exprs));
      case Relation.Limit r ->
          new Relation.Limit(
              inputs.apply(r.input()),
              optional(r.count(), exprs),
              optional(r.offset(), exprs),
              r.ties() == null ? null : keys(r.ties(), exprs));
      case Relation.SetOperation r ->
          new Relation.SetOperation(
              r.relation(),
              r.kind(),
              r.isAll(),
              inputs.apply(r.left()),
              inputs.apply(r.right()),
              r.outputs());
      case Relation.With r -> with(r, inputs);
      case Relation.LockRows r -> new Relation.LockRows(inputs.apply(r.input()), r.locks());
      case Relation.Modify r ->
          new Relation.Modify(
              r.relation(), modification(r.modification(), inputs, exprs), r.outputs());
    };
  }

  private static BoundExpr optional(BoundExpr expr, UnaryOperator<BoundExpr> f) {
    return expr == null ? null : f.apply(expr);
  }

  private static List<BoundExpr> optionals(List<BoundExpr> list, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> result = new ArrayList<>(list.size());
    for (BoundExpr expr : list) {
      result.add(optional(expr, f));
    }
    return result;
  }

  private static List<List<BoundExpr>> rows(
      List<List<BoundExpr>> rows, UnaryOperator<BoundExpr> f) {
    List<List<BoundExpr>> result = new ArrayList<>(rows.size());
    for (List<BoundExpr> row : rows) {
      result.add(Expressions.map(row, f));
    }
    return result;
  }

  private static List<Relation.TableFunction> functions(
      List<Relation.TableFunction> functions, UnaryOperator<BoundExpr> f) {
    List<Relation.TableFunction> result = new ArrayList<>();
    for (Relation.TableFunction function : functions) {
      result.add(
          new Relation.TableFunction(
              function.call(),
              function.arguments() == null ? null : Expressions.map(function.arguments(), f),
              optional(function.scalar(), f),
              function.columnCount()));
    }
    return result;
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

  private static List<Relation.AggregateCall> aggregates(
      List<Relation.AggregateCall> calls, UnaryOperator<BoundExpr> f) {
    List<Relation.AggregateCall> result = new ArrayList<>();
    for (Relation.AggregateCall call : calls) {
      result.add(
          new Relation.AggregateCall(
              call.call(),
              Expressions.map(call.arguments(), f),
              call.directArguments(),
              call.isDistinct(),
              keys(call.orderBy(), f),
              optional(call.filter(), f)));
    }
    return result;
  }

  private static Relation window(
      Relation.Window r, UnaryOperator<Relation> inputs, UnaryOperator<BoundExpr> f) {
    List<Relation.WindowCall> calls = new ArrayList<>();
    for (Relation.WindowCall call : r.calls()) {
      calls.add(
          new Relation.WindowCall(
              call.call(), Expressions.map(call.arguments(), f), optional(call.filter(), f)));
    }
    Relation.Frame frame = r.frame();
    Relation.Frame newFrame =
        frame == null
            ? null
            : new Relation.Frame(
                frame.mode(),
                frame.start(),
                optional(frame.startOffset(), f),
                frame.end(),
                optional(frame.endOffset(), f),
                frame.exclusion(),
                frame.rangeStartComparison(),
                frame.rangeEndComparison());
    return new Relation.Window(
        r.relation(),
        inputs.apply(r.input()),
        Expressions.map(r.partitionBy(), f),
        keys(r.orderBy(), f),
        newFrame,
        calls,
        r.outputs());
  }

  private static Relation with(Relation.With r, UnaryOperator<Relation> inputs) {
    List<Relation.Cte> ctes = new ArrayList<>();
    for (Relation.Cte cte : r.ctes()) {
      ctes.add(
          new Relation.Cte(
              cte.cte(),
              cte.name(),
              inputs.apply(cte.query()),
              cte.recursive() == null ? null : inputs.apply(cte.recursive()),
              cte.isUnionAll(),
              cte.materialized(),
              cte.references()));
    }
    return new Relation.With(ctes, inputs.apply(r.body()));
  }

  private static List<Modification.Check> checks(
      List<Modification.Check> checks, UnaryOperator<BoundExpr> f) {
    List<Modification.Check> result = new ArrayList<>();
    for (Modification.Check check : checks) {
      result.add(
          new Modification.Check(check.name(), f.apply(check.condition()), check.isOfView()));
    }
    return result;
  }

  private static Modification modification(
      Modification modification, UnaryOperator<Relation> inputs, UnaryOperator<BoundExpr> f) {
    return switch (modification) {
      case Modification.Insert m ->
          new Modification.Insert(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.columns(),
              optionals(m.defaults(), f),
              optionals(m.generated(), f),
              checks(m.checks(), f),
              conflict(m.conflict(), f),
              Expressions.map(m.returning(), f));
      case Modification.Update m ->
          new Modification.Update(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              m.columns(),
              Expressions.map(m.values(), f),
              optionals(m.generated(), f),
              checks(m.checks(), f),
              m.isRecheckable(),
              optional(m.recheck(), f),
              Expressions.map(m.returning(), f));
      case Modification.Delete m ->
          new Modification.Delete(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              m.isRecheckable(),
              optional(m.recheck(), f),
              Expressions.map(m.returning(), f));
      case Modification.Merge m ->
          new Modification.Merge(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              actions(m.actions(), f),
              optionals(m.generated(), f),
              checks(m.checks(), f));
    };
  }

  private static List<Modification.MergeAction> actions(
      List<Modification.MergeAction> actions, UnaryOperator<BoundExpr> f) {
    List<Modification.MergeAction> result = new ArrayList<>();
    for (Modification.MergeAction action : actions) {
      BoundExpr condition = optional(action.condition(), f);
      result.add(
          switch (action) {
            case Modification.MergeAction.Update a ->
                new Modification.MergeAction.Update(
                    condition, a.columns(), Expressions.map(a.values(), f));
            case Modification.MergeAction.Delete a ->
                new Modification.MergeAction.Delete(condition);
            case Modification.MergeAction.Insert a ->
                new Modification.MergeAction.Insert(condition, optionals(a.values(), f));
            case Modification.MergeAction.Nothing a ->
                new Modification.MergeAction.Nothing(a.isMatched(), condition);
          });
    }
    return result;
  }

  private static Modification.Conflict conflict(
      Modification.Conflict conflict, UnaryOperator<BoundExpr> f) {
    return conflict == null
        ? null
        : new Modification.Conflict(
            conflict.arbiters(),
            conflict.isUpdate(),
            conflict.excluded(),
            conflict.columns(),
            Expressions.map(conflict.values(), f),
            optional(conflict.where(), f));
  }

  /** Visits the top of every expression in a tree; not the insides of subqueries. */
  public static void walkExpressions(Relation relation, Consumer<BoundExpr> visitor) {
    mapExpressions(
        relation,
        e -> {
          visitor.accept(e);
          return e;
        });
  }

  /** Visits the top of every expression of one operator, not those of its inputs. */
  public static void walkOwnExpressions(Relation relation, Consumer<BoundExpr> visitor) {
    mapOwnExpressions(
        relation,
        e -> {
          visitor.accept(e);
          return e;
        });
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
