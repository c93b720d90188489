package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.OverloadResolver.FunctionCandidate;
import io.quarkgres.engine.bind.OverloadResolver.FunctionChoice;
import io.quarkgres.engine.bind.QueryLevel.PendingSet;
import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.VariadicArrayKernel;
import io.quarkgres.engine.type.ArrayType;
import io.quarkgres.engine.type.CompositeType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds calls of functions, aggregates and window functions. Used by one thread. */
final class FunctionBinder {
  private static final int ARGUMENTS_MAX = 100;
  static final String LATERAL_HINT =
      "You might be able to move the set-returning function into a LATERAL FROM item.";

  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;
  private final AggregateBinder aggregates;
  private final WindowCallBinder windows;
  private int lastSetPosition = -1;
  private int setCalls;

  FunctionBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
    this.aggregates = new AggregateBinder(expressions);
    this.windows = new WindowCallBinder(expressions);
  }

  /** What a call turned out to be. */
  sealed interface Resolved {
    /** A cast that is written like a call. */
    record Cast(BoundExpr expr) implements Resolved {}

    /** A function with its arguments cast and completed by defaults. */
    record Function(FunctionDef function, List<BoundExpr> arguments, SqlType result)
        implements Resolved {}
  }

  /** Returns where the last set-returning function stands. */
  int lastSetPosition(int otherwise) {
    return lastSetPosition < 0 ? otherwise : lastSetPosition;
  }

  /** Returns how many calls of set-returning functions have been bound. */
  int setCalls() {
    return setCalls;
  }

  BoundExpr grouping(Expression.Grouping e) {
    return aggregates.grouping(e);
  }

  /** Binds a call. */
  BoundExpr call(Expression.FunctionCall e) {
    BoundExpr filter =
        e.filter() == null ? null : expressions.condition(e.filter(), Clause.FILTER, "FILTER");
    Resolved resolved = resolve(e);
    return switch (resolved) {
      case Resolved.Cast cast -> {
        checkPlain(e, e.name().toString());
        yield state.at(cast.expr(), e.position());
      }
      case Resolved.Function function -> finish(e, function, filter);
    };
  }

  private BoundExpr finish(
      Expression.FunctionCall e, Resolved.Function resolved, BoundExpr filter) {
    return switch (resolved.function().kind()) {
      case SCALAR -> {
        checkPlain(e, e.name().toString());
        yield resolved.function().returnsSet() ? setCall(e, resolved) : scalarCall(e, resolved);
      }
      case AGGREGATE -> {
        checkAggregate(e, resolved.function());
        yield e.over() == null
            ? aggregates.bind(e, resolved, filter)
            : windows.bind(e, resolved, filter);
      }
      case WINDOW -> {
        checkWindow(e, resolved.function());
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
        e.arguments().size() >= function.argumentTypes().size()
            && e.arguments().stream().allMatch(a -> a.name() == null);
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
    return Calls.of(state, resolved.function(), types, resolved.result(), position);
  }

  /** Binds a call of a scalar function with arguments that are bound already. */
  BoundExpr callOf(QualifiedName name, List<BoundExpr> arguments, int position) {
    List<String> names = new ArrayList<>();
    arguments.forEach(a -> names.add(null));
    Resolved resolved = resolve(name, arguments, names, false, position);
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

  // ---- set-returning functions ----

  private BoundExpr setCall(Expression.FunctionCall e, Resolved.Function resolved) {
    Clause clause = level.clause();
    if (clause == Clause.FROM_FUNCTION) {
      throw BindErrors.notSupported(
          "set-returning functions must appear at top level of FROM", e.position());
    }
    if (!clause.allowsSets()) {
      String place = clause.isWindowFrame() ? "window definitions" : clause.place();
      throw BindErrors.notSupported(
          "set-returning functions are not allowed in " + place, e.position());
    }
    int height = 0;
    for (BoundExpr argument : resolved.arguments()) {
      height = Math.max(height, setHeight(argument));
    }
    lastSetPosition = e.position();
    setCalls++;
    state.markSet();
    Relation.TableFunction function = tableFunction(resolved, e.position());
    int relation = level.setRelation();
    int column = clause == Clause.SELECT_TARGET ? -1 : sameSet(function);
    if (column < 0) {
      column = level.sets().size();
      level.sets().add(new PendingSet(function, height + 1));
    }
    state
        .trace()
        .source(
            relation,
            () ->
                new BindTrace.Source.Sets(
                    level.sets().stream().map(PendingSet::function).toList()));
    SqlType[] actual = resolved.arguments().stream().map(BoundExpr::type).toArray(SqlType[]::new);
    RecordShape shape = RecordShape.of(resolved.function(), actual, state.rules());
    if (shape != null) {
      state.setShape(relation, column, shape);
    }
    return state.at(
        new BoundExpr.ColumnRef(
            relation, column, resolved.result(), SqlType.NO_TYPMOD, resolved.function().name()),
        e.position());
  }

  private Relation.TableFunction tableFunction(Resolved.Function resolved, int position) {
    Call call = staticCall(resolved, position);
    return new Relation.TableFunction(call, resolved.arguments(), null, 1);
  }

  /** Returns the same call in the select list, which ORDER BY and the like mean; -1 for none. */
  private int sameSet(Relation.TableFunction function) {
    for (int i = 0; i < level.sets().size(); i++) {
      Relation.TableFunction other = level.sets().get(i).function();
      if (other.call().function().oid() == function.call().function().oid()
          && Equivalence.same(other.arguments(), function.arguments())) {
        return i;
      }
    }
    return -1;
  }

  /** Returns how deep set-returning functions are nested in an expression, 0 without any. */
  private int setHeight(BoundExpr expr) {
    int[] height = new int[1];
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && level.isSetRelation(ref.relation())) {
            height[0] = Math.max(height[0], level.sets().get(ref.column()).height());
          }
        });
    return height[0];
  }

  // ---- checks of decorations ----

  private void checkPlain(Expression.FunctionCall e, String name) {
    String notAggregate = " specified, but " + name + " is not an aggregate function";
    if (e.isStar()) {
      throw wrongObject(name + "(*)" + notAggregate, e.position());
    }
    if (e.isDistinct()) {
      throw wrongObject("DISTINCT" + notAggregate, e.position());
    }
    if (e.isWithinGroup()) {
      throw wrongObject("WITHIN GROUP" + notAggregate, e.position());
    }
    if (!e.orderBy().isEmpty()) {
      throw wrongObject("ORDER BY" + notAggregate, e.position());
    }
    if (e.filter() != null) {
      throw wrongObject("FILTER" + notAggregate, e.position());
    }
    if (e.over() != null) {
      throw wrongObject(
          "OVER specified, but " + name + " is not a window function nor an aggregate function",
          e.position());
    }
  }

  private void checkAggregate(Expression.FunctionCall e, FunctionDef function) {
    AggregateDef.Kind kind = aggregateKind(function);
    String name = e.name().toString();
    if (kind == AggregateDef.Kind.NORMAL) {
      if (e.isWithinGroup()) {
        throw wrongObject(
            name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP",
            e.position());
      }
    } else {
      if (!e.isWithinGroup()) {
        throw wrongObject(
            "WITHIN GROUP is required for ordered-set aggregate " + name, e.position());
      }
      if (e.over() != null) {
        throw BindErrors.notSupported(
            "OVER is not supported for ordered-set aggregate " + name, e.position());
      }
    }
    if (e.arguments().isEmpty() && !e.isStar() && !e.isWithinGroup()) {
      throw wrongObject(
          name + "(*) must be used to call a parameterless aggregate function", e.position());
    }
    if (e.arguments().stream().anyMatch(a -> a.name() != null)) {
      throw BindErrors.notSupported("aggregates cannot use named arguments", e.position());
    }
  }

  AggregateDef.Kind aggregateKind(FunctionDef function) {
    AggregateDef aggregate = state.functions().aggregate(function.oid());
    return aggregate == null ? AggregateDef.Kind.NORMAL : aggregate.kind();
  }

  private void checkWindow(Expression.FunctionCall e, FunctionDef function) {
    String name = e.name().toString();
    if (e.over() == null) {
      throw wrongObject("window function " + name + " requires an OVER clause", e.position());
    }
    if (e.isWithinGroup()) {
      throw wrongObject("window function " + name + " cannot have WITHIN GROUP", e.position());
    }
    if (e.isStar() && !function.argumentTypes().isEmpty()) {
      throw wrongObject(
          name + "(*) specified, but " + name + " is not an aggregate function", e.position());
    }
  }

  static SqlException wrongObject(String message, int position) {
    return new SqlException(SqlState.WRONG_OBJECT_TYPE, message, position);
  }

  // ---- resolution ----

  /** Finds the function that a call means; of WITHIN GROUP, the sorted arguments come last. */
  Resolved resolve(Expression.FunctionCall e) {
    List<BoundExpr> arguments = new ArrayList<>();
    List<String> names = new ArrayList<>();
    boolean hasName = false;
    for (Expression.Argument argument : e.arguments()) {
      if (argument.name() != null) {
        if (names.contains(argument.name())) {
          throw BindErrors.syntax(
              "argument name \"" + argument.name() + "\" used more than once", argument.position());
        }
        hasName = true;
      } else if (hasName) {
        throw BindErrors.syntax(
            "positional argument cannot follow named argument", argument.value().position());
      }
      names.add(argument.name());
      arguments.add(expressions.bind(argument.value()));
    }
    if (e.isWithinGroup()) {
      for (OrderItem item : e.orderBy()) {
        arguments.add(expressions.bind(item.expression()));
        names.add(null);
      }
    }
    try {
      return resolve(e.name(), arguments, names, e.isVariadic(), e.position());
    } catch (SqlException error) {
      if (error.state() == SqlState.UNDEFINED_FUNCTION
          && e.orderBy().size() > 1
          && !e.isWithinGroup()
          && error.position() == e.position()) {
        throw error.withHint(
            "No aggregate function matches the given name and argument types. Perhaps you "
                + "misplaced ORDER BY; ORDER BY must appear after all regular arguments of the "
                + "aggregate.");
      }
      throw error;
    }
  }

  private Resolved resolve(
      QualifiedName name,
      List<BoundExpr> arguments,
      List<String> names,
      boolean isVariadic,
      int position) {
    if (arguments.size() > ARGUMENTS_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_ARGUMENTS,
          "cannot pass more than " + ARGUMENTS_MAX + " arguments to a function",
          position);
    }
    int[] inputs = arguments.stream().mapToInt(a -> a.type().oid()).toArray();
    boolean isLiteral = !arguments.isEmpty() && arguments.get(0) instanceof BoundExpr.Constant;
    FunctionChoice choice = state.overloads().function(name, inputs, names, isVariadic, isLiteral);
    return switch (choice) {
      case FunctionChoice.Found found -> fill(found.candidate(), arguments, isVariadic, position);
      case FunctionChoice.Cast cast -> {
        BoundExpr result =
            state
                .coercer()
                .toTarget(arguments.get(0), cast.type(), SqlType.NO_TYPMOD, Context.EXPLICIT);
        state.trace().cast(result, arguments.get(0));
        yield new Resolved.Cast(result);
      }
      case FunctionChoice.Missing missing -> {
        BoundExpr field = fieldNotation(name, arguments, names);
        if (field != null) {
          yield new Resolved.Cast(field);
        }
        throw BindErrors.undefinedFunction(
            state.overloads().callSignature(name.toString(), inputs, names), position);
      }
      case FunctionChoice.Ambiguous ambiguous ->
          throw BindErrors.ambiguousFunction(
              state.overloads().callSignature(name.toString(), inputs, names), position);
    };
  }

  /** Returns what {@code name(row)} means when the row has such a column, else {@code null}. */
  private BoundExpr fieldNotation(
      QualifiedName name, List<BoundExpr> arguments, List<String> names) {
    if (arguments.size() != 1 || names.get(0) != null || name.parts().size() != 1) {
      return null;
    }
    BoundExpr row = arguments.get(0);
    RecordShape shape = state.shape(row);
    if (shape == null
        && row.type().oid() == Oids.RECORD
        && row instanceof BoundExpr.ColumnRef ref
        && !level.isSetRelation(ref.relation())) {
      throw SubscriptBinder.unregistered();
    }
    int field = shape == null ? -1 : shape.find(name.name());
    if (field < 0) {
      return null;
    }
    RecordShape.Field found = shape.fields().get(field);
    return new BoundExpr.FieldAccess(row, field, found.type(), found.typmod());
  }

  private String signature(Expression.FunctionCall e, List<BoundExpr> arguments) {
    int[] types = arguments.stream().mapToInt(a -> a.type().oid()).toArray();
    List<String> names = new ArrayList<>();
    arguments.forEach(a -> names.add(null));
    return state.overloads().callSignature(e.name().toString(), types, names);
  }

  /** Casts the arguments, adds defaults and makes the VARIADIC array. */
  private Resolved fill(
      FunctionCandidate candidate, List<BoundExpr> given, boolean isVariadic, int position) {
    FunctionDef function = candidate.function();
    List<BoundExpr> arguments = inOrder(candidate, given);
    int[] actual = arguments.stream().mapToInt(a -> a.type().oid()).toArray();
    PolymorphicTypes.Solution solution =
        expressions.operators().solve(actual, candidate.types(), function.returnType());
    List<BoundExpr> cast = new ArrayList<>();
    for (int i = 0; i < actual.length; i++) {
      cast.add(state.coercer().coerce(arguments.get(i), state.type(solution.arguments()[i])));
    }
    if (function.variadicElement() == Oids.ANY) {
      if (isVariadic) {
        return variadicOfAny(function, cast, state.type(solution.result()));
      }
    } else if (candidate.variadicCount() >= 0) {
      cast = collect(cast, candidate.variadicCount(), position);
    }
    SqlType result = namedRecord(solution.result(), cast);
    return new Resolved.Function(function, List.copyOf(cast), result);
  }

  /** Returns a result type; a record keeps the names of fields that an argument's record has. */
  private SqlType namedRecord(int result, List<BoundExpr> arguments) {
    if (result == Oids.RECORD || result == Oids.RECORD_ARRAY) {
      for (BoundExpr argument : arguments) {
        SqlType row = argument.type() instanceof ArrayType a ? a.element() : argument.type();
        if (row instanceof CompositeType && row.oid() == Oids.RECORD) {
          return result == Oids.RECORD ? row : new ArrayType(state.type(result).info(), row);
        }
      }
    }
    return state.type(result);
  }

  private List<BoundExpr> inOrder(FunctionCandidate candidate, List<BoundExpr> given) {
    List<BoundExpr> result = new ArrayList<>();
    int[] sources = candidate.sources();
    FunctionDef function = candidate.function();
    for (int i = 0; i < sources.length; i++) {
      result.add(
          sources[i] >= 0
              ? given.get(sources[i])
              : defaultArgument(function, i - (sources.length - function.defaults())));
    }
    return result;
  }

  private BoundExpr defaultArgument(FunctionDef function, int number) {
    List<String> defaults = state.functions().defaults(function.oid());
    return new ScalarBinder(state).constantSql(defaults.get(number));
  }

  /**
   * Spreads the array after VARIADIC over a parameter list of any types, if need be at run time.
   */
  private Resolved variadicOfAny(FunctionDef function, List<BoundExpr> arguments, SqlType result) {
    BoundExpr last = arguments.get(arguments.size() - 1);
    if (!state.rules().isArray(last.type().oid())) {
      throw BindErrors.mismatch("VARIADIC argument must be an array", state.position(last));
    }
    if (last instanceof BoundExpr.ArrayConstructor array && !array.isNested()) {
      List<BoundExpr> spread = new ArrayList<>(arguments.subList(0, arguments.size() - 1));
      spread.addAll(array.elements());
      return new Resolved.Function(function, List.copyOf(spread), result);
    }
    FunctionDef spreading =
        function.kernel() instanceof ScalarKernel kernel
            ? function.withKernel(new VariadicArrayKernel(kernel))
            : function;
    return new Resolved.Function(spreading, List.copyOf(arguments), result);
  }

  private List<BoundExpr> collect(List<BoundExpr> arguments, int count, int position) {
    int fixed = arguments.size() - count;
    List<BoundExpr> elements = arguments.subList(fixed, arguments.size());
    SqlType element = elements.get(0).type();
    int array = state.rules().arrayOf(element.oid());
    if (array == 0) {
      throw BindErrors.undefinedObject(
          "could not find array type for data type " + state.rules().format(element.oid()),
          position);
    }
    List<BoundExpr> result = new ArrayList<>(arguments.subList(0, fixed));
    boolean isNested = state.rules().isArray(element.oid());
    result.add(new BoundExpr.ArrayConstructor(List.copyOf(elements), isNested, state.type(array)));
    return result;
  }

  // ---- functions in FROM ----

  /** Binds a call of FROM: a set-returning function, or any other expression as one row. */
  Relation.TableFunction fromCall(Expression.FunctionCall e) {
    boolean isPlain =
        !e.isStar()
            && !e.isDistinct()
            && e.orderBy().isEmpty()
            && e.filter() == null
            && e.over() == null;
    if (isPlain) {
      Resolved resolved = resolve(e);
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
