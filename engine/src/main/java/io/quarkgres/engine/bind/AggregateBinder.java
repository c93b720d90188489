package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.QueryLevel.PendingGrouping;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation.AggregateCall;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.aggregate.HypotheticalSets;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Binds aggregate calls and GROUPING: finds the query level that an aggregate belongs to and leaves
 * a reference to its result. Used by one thread.
 */
final class AggregateBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;

  AggregateBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
  }

  BoundExpr bind(
      Expression.FunctionCall e, CallResolver.Resolved.Function resolved, BoundExpr filter) {
    AggregateDef.Kind kind = expressions.functions().aggregateKind(resolved.function());
    if (kind == AggregateDef.Kind.HYPOTHETICAL_SET) {
      return hypothetical(e, resolved, filter);
    }
    Call call = expressions.functions().staticCall(resolved, e.position());
    List<BoundExpr> arguments = resolved.arguments();
    int direct = kind == AggregateDef.Kind.NORMAL ? 0 : e.arguments().size();
    List<SortKey> orderBy =
        kind == AggregateDef.Kind.NORMAL
            ? new SortBinder(expressions).aggregateKeys(e.orderBy())
            : withinGroup(e, arguments.subList(direct, arguments.size()));
    if (e.isDistinct()) {
      orderBy = distinctKeys(e, arguments, orderBy);
    }
    QueryLevel owner = owner(arguments, orderBy, filter, e.position(), "aggregate functions");
    AggregateCall aggregate =
        new AggregateCall(call, arguments, direct, e.isDistinct(), orderBy, filter);
    return reference(owner, aggregate, e.position());
  }

  /**
   * Binds a hypothetical-set aggregate. Between the direct arguments and the sorted ones it gets a
   * constant for each key that says how it is sorted.
   */
  private BoundExpr hypothetical(
      Expression.FunctionCall e, CallResolver.Resolved.Function resolved, BoundExpr filter) {
    int keys = e.orderBy().size();
    if (e.arguments().size() != keys) {
      int[] types = CallResolver.typesOf(resolved.arguments());
      List<String> names = new ArrayList<>(Collections.nCopies(types.length, null));
      throw BindErrors.undefinedFunction(
              state.lookup().functions().callSignature(e.name().toString(), types, names),
              e.position())
          .withHint(
              ("To use the hypothetical-set aggregate %s, the number of hypothetical direct"
                      + " arguments (here %d) must match the number of ordering columns"
                      + " (here %d).")
                  .formatted(resolved.function().name(), e.arguments().size(), keys));
    }
    List<BoundExpr> direct = new ArrayList<>();
    List<BoundExpr> sorted = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      List<BoundExpr> pair =
          List.of(resolved.arguments().get(keys + i), resolved.arguments().get(i));
      SqlType common = CommonType.of(state, pair, "WITHIN GROUP");
      sorted.add(state.coercer().coerce(pair.get(0), common));
      direct.add(state.coercer().coerce(pair.get(1), common));
    }
    List<SortKey> orderBy = withinGroup(e, sorted);
    List<BoundExpr> arguments = new ArrayList<>(direct);
    for (SortKey key : orderBy) {
      int flags =
          (key.isDescending() ? HypotheticalSets.DESCENDING : 0)
              | (key.nullsFirst() ? HypotheticalSets.NULLS_FIRST : 0);
      arguments.add(Constants.of(flags, state.type(Oids.INT4)));
    }
    arguments.addAll(sorted);
    CallResolver.Resolved.Function whole =
        new CallResolver.Resolved.Function(
            resolved.function(), List.copyOf(arguments), resolved.result());
    Call call = expressions.functions().staticCall(whole, e.position());
    QueryLevel owner = owner(arguments, orderBy, filter, e.position(), "aggregate functions");
    AggregateCall aggregate =
        new AggregateCall(call, whole.arguments(), 2 * keys, false, orderBy, filter);
    return reference(owner, aggregate, e.position());
  }

  private List<SortKey> withinGroup(Expression.FunctionCall e, List<BoundExpr> sorted) {
    List<SortKey> result = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      result.add(new SortBinder(expressions).key(sorted.get(i), e.orderBy().get(i)));
    }
    return List.copyOf(result);
  }

  /** Returns the keys over the arguments as they are compared; each has to be one of them. */
  private List<SortKey> distinctKeys(
      Expression.FunctionCall e, List<BoundExpr> arguments, List<SortKey> orderBy) {
    for (BoundExpr argument : arguments) {
      if (argument.type().oid() != Oids.UNKNOWN && !argument.type().hasEquality()) {
        throw state
            .lookup()
            .operators()
            .noEquality(argument.type().oid(), state.position(argument));
      }
    }
    List<SortKey> result = new ArrayList<>();
    for (SortKey key : orderBy) {
      int number = 0;
      while (number < arguments.size()
          && !Equivalence.same(written(e, arguments, number), key.expression())) {
        number++;
      }
      if (number == arguments.size()) {
        throw BindErrors.columnReference(
            "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list",
            state.position(key.expression()));
      }
      BoundExpr argument = arguments.get(number);
      result.add(
          argument == key.expression()
              ? key
              : new SortBinder(expressions).key(argument, e.orderBy().get(result.size())));
    }
    return List.copyOf(result);
  }

  /** Returns an argument without the cast that the function's signature put around it. */
  private static BoundExpr written(
      Expression.FunctionCall e, List<BoundExpr> arguments, int number) {
    BoundExpr argument = arguments.get(number);
    if (number >= e.arguments().size()) {
      return argument;
    }
    Expression written = e.arguments().get(number).value();
    if (argument instanceof BoundExpr.Relabel cast && !(written instanceof Expression.Cast)) {
      return cast.operand();
    }
    return argument instanceof BoundExpr.FunctionCall cast
            && written instanceof Expression.ColumnRef
        ? cast.arguments().get(0)
        : argument;
  }

  private BoundExpr reference(QueryLevel owner, AggregateCall aggregate, int position) {
    int relation = owner.aggregateRelation();
    owner.noteAggregate(position);
    state.trace().source(relation, () -> new BindTrace.Source.Aggregates(owner.aggregates()));
    int column = find(owner.aggregates(), aggregate);
    if (column < 0) {
      column = owner.aggregates().size();
      owner.aggregates().add(aggregate);
    }
    Call call = aggregate.call();
    ColumnRef result =
        new ColumnRef(
            relation, column, call.returnType(), SqlType.NO_TYPMOD, call.function().name());
    state.collations().inherit(result, aggregate.arguments());
    return state.at(result, position);
  }

  private static int find(List<AggregateCall> aggregates, AggregateCall wanted) {
    for (int i = 0; i < aggregates.size(); i++) {
      if (Equivalence.same(aggregates.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  BoundExpr grouping(Expression.Grouping e) {
    if (e.operands().size() > 31) {
      throw new SqlException(
          SqlState.TOO_MANY_ARGUMENTS, "GROUPING must have fewer than 32 arguments", e.position());
    }
    List<BoundExpr> operands = new ArrayList<>();
    for (Expression operand : e.operands()) {
      operands.add(expressions.bind(operand));
    }
    QueryLevel owner = owner(operands, List.of(), null, e.position(), "grouping operations");
    int relation = owner.groupingRelation();
    int column = owner.groupings().size();
    owner.groupings().add(new PendingGrouping(List.copyOf(operands), e.position()));
    state
        .trace()
        .source(
            relation,
            () ->
                new BindTrace.Source.Groupings(
                    owner.groupings().stream().map(PendingGrouping::operands).toList()));
    return state.at(
        new ColumnRef(relation, column, state.type(Oids.INT4), SqlType.NO_TYPMOD, "grouping"),
        e.position());
  }

  /** Finds the innermost query level whose columns are used, and checks what may stand inside. */
  private QueryLevel owner(
      List<BoundExpr> arguments,
      List<SortKey> orderBy,
      BoundExpr filter,
      int position,
      String what) {
    List<BoundExpr> all = new ArrayList<>(arguments);
    orderBy.forEach(key -> all.add(key.expression()));
    if (filter != null) {
      all.add(filter);
    }
    QueryLevel[] owner = new QueryLevel[1];
    for (BoundExpr expr : all) {
      Expressions.walk(expr, e -> look(e, owner));
    }
    QueryLevel result = owner[0] == null ? level : owner[0];
    for (BoundExpr expr : all) {
      Expressions.walk(expr, e -> checkNesting(e, result));
    }
    if (!result.clause().allowsAggregates()) {
      throw BindErrors.grouping(what + " are not allowed in " + result.clause().place(), position);
    }
    return result;
  }

  private void look(BoundExpr expr, QueryLevel[] owner) {
    if (expr instanceof ColumnRef ref) {
      QueryLevel of = state.owner(ref.relation());
      if (of.depth() <= level.depth() && (owner[0] == null || of.depth() > owner[0].depth())) {
        owner[0] = of;
      }
    }
  }

  private void checkNesting(BoundExpr expr, QueryLevel owner) {
    if (!(expr instanceof ColumnRef ref)) {
      return;
    }
    int at = state.position(ref);
    if (owner.isAggregateRelation(ref.relation()) || owner.isGroupingRelation(ref.relation())) {
      throw BindErrors.grouping("aggregate function calls cannot be nested", at);
    }
    if (level.isWindowRelation(ref.relation())) {
      throw BindErrors.grouping(
          "aggregate function calls cannot contain window function calls", at);
    }
    if (level.isSetRelation(ref.relation())) {
      throw BindErrors.notSupported(
              "aggregate function calls cannot contain set-returning function calls", at)
          .withHint(FunctionBinder.LATERAL_HINT);
    }
  }
}
