package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.CteScope.CteDefinition;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Binds UNION, INTERSECT and EXCEPT. Used by one thread. */
final class SetOperationBinder {
  private final BindState state;
  private final QueryLevel level;

  SetOperationBinder(QueryLevel level) {
    this.state = level.state();
    this.level = level;
  }

  /** An operand: not yet built, so that literals of unknown type can take the common type. */
  private record Operand(Analyzed analyzed) {}

  /**
   * Binds a set operation with its ORDER BY and LIMIT.
   *
   * @param recursive the common table expression that this is the query of and that it may refer to
   *     in its right side; {@code null} for any other
   * @param naming gives the left side's columns the names that the reference sees
   */
  Relation bind(
      Query query,
      QueryBody.SetOperation operation,
      CteDefinition recursive,
      Function<List<OutputColumn>, List<OutputColumn>> naming) {
    if (!query.locking().isEmpty()) {
      throw BindErrors.notSupported(
          LockBinder.clause(query.locking().get(0)) + " is not allowed with UNION/INTERSECT/EXCEPT",
          -1);
    }
    Relation result =
        recursive == null ? chain(operation) : recursive(query, operation, recursive, naming);
    if (query.orderBy().isEmpty() && query.limit() == null) {
      return result;
    }
    return new OutputTail(level, result, null).apply(query, false);
  }

  /** Binds a chain of operations that leans to the left, in a loop. */
  private Relation chain(QueryBody.SetOperation top) {
    List<QueryBody.SetOperation> operations = new ArrayList<>();
    QueryBody at = top;
    while (at instanceof QueryBody.SetOperation operation) {
      operations.add(operation);
      at = operation.left();
    }
    if (operations.size() > 2000) {
      throw BindErrors.tooComplex();
    }
    RecursionGuard.Place outermost = state.recursion().enter(place(operations, false));
    Operand left = operand(at);
    state.recursion().leave(outermost);
    Relation result = null;
    for (int i = operations.size() - 1; i >= 0; i--) {
      QueryBody.SetOperation operation = operations.get(i);
      RecursionGuard.Place before =
          state.recursion().enter(place(operations.subList(0, i + 1), true));
      Operand right = operand(operation.right());
      state.recursion().leave(before);
      Analyzed leftSide = result == null ? left.analyzed() : Analyzed.of(state, result);
      result = combine(operation, leftSide, right.analyzed());
    }
    return result;
  }

  /** Returns what forbids a recursive reference in an operand of these operations. */
  private static RecursionGuard.Place place(List<QueryBody.SetOperation> around, boolean isRight) {
    for (int i = around.size() - 1; i >= 0; i--) {
      QueryBody.SetOperator operator = around.get(i).operator();
      boolean isDirect = i == around.size() - 1;
      if (operator == QueryBody.SetOperator.INTERSECT && around.get(i).isAll()) {
        return RecursionGuard.Place.INTERSECT;
      }
      if (operator == QueryBody.SetOperator.EXCEPT && isRight && isDirect) {
        return RecursionGuard.Place.EXCEPT;
      }
    }
    return RecursionGuard.Place.OK;
  }

  private Operand operand(QueryBody body) {
    Query query =
        body instanceof QueryBody.Nested nested
            ? nested.query()
            : new Query(null, body, List.of(), null, List.of(), null, body.position());
    QueryBinder binder = new QueryBinder(state, level, level.ctes());
    Analyzed analyzed = binder.analyze(query, List.of(), false);
    addForHints(analyzed);
    return new Operand(analyzed);
  }

  /** Lets errors about ORDER BY find the columns of the operands. */
  private void addForHints(Analyzed analyzed) {
    List<RangeEntry.Column> columns = new ArrayList<>();
    for (int i = 0; i < analyzed.columns().size(); i++) {
      columns.add(new RangeEntry.Column(analyzed.names().get(i), analyzed.columns().get(i)));
    }
    String name = "*SELECT* " + (level.range().size() + 1);
    level.range().add(new RangeEntry(name, null, columns, -1, null, false, false));
  }

  private static String name(QueryBody.SetOperation operation) {
    return operation.operator().name();
  }

  private static Relation.SetKind kind(QueryBody.SetOperation operation) {
    return switch (operation.operator()) {
      case UNION -> Relation.SetKind.UNION;
      case INTERSECT -> Relation.SetKind.INTERSECT;
      case EXCEPT -> Relation.SetKind.EXCEPT;
    };
  }

