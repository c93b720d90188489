package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.CoercionRules;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Makes expressions be of a type: literals are parsed, casts put in. Used by one thread. */
final class Coercer {
  private final BindState state;
  private final LiteralParser literals;

  Coercer(BindState state) {
    this.state = state;
    this.literals = new LiteralParser(state);
  }

  /**
   * Makes an expression be of a type and modifier.
   *
   * @return {@code null} when there is no such cast in the context
   */
  BoundExpr toTarget(BoundExpr expr, SqlType target, int typmod, Context context) {
    if (!state.coercions().canCoerce(expr.type().oid(), target.oid(), context)) {
      return null;
    }
    BoundExpr result = coerce(expr, target, typmod, context);
    return fitLength(result, target, typmod, context == Context.EXPLICIT);
  }

  /** Casts by implicit casts only; the caller has made sure that there is one. */
  BoundExpr coerce(BoundExpr expr, SqlType target) {
    return coerce(expr, target, SqlType.NO_TYPMOD, Context.IMPLICIT);
  }

  private BoundExpr coerce(BoundExpr expr, SqlType target, int typmod, Context context) {
    int source = expr.type().oid();
    if (source == target.oid() || target.oid() == Oids.ANY || isOpenPolymorphic(target.oid())) {
      return expr;
    }
    if (target instanceof DomainType domain) {
      return toDomain(expr, domain, context);
    }
    if (expr.type() instanceof DomainType) {
      return coerce(toBase(expr), target, typmod, context);
    }
    BoundExpr result;
    if (source == Oids.UNKNOWN) {
      result = coerceUnknown(expr, target, typmod);
    } else {
      result =
          switch (state.coercions().path(source, target.oid(), context)) {
            case CoercionRules.Path.None p ->
                throw BindErrors.cannotCast(
                    state.rules().format(source),
                    state.rules().format(target.oid()),
                    state.position(expr));
            case CoercionRules.Path.Same p when isRow(expr.type()) -> expr;
            case CoercionRules.Path.Same p ->
                new BoundExpr.Relabel(expr, target, SqlType.NO_TYPMOD);
            case CoercionRules.Path.Fields p ->
                byFields(expr, (CompositeType) target, context, state.position(expr));
            case CoercionRules.Path.Text p ->
                new BoundExpr.CastByText(expr, target, SqlType.NO_TYPMOD);
            case CoercionRules.Path.Function p -> byFunction(expr, target, typmod, context, p);
            case CoercionRules.Path.Elements p -> byElements(expr, target, typmod, context, p);
          };
    }
    return state.at(result, state.position(expr));
  }

  /** Returns a value of a domain as one of the type beneath, any other value as it is. */
  BoundExpr toBase(BoundExpr expr) {
    if (!(expr.type() instanceof DomainType domain)) {
      return expr;
    }
    BoundExpr base = new BoundExpr.Relabel(expr, domain.base(), domain.baseTypmod());
    return state.at(base, state.position(expr));
  }

  /** Makes a value be of a domain: of its base type and modifier first, then checked. */
  private BoundExpr toDomain(BoundExpr expr, DomainType domain, Context context) {
    if (expr instanceof BoundExpr.Parameter parameter && expr.type().oid() == Oids.UNKNOWN) {
      // its value is checked when it is read
      return state.parameters().decide(parameter, domain, state.position(expr));
    }
    int typmod = domain.baseTypmod();
    BoundExpr base = coerce(expr, domain.base(), typmod, context);
    BoundExpr fitted = fitLength(base, domain.base(), typmod, context == Context.EXPLICIT);
    return state.at(new BoundExpr.CoerceToDomain(fitted, domain), state.position(expr));
  }

  /** Tells whether a value is a row or an array of rows: as a record it keeps its own type. */
  private static boolean isRow(SqlType type) {
    return type instanceof CompositeType
        || type instanceof ArrayType array && array.element() instanceof CompositeType;
  }

