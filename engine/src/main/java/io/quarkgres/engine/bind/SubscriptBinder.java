package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds subscripts, slices and field access. Used by one thread. */
final class SubscriptBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  SubscriptBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  BoundExpr subscripts(Expression.Subscripts e) {
    BoundExpr operand = state.coercer().toBase(expressions.bind(e.operand()));
    int at = state.position(operand);
    if (operand.type().oid() == Oids.JSONB) {
      return state.at(jsonPath(operand, e), at);
    }
    int element = elementOf(operand.type());
    if (element == 0) {
      throw BindErrors.mismatch(
          "cannot subscript type %s because it does not support subscripting"
              .formatted(state.rules().format(operand.type().oid())),
          at);
    }
    if (e.subscripts().size() > ArrayValue.DIMENSIONS_MAX) {
      throw ArrayValue.tooManyDimensions(e.subscripts().size());
    }
    boolean isSlice = e.subscripts().stream().anyMatch(Expression.Subscript::isSlice);
    List<BoundExpr.Subscript> bounds = new ArrayList<>();
    for (Expression.Subscript subscript : e.subscripts()) {
      bounds.add(bound(subscript, isSlice));
    }
    SqlType one = operand.type() instanceof ArrayType array ? array.element() : state.type(element);
    SqlType type = isSlice ? operand.type() : one;
    return state.at(new BoundExpr.Subscripts(operand, List.copyOf(bounds), isSlice, type), at);
  }

  /** Binds one pair of brackets; a plain index among slices means the slice from 1 to it. */
  BoundExpr.Subscript bound(Expression.Subscript subscript, boolean isSlice) {
    BoundExpr upper = subscript.upper() == null ? null : index(subscript.upper());
    BoundExpr lower = subscript.lower() == null ? null : index(subscript.lower());
    if (isSlice && !subscript.isSlice()) {
      lower = Constants.of(1, state.type(Oids.INT4));
    }
    return new BoundExpr.Subscript(lower, upper);
  }

  private BoundExpr index(Expression expression) {
    BoundExpr bound = expressions.bind(expression);
    BoundExpr result =
        state
            .coercer()
            .toTarget(bound, state.type(Oids.INT4), SqlType.NO_TYPMOD, Context.ASSIGNMENT);
    if (result == null) {
      throw BindErrors.mismatch("array subscript must have type integer", state.position(bound));
    }
    return result;
  }

  /** Returns the type of an element of what can be subscripted, 0 when it cannot be. */
  int elementOf(SqlType type) {
    int element = state.rules().element(type.oid());
    return element == 0 && type.oid() == Oids.NAME ? Oids.CHAR : element;
  }

  private BoundExpr jsonPath(BoundExpr operand, Expression.Subscripts e) {
    List<BoundExpr> arguments = new ArrayList<>(List.of(operand));
    for (Expression.Subscript subscript : e.subscripts()) {
      if (subscript.isSlice()) {
        throw BindErrors.mismatch(
            "jsonb subscript does not support slices",
            subscript.upper() == null ? e.position() : subscript.upper().position());
      }
      BoundExpr key = expressions.bind(subscript.upper());
      requireKey(key);
      BoundExpr text =
          state
              .coercer()
              .toTarget(key, state.type(Oids.TEXT), SqlType.NO_TYPMOD, Context.ASSIGNMENT);
      arguments.add(text);
    }
    return expressions
        .functions()
        .callOf(QualifiedName.system("jsonb_extract_path", e.position()), arguments, e.position());
  }

  /** Raises 42804 unless a key of a JSON value is an integer or a text. */
  private void requireKey(BoundExpr key) {
    int type = key.type().oid();
    if (type == Oids.UNKNOWN) {
      return;
    }
    boolean isIndex = state.coercions().canCoerce(type, Oids.INT4, Context.IMPLICIT);
    boolean isText = state.coercions().canCoerce(type, Oids.TEXT, Context.IMPLICIT);
    if (isIndex == isText) {
      throw BindErrors.mismatch(
              "subscript type " + state.rules().format(type) + " is not supported",
              state.position(key))
          .withHint(
              isIndex
                  ? "jsonb subscript must be coercible to only one type, integer or text."
                  : "jsonb subscript must be coercible to either integer or text.");
    }
  }

  BoundExpr field(Expression.FieldAccess e) {
    BoundExpr operand = state.coercer().toBase(expressions.bind(e.operand()));
    RecordShape shape = state.provenance().shape(operand);
    int field = shape == null ? -1 : shape.find(e.field());
    if (field < 0) {
      throw missingField(operand, e);
    }
    return state.at(access(operand, shape, field), state.position(operand));
  }

  private RuntimeException missingField(BoundExpr operand, Expression.FieldAccess e) {
    String field = e.field();
    int position = e.position();
    if (e.operand() instanceof Expression.ColumnRef row
        && operand.type() instanceof RecordType
        && !(operand instanceof BoundExpr.ColumnRef)) {
      return BindErrors.undefinedColumn(
          "column " + row.parts().getLast() + "." + field + " does not exist",
          state.position(operand));
    }
    if (operand.type() instanceof CompositeType type && !type.isAnonymous()) {
      return BindErrors.undefinedColumn(
          "column \"%s\" not found in data type %s"
              .formatted(field, state.rules().format(type.oid())),
          position);
    }
    if (operand.type().oid() == Oids.RECORD && state.provenance().shape(operand) == null) {
      return unregistered();
    }
    if (operand.type().oid() == Oids.RECORD) {
      return BindErrors.undefinedColumn(
          "could not identify column \"" + field + "\" in record data type", position);
    }
    return new SqlException(
        SqlState.WRONG_OBJECT_TYPE,
        "column notation .%s applied to type %s, which is not a composite type"
            .formatted(field, state.rules().format(operand.type().oid())),
        position);
  }

  /** What is said of a record whose fields nothing tells. */
  static SqlException unregistered() {
    return new SqlException(SqlState.WRONG_OBJECT_TYPE, "record type has not been registered");
  }

  /** Returns a field of a record; that of a row constructor is taken from it. */
  private static BoundExpr access(BoundExpr operand, RecordShape shape, int field) {
    if (operand instanceof BoundExpr.RowConstructor row) {
      return row.fields().get(field);
    }
    RecordShape.Field found = shape.fields().get(field);
    return new BoundExpr.FieldAccess(operand, field, found.type(), found.typmod());
  }

  List<Target> allFields(Expression.AllFields e) {
    BoundExpr operand = state.coercer().toBase(expressions.bind(e.operand()));
    if (!(operand.type() instanceof RecordType)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "type " + state.rules().format(operand.type().oid()) + " is not composite",
          e.position());
    }
    RecordShape shape = state.provenance().shape(operand);
    if (shape == null) {
      throw unregistered();
    }
    List<Target> result = new ArrayList<>();
    for (int i = 0; i < shape.fields().size(); i++) {
      result.add(new Target(access(operand, shape, i), shape.fields().get(i).name(), false));
    }
    return result;
  }
}
