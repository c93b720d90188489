package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.lookup.FunctionOverloads.FunctionCandidate;
import io.quarkgres.engine.bind.lookup.FunctionOverloads.FunctionChoice;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.PolymorphicTypes;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.VariadicArrayKernel;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the function that a call means, casts its arguments and completes them by defaults. Used by
 * one thread.
 */
final class CallResolver {
  private static final int ARGUMENTS_MAX = 100;

  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;

  CallResolver(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
  }

  /** What a call turned out to be. */
  sealed interface Resolved {
    /** A cast that is written like a call. */
    record Cast(BoundExpr expr) implements Resolved {}

    /** A function with its arguments cast and completed by defaults. */
    record Function(FunctionDef function, List<BoundExpr> arguments, SqlType result)
        implements Resolved {}
  }

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

  /** Finds the function for arguments that are bound already. */
  Resolved resolve(
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
    int[] inputs = typesOf(arguments);
    boolean isLiteral = !arguments.isEmpty() && arguments.get(0) instanceof BoundExpr.Constant;
    FunctionChoice choice =
        state.lookup().functions().function(name, inputs, names, isVariadic, isLiteral);
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
            state.lookup().functions().callSignature(name.toString(), inputs, names), position);
      }
      case FunctionChoice.Ambiguous ambiguous ->
          throw BindErrors.ambiguousFunction(
              state.lookup().functions().callSignature(name.toString(), inputs, names), position);
    };
  }

  /** Returns the oids of the types of expressions. */
  static int[] typesOf(List<BoundExpr> expressions) {
    int[] result = new int[expressions.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = expressions.get(i).type().oid();
    }
    return result;
  }

  /** Returns what {@code name(row)} means when the row has such a column, else {@code null}. */
  private BoundExpr fieldNotation(
      QualifiedName name, List<BoundExpr> arguments, List<String> names) {
    if (arguments.size() != 1 || names.get(0) != null || name.parts().size() != 1) {
      return null;
    }
    BoundExpr row = arguments.get(0);
    RecordShape shape = state.provenance().shape(row);
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

  /** Casts the arguments, adds defaults and makes the VARIADIC array. */
  private Resolved fill(
      FunctionCandidate candidate, List<BoundExpr> given, boolean isVariadic, int position) {
    FunctionDef function = candidate.function();
    List<BoundExpr> arguments = inOrder(candidate, given);
    int[] actual = typesOf(arguments);
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
}
