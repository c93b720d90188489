package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.scan.FilterIndex;
import io.quarkgres.engine.exec.scan.FunctionScanOperator;
import io.quarkgres.engine.exec.scan.IndexKeyFormat;
import io.quarkgres.engine.exec.scan.IndexRanges;
import io.quarkgres.engine.exec.scan.IndexScanOperator;
import io.quarkgres.engine.exec.scan.NearestScanOperator;
import io.quarkgres.engine.exec.scan.ProjectSetOperator;
import io.quarkgres.engine.exec.scan.TableFunctionSource;
import io.quarkgres.engine.exec.scan.TableScanOperator;
import io.quarkgres.engine.exec.scan.ValuesOperator;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Layout;
import java.util.List;

/**
 * Makes the operators of index scans and of rows of expressions and functions. Used by the thread
 * that opens the execution.
 */
final class ScanBuilder {
  private final OperatorBuilder builder;
  private final Environment environment;
  private final ExecutionContext context;

  ScanBuilder(OperatorBuilder builder) {
    this.builder = builder;
    this.environment = builder.environment();
    this.context = builder.context();
  }

  Operator indexScan(Plan.IndexScan p) {
    return new IndexScanOperator(p, context, ranges(p), builder.compile(p.filter(), p.outputs()));
  }

  private IndexRanges ranges(Plan.IndexScan p) {
    Scope none = new Scope(environment, List.of());
    return new IndexRanges(p.bounds(), IndexKeyFormat.of(p.index()), none);
  }

  Operator nearestScan(Plan.NearestScan p) {
    return new NearestScanOperator(
        p,
        context,
        builder.compile(p.query(), List.of()),
        nearestFilter(p, p.filter()),
        bound(p),
        p.all() == null ? null : builder.build(p.all()),
        p.few() == null ? null : builder.build(p.few()),
        filterIndex(p),
        builder.compile(p.count(), List.of()),
        builder.compile(p.offset(), List.of()),
        builder.measure(p));
  }

  private FilterIndex filterIndex(Plan.NearestScan p) {
    Plan byIndex = p.few() == null ? p.all() : p.few();
    return byIndex instanceof Plan.IndexScan scan
        ? new FilterIndex(scan, context, ranges(scan))
        : null;
  }

  private NearestScanOperator.Bound bound(Plan.NearestScan p) {
    Plan.DistanceBound bound = p.bound();
    return bound == null
        ? null
        : new NearestScanOperator.Bound(
            builder.compile(bound.query(), List.of()),
            builder.compile(bound.distance(), List.of()),
            nearestFilter(p, bound.others()));
  }

  private NearestScanOperator.Filter nearestFilter(Plan.NearestScan p, BoundExpr filter) {
    if (filter == null) {
      return null;
    }
    List<OutputColumn> needed = Expressions.referredTo(filter, p.outputs());
    return new NearestScanOperator.Filter(
        builder.compile(filter, needed), TableScanOperator.projection(p.table(), needed), context);
  }

  Operator values(Plan.ValuesScan p) {
    Scope none = new Scope(environment, List.of());
    Evaluator[][] rows = new Evaluator[p.rowValues().size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = none.compileAll(p.rowValues().get(i));
    }
    return new ValuesOperator(rows, RowBuffer.layouts(p.outputs()), context);
  }

  Operator functionScan(Plan.FunctionScan p) {
    TableFunctionSource[] sources = functions(p.functions(), new Scope(environment, List.of()));
    Layout[][] layouts = new Layout[sources.length][];
    int column = 0;
    for (int f = 0; f < sources.length; f++) {
      layouts[f] = new Layout[p.functions().get(f).columnCount()];
      for (int i = 0; i < layouts[f].length; i++) {
        layouts[f][i] = p.outputs().get(column++).type().layout();
      }
    }
    return new FunctionScanOperator(sources, layouts, p.withOrdinality(), context);
  }

  Operator projectSet(Plan.ProjectSet p) {
    Operator input = builder.build(p.input());
    int first = p.input().outputs().size();
    Layout[] layouts = new Layout[p.functions().size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = p.outputs().get(first + i).type().layout();
    }
    return new ProjectSetOperator(
        input, functions(p.functions(), builder.scope(p.input())), layouts, context);
  }

  private static TableFunctionSource[] functions(
      List<Relation.TableFunction> functions, Scope scope) {
    TableFunctionSource[] sources = new TableFunctionSource[functions.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new TableFunctionSource(functions.get(i), scope);
    }
    return sources;
  }
}
