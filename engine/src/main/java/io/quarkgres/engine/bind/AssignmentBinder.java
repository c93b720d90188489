package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Assignment;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.SubqueryKind;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds SET of UPDATE and of ON CONFLICT. Used by one thread. */
final class AssignmentBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final TargetTable target;
  private final RangeEntry current;
  private final Map<Integer, BoundExpr> values = new LinkedHashMap<>();
  private final List<Relation> rowSources = new ArrayList<>();
  private final Map<Integer, Boolean> isPartial = new LinkedHashMap<>();

  /**
   * Makes a binder.
   *
   * @param current the row as it is, for assignments to a part of a column
   */
  AssignmentBinder(ExpressionBinder expressions, TargetTable target, RangeEntry current) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.target = target;
    this.current = current;
  }

  /** Binds the items. */
  void bind(List<Assignment> assignments) {
    Clause before = expressions.level().enter(Clause.UPDATE_SOURCE);
    for (Assignment assignment : assignments) {
      switch (assignment) {
        case Assignment.Single single -> single(single);
        case Assignment.Multiple multiple -> multiple(multiple);
      }
    }
    expressions.level().enter(before);
  }

  List<Integer> columns() {
    return List.copyOf(values.keySet());
  }

  List<BoundExpr> values() {
    return List.copyOf(values.values());
  }

  /** Returns the rows that subqueries give for several columns, to be joined laterally. */
  List<Relation> rowSources() {
    return rowSources;
  }

  private void single(Assignment.Single single) {
    assign(single.column(), single.value());
  }

  private void assign(Assignment.Column column, Expression value) {
    int number = target.findAssigned(column.name(), column.position());
    if (value instanceof Expression.Default) {
      if (!column.path().isEmpty()) {
        throw BindErrors.notSupported("cannot set an array element to DEFAULT", column.position());
      }
      put(number, target.defaultOf(number), true, false);
      return;
    }
    BoundExpr bound = expressions.bind(value);
    assign(column, number, bound);
  }

  private void assign(Assignment.Column column, int number, BoundExpr bound) {
    if (column.path().isEmpty()) {
      put(number, target.assign(number, bound), false, false);
    } else {
      put(number, part(column, number, bound), false, true);
    }
  }

  private void put(int number, BoundExpr value, boolean isDefault, boolean isPart) {
    String name = target.column(number).name();
    boolean wasPart = isPartial.getOrDefault(number, false);
    if (values.containsKey(number) && !(isPart && wasPart)) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "multiple assignments to same column \"" + name + "\"");
    }
    boolean isAlways = target.isGenerated(number) || target.isAlwaysIdentity(number);
    if (isAlways && !isDefault) {
      throw new SqlException(
          SqlState.GENERATED_ALWAYS,
          "column \"" + name + "\" can only be updated to DEFAULT",
          target.isGenerated(number)
              ? "Column \"" + name + "\" is a generated column."
              : "Column \"" + name + "\" is an identity column defined as GENERATED ALWAYS.",
          null);
    }
    if (target.isGenerated(number)) {
      return;
    }
    isPartial.put(number, isPart);
    values.put(number, value);
  }

  /** Binds an assignment to an element or slice of an array. */
  private BoundExpr part(Assignment.Column column, int number, BoundExpr value) {
    SqlType declared = target.column(number).type();
    SqlType type = declared.base();
    List<Expression.Subscript> subscripts = new ArrayList<>();
    for (Assignment.PathStep step : column.path()) {
      switch (step) {
        case Assignment.PathStep.Field field ->
            throw BindErrors.mismatch(
                "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type"
                    .formatted(field.name(), column.name(), state.rules().format(type.oid())),
                column.position());
        case Assignment.PathStep.Element element -> subscripts.add(element.subscript());
      }
    }
    if (type.oid() == Oids.JSONB) {
      throw BindErrors.notBuilt("assignment to a part of jsonb", column.position());
    }
    int element = state.rules().element(type.oid());
    if (element == 0) {
      throw BindErrors.mismatch(
          "cannot subscript type %s because it does not support subscripting"
              .formatted(state.rules().format(type.oid())),
          column.position());
    }
    boolean isSlice = subscripts.stream().anyMatch(Expression.Subscript::isSlice);
    SubscriptBinder binder = new SubscriptBinder(expressions);
    List<BoundExpr.Subscript> bounds = new ArrayList<>();
    subscripts.forEach(s -> bounds.add(binder.bound(s, isSlice)));
    SqlType needed = isSlice ? type : state.type(element);
    int typmod = declared.baseTypmod(target.column(number).typmod());
    BoundExpr cast = state.coercer().toTarget(value, needed, typmod, Context.ASSIGNMENT);
    if (cast == null) {
      throw BindErrors.mismatch(
              "subscripted assignment to \"%s\" requires type %s but expression is of type %s"
                  .formatted(
                      column.name(),
                      state.rules().format(needed.oid()),
                      state.rules().format(value.type().oid())),
              state.position(value))
          .withHint("You will need to rewrite or cast the expression.");
    }
    BoundExpr whole = values.get(number);
    if (whole == null) {
      int at = current.find(column.name(), column.position());
      whole = expressions.names().reference(current, at, column.position());
    }
    BoundExpr changed =
        new BoundExpr.SubscriptAssignment(
            state.coercer().toBase(whole), List.copyOf(bounds), isSlice, cast, type);
    return state.coercer().toTarget(changed, declared, SqlType.NO_TYPMOD, Context.ASSIGNMENT);
  }

  private void multiple(Assignment.Multiple multiple) {
    if (multiple.source() instanceof Expression.RowConstructor row) {
      if (row.fields().stream().anyMatch(ExpressionBinder::isStar)) {
        fromStars(multiple, row);
        return;
      }
      checkCount(multiple.columns().size(), row.fields().size(), row.position());
      for (int i = 0; i < row.fields().size(); i++) {
        assign(multiple.columns().get(i), row.fields().get(i));
      }
      return;
    }
    if (!(multiple.source() instanceof Expression.ScalarQuery query)) {
      throw BindErrors.notSupported(
          "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression",
          multiple.source().position());
    }
    fromQuery(multiple, query);
  }

  /** Assigns the fields of a row in which {@code t.*} stands for several. */
  private void fromStars(Assignment.Multiple multiple, Expression.RowConstructor row) {
    List<BoundExpr> fields = expressions.bindList(row.fields());
    checkCount(multiple.columns().size(), fields.size(), row.position());
    for (int i = 0; i < fields.size(); i++) {
      Assignment.Column column = multiple.columns().get(i);
      assign(column, target.findAssigned(column.name(), column.position()), fields.get(i));
    }
  }

  private static void checkCount(int columns, int values, int position) {
    if (columns != values) {
      throw BindErrors.syntax("number of columns does not match number of values", position);
    }
  }

  /** Computes the row of a subquery once, as a record that is joined to the row to update. */
  private void fromQuery(Assignment.Multiple multiple, Expression.ScalarQuery query) {
    Relation rows = expressions.subqueries().bind(query.query(), query.position());
    checkCount(multiple.columns().size(), rows.outputs().size(), query.position());
    List<BoundExpr> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (OutputColumn output : rows.outputs()) {
      fields.add(state.provenance().reference(output));
      names.add(output.name());
    }
    SqlType record = state.type(Oids.RECORD);
    BoundExpr row = new BoundExpr.RowConstructor(List.copyOf(fields), List.copyOf(names), record);
    Relation asRecord = project(rows, row);
    BoundExpr value =
        new BoundExpr.Subquery(SubqueryKind.SCALAR, asRecord, null, record, SqlType.NO_TYPMOD);
    Relation single = project(new Relation.SingleRow(), value);
    rowSources.add(single);
    BoundExpr reference = single.outputs().get(0).ref();
    for (int i = 0; i < fields.size(); i++) {
      BoundExpr field =
          new BoundExpr.FieldAccess(reference, i, fields.get(i).type(), fields.get(i).typmod());
      state.at(field, state.position(fields.get(i)));
      Assignment.Column column = multiple.columns().get(i);
      assign(column, target.findAssigned(column.name(), column.position()), field);
    }
  }

  private Relation project(Relation input, BoundExpr expr) {
    int relation = expressions.level().newRelation();
    return new Relation.Project(
        relation,
        input,
        List.of(expr),
        Relation.outputsOf(relation, List.of(expr), List.of("row")));
  }
}
