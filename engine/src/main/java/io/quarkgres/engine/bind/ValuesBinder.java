package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds VALUES lists. Used by one thread. */
final class ValuesBinder {
  private final BindState state;
  private final QueryLevel level;

  ValuesBinder(QueryLevel level) {
    this.state = level.state();
    this.level = level;
  }

  Analyzed bind(Query query, QueryBody.Values values) {
    if (!query.locking().isEmpty()) {
      throw BindErrors.notSupported(
          LockBinder.clause(query.locking().get(0)) + " cannot be applied to VALUES", -1);
    }
    ExpressionBinder expressions = new ExpressionBinder(level);
    List<List<BoundExpr>> rows = new ArrayList<>();
    Clause before = level.enter(Clause.VALUES);
    for (List<Expression> row : values.rows()) {
      List<BoundExpr> bound = expressions.bindList(row);
      if (!rows.isEmpty() && rows.get(0).size() != bound.size()) {
        throw BindErrors.syntax(
            "VALUES lists must all be the same length",
            bound.isEmpty() ? values.position() : state.position(bound.get(0)));
      }
      rows.add(bound);
    }
    level.enter(before);
    Relation.Values relation = unify(rows);
    state.trace().values(values, relation.rows());
    if (query.orderBy().isEmpty() && query.limit() == null) {
      return Analyzed.of(state, relation);
    }
    return Analyzed.of(state, new OutputTail(level, relation, "*VALUES*").apply(query, true));
  }

  private Relation.Values unify(List<List<BoundExpr>> rows) {
    int width = rows.get(0).size();
    List<List<BoundExpr>> unified = new ArrayList<>();
    rows.forEach(row -> unified.add(new ArrayList<>()));
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      List<BoundExpr> values = new ArrayList<>();
      for (List<BoundExpr> row : rows) {
        values.add(row.get(column));
      }
      SqlType type = CommonType.of(state, values, "VALUES");
      List<BoundExpr> coerced = state.coercer().allToCommon(values, type, "VALUES");
      for (int row = 0; row < coerced.size(); row++) {
        unified.get(row).add(coerced.get(row));
      }
      int typmod = CommonType.typmod(coerced, type);
      outputs.add(new OutputColumn(relation, column, ColumnNames.ofValues(column), type, typmod));
    }
    List<List<BoundExpr>> copies = new ArrayList<>();
    unified.forEach(row -> copies.add(List.copyOf(row)));
    return new Relation.Values(relation, List.copyOf(copies), List.copyOf(outputs));
  }
}
