package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Makes the storage's description of an index: how its keys are computed. Thread: any. */
public final class IndexSpecs {
  private IndexSpecs() {}

  /**
   * Makes the description of an index.
   *
   * @param index the entry; its {@code index()} is not looked at
   * @param columns the table's columns
   * @param relation the number by which the expressions refer to the table's columns
   * @param keys the key expressions (column references for plain columns), one for each key
   * @param predicate the condition of a partial index, or {@code null}
   * @param catalog the catalog version, for functions and types
   * @param evaluation what the expressions are computed with whenever a row is written
   */
  public static IndexSpec of(
      IndexEntry index,
      List<ColumnEntry> columns,
      int relation,
      List<BoundExpr> keys,
      BoundExpr predicate,
      Catalog catalog,
      EvalContext evaluation) {
    Environment environment =
        new Environment(
            (subquery, scope) -> {
              throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED, "cannot use subquery in index expression");
            },
            catalog.types(),
            catalog.functions());
    Scope scope = new Scope(environment, outputs(columns, relation));
    Evaluator[] evaluators = scope.compileAll(keys);
    List<Layout> layouts = new ArrayList<>();
    List<Integer> typmods = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    SqlType[] types = new SqlType[evaluators.length];
    boolean[] descending = new boolean[evaluators.length];
    boolean[] nullsFirst = new boolean[evaluators.length];
    for (int i = 0; i < evaluators.length; i++) {
      types[i] = keys.get(i).type();
      descending[i] = index.keys().get(i).isDescending();
      nullsFirst[i] = index.keys().get(i).nullsFirst();
      layouts.add(types[i].layout());
      typmods.add(keys.get(i).typmod());
      classes.add(index.keys().get(i).operatorClass());
    }
    boolean isOrdered = index.method().equals("btree") || index.method().equals("hash");
    return new IndexSpec(
        index.name(),
        index.method(),
        layouts,
        typmods,
        classes,
        new IndexKeyExpressions(
            evaluators,
            predicate == null ? null : scope.compile(predicate),
            evaluation,
            referenced(keys, predicate)),
        isOrdered ? new IndexKeyFormat(types, descending, nullsFirst) : null,
        index.isUnique(),
        index.nullsNotDistinct(),
        index.isDeferrable(),
        index.options());
  }

  /** Returns the table columns that keys and predicate refer to. */
  private static int[] referenced(List<BoundExpr> keys, BoundExpr predicate) {
    BitSet columns = new BitSet();
    List<BoundExpr> all = new ArrayList<>(keys);
    if (predicate != null) {
      all.add(predicate);
    }
    for (BoundExpr expr : all) {
      Expressions.walk(
          expr,
          part -> {
            if (part instanceof BoundExpr.ColumnRef reference) {
              columns.set(reference.column());
            }
          });
    }
    return columns.stream().toArray();
  }

  private static List<OutputColumn> outputs(List<ColumnEntry> columns, int relation) {
    List<OutputColumn> result = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnEntry column = columns.get(i);
      result.add(new OutputColumn(relation, i, column.name(), column.type(), column.typmod()));
    }
    return result;
  }
}
