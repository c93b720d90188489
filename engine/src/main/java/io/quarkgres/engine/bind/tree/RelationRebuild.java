package io.quarkgres.engine.bind.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilds relational operators with other inputs and expressions. Thread: any. */
final class RelationRebuild {
  private RelationRebuild() {}

  /** Rebuilds one operator. */
  static Relation rebuild(
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
      case Relation.Sort r ->
          new Relation.Sort(inputs.apply(r.input()), Relations.keys(r.keys(), exprs));
      case Relation.Limit r ->
          new Relation.Limit(
              inputs.apply(r.input()),
              optional(r.count(), exprs),
              optional(r.offset(), exprs),
              r.ties() == null ? null : Relations.keys(r.ties(), exprs));
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
              r.relation(),
              ModificationRebuild.rebuild(r.modification(), inputs, exprs),
              r.outputs());
    };
  }

  static BoundExpr optional(BoundExpr expr, UnaryOperator<BoundExpr> f) {
    return expr == null ? null : f.apply(expr);
  }

  static List<BoundExpr> optionals(List<BoundExpr> list, UnaryOperator<BoundExpr> f) {
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
              Relations.keys(call.orderBy(), f),
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
        Relations.keys(r.orderBy(), f),
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
}