  private Relation combine(QueryBody.SetOperation operation, Analyzed left, Analyzed right) {
    List<BoundExpr> lefts = left.columns();
    Unified unified = unify(operation, left, right);
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < unified.types().size(); i++) {
      outputs.add(
          new OutputColumn(
              relation, i, left.names().get(i), unified.types().get(i), unified.typmods().get(i)));
      state.provenance().placeOutput(relation, i, state.position(lefts.get(i)));
    }
    return new Relation.SetOperation(
        relation,
        kind(operation),
        operation.isAll(),
        unified.left(),
        unified.right(),
        List.copyOf(outputs));
  }

  /** Both sides with columns of the same types. */
  private record Unified(
      Relation left, Relation right, List<SqlType> types, List<Integer> typmods) {}

  private Unified unify(QueryBody.SetOperation operation, Analyzed left, Analyzed right) {
    String name = name(operation);
    List<BoundExpr> lefts = left.columns();
    List<BoundExpr> rights = right.columns();
    if (lefts.size() != rights.size()) {
      throw BindErrors.syntax(
          "each " + name + " query must have the same number of columns",
          rights.isEmpty() ? -1 : state.position(rights.get(0)));
    }
    List<SqlType> types = new ArrayList<>();
    List<Integer> typmods = new ArrayList<>();
    for (int i = 0; i < lefts.size(); i++) {
      List<BoundExpr> pair = List.of(lefts.get(i), rights.get(i));
      SqlType type = CommonType.of(state, pair, name);
      state.collations().checkTogether(pair);
      checkComparable(
          operation, type, lefts.get(i).type().oid() == type.oid() ? lefts.get(i) : rights.get(i));
      settle(left, i, type, name);
      settle(right, i, type, name);
      types.add(type);
      typmods.add(CommonType.typmod(List.of(left.columns().get(i), right.columns().get(i)), type));
    }
    return new Unified(
        cast(left.build(), types, name), cast(right.build(), types, name), types, typmods);
  }

  private void checkComparable(QueryBody.SetOperation operation, SqlType type, BoundExpr at) {
    boolean comparesRows =
        !(operation.operator() == QueryBody.SetOperator.UNION && operation.isAll());
    if (comparesRows && !type.hasEquality()) {
      throw state.lookup().operators().noEquality(type.oid(), state.position(at));
    }
  }

  private void settle(Analyzed side, int column, SqlType type, String name) {
    BoundExpr expr = side.columns().get(column);
    if (expr.type().oid() == Oids.UNKNOWN) {
      side.replaceColumn(column, state.coercer().toCommon(expr, type, name));
    } else if (!state
        .coercions()
        .canCoerce(expr.type().oid(), type.oid(), CastDef.Context.IMPLICIT)) {
      state.coercer().toCommon(expr, type, name);
    }
  }

  /** Casts the columns of a side that are not of the common types yet. */
  private Relation cast(Relation side, List<SqlType> types, String name) {
    List<BoundExpr> casts = new ArrayList<>();
    boolean needsCast = false;
    for (int i = 0; i < types.size(); i++) {
      BoundExpr ref = side.outputs().get(i).ref();
      needsCast |= ref.type().oid() != types.get(i).oid();
      casts.add(state.coercer().toCommon(ref, types.get(i), name));
    }
    if (!needsCast) {
      return side;
    }
    int relation = level.newRelation();
    List<String> names = side.outputs().stream().map(OutputColumn::name).toList();
    return new Relation.Project(
        relation, side, List.copyOf(casts), Relation.outputsOf(relation, casts, names));
  }

  // ---- recursive queries ----

  private Relation recursive(
      Query query,
      QueryBody.SetOperation operation,
      CteDefinition definition,
      Function<List<OutputColumn>, List<OutputColumn>> naming) {
    RecursionGuard.Place before =
        state.recursion().restart(RecursionGuard.Place.NON_RECURSIVE_TERM);
    Operand leftOperand =
        operation.left() instanceof QueryBody.SetOperation inner
            ? new Operand(Analyzed.of(state, chain(inner)))
            : operand(operation.left());
    state.recursion().restart(RecursionGuard.Place.OK);
    Analyzed left = leftOperand.analyzed();
    List<BoundExpr> terms = left.columns();
    definition.columns = naming.apply(preview(left));
    Operand rightOperand = operand(operation.right());
    state.recursion().leave(before);
    if (!definition.isRecursive) {
      return combine(operation, left, rightOperand.analyzed());
    }
    checkTail(query);
    Unified unified = unify(operation, left, rightOperand.analyzed());
    checkTypes(definition, unified, terms);
    definition.query = unified.left();
    definition.recursive = unified.right();
    definition.isUnionAll = operation.isAll();
    return unified.left();
  }

  /** Returns the columns of the non-recursive term as the recursive one sees them. */
  private List<OutputColumn> preview(Analyzed left) {
    int relation = level.newRelation();
    List<OutputColumn> result = new ArrayList<>();
    for (int i = 0; i < left.columns().size(); i++) {
      BoundExpr column = left.columns().get(i);
      SqlType type = column.type().oid() == Oids.UNKNOWN ? state.type(Oids.TEXT) : column.type();
      result.add(new OutputColumn(relation, i, left.names().get(i), type, column.typmod()));
      state.provenance().inherit(relation, i, column);
    }
    return result;
  }

  private static void checkTail(Query query) {
    if (!query.orderBy().isEmpty()) {
      throw BindErrors.notSupported(
          "ORDER BY in a recursive query is not implemented", query.orderBy().get(0).position());
    }
    if (query.limit() != null) {
      boolean isOffset = query.limit().offset() != null;
      throw BindErrors.notSupported(
          (isOffset ? "OFFSET" : "LIMIT") + " in a recursive query is not implemented",
          isOffset ? query.limit().offset().position() : query.limit().count().position());
    }
  }

  private void checkTypes(CteDefinition definition, Unified unified, List<BoundExpr> terms) {
    for (int i = 0; i < unified.types().size(); i++) {
      OutputColumn column = definition.columns.get(i);
      SqlType overall = unified.types().get(i);
      boolean differs =
          column.type().oid() != overall.oid() || column.typmod() != unified.typmods().get(i);
      if (differs) {
        throw new SqlException(
            SqlState.DATATYPE_MISMATCH,
            "recursive query \"%s\" column %d has type %s in non-recursive term but type %s overall"
                .formatted(
                    definition.syntax.name(),
                    i + 1,
                    state.rules().format(column.type(), column.typmod()),
                    state.rules().format(overall, unified.typmods().get(i))),
            null,
            "Cast the output of the non-recursive term to the correct type.",
            state.position(terms.get(i)));
      }
    }
  }
}
