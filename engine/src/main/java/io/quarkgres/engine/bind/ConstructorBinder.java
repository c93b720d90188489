package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds ARRAY[...] and ROW(...). Used by one thread. */
final class ConstructorBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  ConstructorBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  BoundExpr array(Expression.ArrayConstructor e) {
    return array(e, null, SqlType.NO_TYPMOD);
  }

  /** Binds an array constructor that stands under a cast to an array type. */
  BoundExpr arrayOf(Expression.ArrayConstructor e, SqlType arrayType, int typmod) {
    if (e.elements().isEmpty() && !state.rules().addsDimension(arrayType.oid())) {
      throw BindErrors.mismatch(
          "array is not a valid " + state.rules().format(arrayType.oid()),
          SqlException.NO_POSITION);
    }
    return array(e, arrayType, typmod);
  }

  private BoundExpr array(Expression.ArrayConstructor e, SqlType target, int typmod) {
    state.enter();
    try {
      boolean isNested = false;
      List<BoundExpr> elements = new ArrayList<>();
      for (Expression element : e.elements()) {
        BoundExpr bound;
        if (element instanceof Expression.ArrayConstructor inner) {
          bound = array(inner, target, typmod);
          isNested = true;
        } else {
          bound = expressions.bind(element);
          isNested |= state.rules().addsDimension(bound.type().oid());
        }
        elements.add(bound);
      }
      return target == null
          ? inferred(e, elements, isNested)
          : cast(e, elements, isNested, target, typmod);
    } finally {
      state.leave();
    }
  }

  private BoundExpr inferred(
      Expression.ArrayConstructor e, List<BoundExpr> elements, boolean isNested) {
    if (elements.isEmpty()) {
      throw new SqlException(
          SqlState.INDETERMINATE_DATATYPE,
          "cannot determine type of empty array",
          null,
          "Explicitly cast to the desired type, for example ARRAY[]::integer[].",
          e.position());
    }
    SqlType common = CommonType.of(state, elements, "ARRAY");
    int array;
    if (isNested) {
      array = common.oid();
      if (!state.rules().isArray(array)) {
        throw BindErrors.undefinedObject(
            "could not find element type for data type " + state.rules().format(array),
            e.position());
      }
    } else {
      array = state.rules().arrayOf(common.oid());
      if (array == 0) {
        throw BindErrors.undefinedObject(
            "could not find array type for data type " + state.rules().format(common.oid()),
            e.position());
      }
    }
    List<BoundExpr> coerced = state.coercer().allToCommon(elements, common, "ARRAY");
    SqlType type =
        common instanceof CompositeType row && row.isAnonymous()
            ? new ArrayType(state.type(array).info(), row)
            : state.type(array);
    return make(e, coerced, isNested, type);
  }

  private BoundExpr cast(
      Expression.ArrayConstructor e,
      List<BoundExpr> elements,
      boolean isNested,
      SqlType arrayType,
      int typmod) {
    SqlType target = isNested ? arrayType : state.type(state.rules().element(arrayType.oid()));
    List<BoundExpr> coerced = new ArrayList<>();
    for (BoundExpr element : elements) {
      BoundExpr cast = state.coercer().toTarget(element, target, typmod, Context.EXPLICIT);
      if (cast == null) {
        throw BindErrors.cannotCast(
            state.rules().format(element.type().oid()),
            state.rules().format(target.oid()),
            state.position(element));
      }
      state.trace().cast(cast, element);
      coerced.add(cast);
    }
    return make(e, coerced, isNested, arrayType);
  }

  private BoundExpr make(
      Expression.ArrayConstructor e, List<BoundExpr> elements, boolean isNested, SqlType type) {
    return state.at(
        new BoundExpr.ArrayConstructor(List.copyOf(elements), isNested, type), e.position());
  }

  BoundExpr row(Expression.RowConstructor e) {
    return rowOf(expressions.bindList(e.fields()), e.position());
  }

  /** Makes one record value of bound fields. */
  BoundExpr rowOf(List<BoundExpr> fields, int position) {
    List<BoundExpr> resolved = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (BoundExpr field : fields) {
      resolved.add(state.coercer().resolveUnknown(field));
      names.add("f" + (names.size() + 1));
    }
    return state.at(
        new BoundExpr.RowConstructor(
            List.copyOf(resolved), List.copyOf(names), state.type(Oids.RECORD)),
        position);
  }
}
