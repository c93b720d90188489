package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.CallResolver.Resolved;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.CallChecks;
import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds calls of functions, aggregates and window functions. Used by one thread. */
final class FunctionBinder {
  static final String LATERAL_HINT =
      "You might be able to move the set-returning function into a LATERAL FROM item.";

  private final ExpressionBinder expressions;
  private final BindState state;
  private final AggregateBinder aggregates;
  private final WindowCallBinder windows;
  private final CallResolver resolver;
  private final SetCallBinder sets;

  FunctionBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.aggregates = new AggregateBinder(expressions);
    this.windows = new WindowCallBinder(expressions);
    this.resolver = new CallResolver(expressions);
    this.sets = new SetCallBinder(this, expressions);
  }

  SetCallBinder sets() {
    return sets;
  }

  BoundExpr grouping(Expression.Grouping e) {
    return aggregates.grouping(e);
  }

  /** Binds a call. */
  BoundExpr call(Expression.FunctionCall e) {
    BoundExpr filter =
        e.filter() == null ? null : expressions.condition(e.filter(), Clause.FILTER, "FILTER");
    Resolved resolved = resolver.resolve(e);
    return switch (resolved) {
      case Resolved.Cast cast -> {
        CallChecks.checkPlain(e, e.name().toString());
        yield state.at(cast.expr(), e.position());
      }
      case Resolved.Function function -> finish(e, function, filter);
    };
  }

  private BoundExpr finish(
      Expression.FunctionCall e, Resolved.Function resolved, BoundExpr filter) {
    return switch (resolved.function().kind()) {
      case SCALAR -> {
        CallChecks.checkPlain(e, e.name().toString());
        yield resolved.function().returnsSet() ? sets.bind(e, resolved) : scalarCall(e, resolved);
      }
      case AGGREGATE -> {
        CallChecks.checkAggregate(e, aggregateKind(resolved.function()));
        yield e.over() == null
            ? aggregates.bind(e, resolved, filter)
            : windows.bind(e, resolved, filter);
      }
      case WINDOW -> {
        CallChecks.checkWindow(e, resolved.function());
        yield windows.bind(e, resolved, filter);
      }
      case PROCEDURE ->
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              signature(e, resolved.arguments()) + " is a procedure",
              null,
              "To call a procedure, use CALL.",
              e.position());
    };
  }

  private BoundExpr scalarCall(Expression.FunctionCall e, Resolved.Function resolved) {
    if (resolved.function().oid() == Collations.COLLATION_FOR && !state.trace().isOn()) {
      BoundExpr operand = resolved.arguments().get(0);
      return state.at(
          Collations.of(state, e.arguments().get(0).value(), operand, e.position()), e.position());
    }
    Call call = staticCall(resolved, e.position());
    BoundExpr result = new BoundExpr.FunctionCall(call, resolved.arguments(), SqlType.NO_TYPMOD);
    state.trace().form(result, new BindTrace.Form.Call(e.isSqlSyntax(), written(e, resolved)));
    return state.at(
        result, expressions.leftmost(e.position(), resolved.arguments().toArray(BoundExpr[]::new)));
  }

  /** Returns which arguments were given, empty when all were and none by name. */
  private static List<BindTrace.Written> written(
      Expression.FunctionCall e, Resolved.Function resolved) {
    FunctionDef function = resolved.function();
    boolean isPlain =
        e.arguments().size() >= function.argumentTypes().size() && !CallChecks.hasNames(e);
    List<BindTrace.Written> result = new ArrayList<>();
    for (int i = 0; i < e.arguments().size() && !isPlain && function.variadicElement() == 0; i++) {
      String name = e.arguments().get(i).name();
      int number = name == null ? i : function.argumentNames().indexOf(name);
      result.add(new BindTrace.Written(number, name));
    }
    return List.copyOf(result);
  }

  Call staticCall(Resolved.Function resolved, int position) {
    List<SqlType> types = new ArrayList<>();
    for (BoundExpr argument : resolved.arguments()) {
      types.add(argument.type());
    }
    return Calls.of(state.lookup(), resolved.function(), types, resolved.result(), position);
  }

  /** Binds a call of a scalar function with arguments that are bound already. */
  BoundExpr callOf(QualifiedName name, List<BoundExpr> arguments, int position) {
    List<String> names = new ArrayList<>();
    arguments.forEach(a -> names.add(null));
    Resolved resolved = resolver.resolve(name, arguments, names, false, position);
    return switch (resolved) {
      case Resolved.Cast cast -> cast.expr();
      case Resolved.Function function ->
          state.at(
              state
                  .trace()
                  .form(
                      new BoundExpr.FunctionCall(
                          staticCall(function, position), function.arguments(), SqlType.NO_TYPMOD),
                      new BindTrace.Form.Call(false, List.of())),
              expressions.leftmost(position, arguments.toArray(BoundExpr[]::new)));
    };
  }

  Relation.TableFunction tableFunction(Resolved.Function resolved, int position) {
    Call call = staticCall(resolved, position);
    return new Relation.TableFunction(call, resolved.arguments(), null, 1);
  }

  AggregateDef.Kind aggregateKind(FunctionDef function) {
    AggregateDef aggregate = state.functions().aggregate(function.oid());
    return aggregate == null ? AggregateDef.Kind.NORMAL : aggregate.kind();
  }

  private String signature(Expression.FunctionCall e, List<BoundExpr> arguments) {
    int[] types = CallResolver.typesOf(arguments);
    List<String> names = new ArrayList<>();
    arguments.forEach(a -> names.add(null));
    return state.lookup().functions().callSignature(e.name().toString(), types, names);
  }

  /** Binds a call of FROM: a set-returning function, or any other expression as one row. */
  Relation.TableFunction fromCall(Expression.FunctionCall e) {
    boolean isPlain =
        !e.isStar()
            && !e.isDistinct()
            && e.orderBy().isEmpty()
            && e.filter() == null
            && e.over() == null;
    if (isPlain) {
      Resolved resolved = resolver.resolve(e);
      if (resolved instanceof Resolved.Function function
          && function.function().kind() == FunctionKind.SCALAR) {
        if (function.function().returnsSet()) {
          return tableFunction(function, e.position());
        }
        BoundExpr scalar = scalarCall(e, function);
        return new Relation.TableFunction(null, List.of(), scalar, 1);
      }
      if (resolved instanceof Resolved.Cast cast) {
        return new Relation.TableFunction(null, List.of(), state.at(cast.expr(), e.position()), 1);
      }
    }
    return new Relation.TableFunction(null, List.of(), call(e), 1);
  }
}