  /** Makes a row constructor or the row of a subquery be of a row type. */
  private BoundExpr byFields(BoundExpr expr, CompositeType target, Context context, int position) {
    if (!(expr instanceof BoundExpr.RowConstructor row)) {
      throw BindErrors.cannotCast("record", state.rules().format(target.oid()), position);
    }
    if (row.fields().size() != target.size()) {
      throw BindErrors.cannotCast("record", state.rules().format(target.oid()), position)
          .withDetail(
              row.fields().size() < target.size()
                  ? "Input has too few columns."
                  : "Input has too many columns.");
    }
    List<BoundExpr> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      BoundExpr field =
          toTarget(row.fields().get(i), target.fieldType(i), target.fieldTypmod(i), context);
      if (field == null) {
        throw BindErrors.cannotCast("record", state.rules().format(target.oid()), position)
            .withDetail(
                "Cannot cast type %s to %s in column %d."
                    .formatted(
                        state.rules().format(row.fields().get(i).type().oid()),
                        state.rules().format(target.fieldType(i).oid()),
                        i + 1));
      }
      fields.add(field);
      names.add(target.fieldName(i));
    }
    return new BoundExpr.RowConstructor(List.copyOf(fields), List.copyOf(names), target);
  }

  private static boolean isOpenPolymorphic(int oid) {
    return TypeRules.isPolymorphic(oid);
  }

  private BoundExpr coerceUnknown(BoundExpr expr, SqlType target, int typmod) {
    if (expr instanceof Constant constant) {
      int inputTypmod = target.oid() == Oids.INTERVAL ? typmod : SqlType.NO_TYPMOD;
      return literals.parse(constant, target, inputTypmod);
    }
    if (expr instanceof BoundExpr.Parameter parameter) {
      return state.parameters().decide(parameter, target, state.position(expr));
    }
    return new BoundExpr.CastByText(
        new BoundExpr.Relabel(expr, state.type(Oids.TEXT), SqlType.NO_TYPMOD),
        target,
        SqlType.NO_TYPMOD);
  }

  private BoundExpr byFunction(
      BoundExpr expr,
      SqlType target,
      int typmod,
      Context context,
      CoercionRules.Path.Function path) {
    FunctionDef function = state.functions().function(path.function());
    List<BoundExpr> arguments = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    SqlType accepted = state.type(function.argumentTypes().get(0));
    arguments.add(
        accepted.oid() == expr.type().oid()
            ? expr
            : new BoundExpr.Relabel(expr, accepted, SqlType.NO_TYPMOD));
    types.add(accepted);
    if (function.argumentTypes().size() > 1) {
      arguments.add(Constants.of(typmod, state.type(Oids.INT4)));
      types.add(state.type(Oids.INT4));
    }
    if (function.argumentTypes().size() > 2) {
      arguments.add(Constants.of(context == Context.EXPLICIT, state.bool()));
      types.add(state.bool());
    }
    SqlType returned = state.type(function.returnType());
    BoundExpr call =
        new BoundExpr.FunctionCall(
            Calls.of(state.lookup(), function, types, returned, state.position(expr)),
            List.copyOf(arguments),
            arguments.size() > 1 ? typmod : SqlType.NO_TYPMOD);
    return returned.oid() == target.oid()
        ? call
        : new BoundExpr.Relabel(call, target, SqlType.NO_TYPMOD);
  }

  private BoundExpr byElements(
      BoundExpr expr,
      SqlType target,
      int typmod,
      Context context,
      CoercionRules.Path.Elements path) {
    SqlType source = state.type(path.source());
    BoundExpr element = new BoundExpr.CaseOperand(source, SqlType.NO_TYPMOD);
    SqlType targetElement = state.type(path.target());
    BoundExpr cast = coerce(element, targetElement, typmod, context);
    cast = fitLength(cast, targetElement, typmod, context == Context.EXPLICIT);
    if (cast instanceof BoundExpr.Relabel) {
      return new BoundExpr.Relabel(expr, target, typmod);
    }
    return new BoundExpr.ArrayCast(expr, cast, target, typmod);
  }

  /** Makes a value fit a modifier, if it does not by itself. */
  BoundExpr fitLength(BoundExpr expr, SqlType target, int typmod, boolean isExplicit) {
    if (typmod < 0 || expr.typmod() == typmod) {
      return expr;
    }
    BoundExpr result =
        target.coercesLength(typmod)
            ? new BoundExpr.CoerceLength(expr, target, typmod, isExplicit)
            : new BoundExpr.Relabel(expr, target, typmod);
    return state.at(result, state.position(expr));
  }

  /** Makes an expression a boolean, as the argument of a construct that needs one. */
  BoundExpr toBoolean(BoundExpr expr, String construct, int position) {
    return toType(expr, state.bool(), construct, position);
  }

  /** Makes an expression be of a type that a construct needs; raises 42804. */
  BoundExpr toType(BoundExpr expr, SqlType target, String construct, int position) {
    BoundExpr result = toTarget(expr, target, SqlType.NO_TYPMOD, Context.ASSIGNMENT);
    if (state.returnsSet(expr)) {
      throw BindErrors.mismatch("argument of " + construct + " must not return a set", position);
    }
    if (result == null) {
      throw BindErrors.mismatch(
          "argument of %s must be type %s, not type %s"
              .formatted(
                  construct,
                  state.rules().format(target.oid()),
                  state.rules().format(expr.type().oid())),
          position);
    }
    return result;
  }

  /** Casts one of several expressions to the type chosen for all of them. */
  BoundExpr toCommon(BoundExpr expr, SqlType target, String construct) {
    if (!state.coercions().canCoerce(expr.type().oid(), target.oid(), Context.IMPLICIT)) {
      throw new SqlException(
          SqlState.CANNOT_COERCE,
          "%s could not convert type %s to %s"
              .formatted(
                  construct,
                  state.rules().format(expr.type().oid()),
                  state.rules().format(target.oid())),
          state.position(expr));
    }
    return coerce(expr, target);
  }

  /** Casts all expressions to the type chosen for all of them. */
  List<BoundExpr> allToCommon(List<BoundExpr> expressions, SqlType target, String construct) {
    List<BoundExpr> result = new ArrayList<>();
    for (BoundExpr expr : expressions) {
      result.add(toCommon(expr, target, construct));
    }
    return result;
  }

  /** Makes what is still of unknown type a text. */
  BoundExpr resolveUnknown(BoundExpr expr) {
    return expr.type().oid() == Oids.UNKNOWN ? coerce(expr, state.type(Oids.TEXT)) : expr;
  }

  /** The explicit cast of {@code CAST(x AS type)}; raises 42846. */
  BoundExpr explicit(BoundExpr expr, SqlType target, int typmod, int position) {
    if (expr.type().oid() == Oids.RECORD && target instanceof CompositeType row) {
      return byFields(expr, row, Context.EXPLICIT, position);
    }
    BoundExpr result = toTarget(expr, target, typmod, Context.EXPLICIT);
    if (result == null) {
      throw BindErrors.cannotCast(
          state.rules().format(expr.type().oid()), state.rules().format(target.oid()), position);
    }
    state.trace().cast(result, expr);
    return result;
  }
}
