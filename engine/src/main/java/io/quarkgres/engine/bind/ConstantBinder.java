package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Binds literals and what is written like one. Used by one thread. */
final class ConstantBinder {
  private final BindState state;

  ConstantBinder(QueryLevel level) {
    this.state = level.state();
  }

  BoundExpr nullLiteral(Expression.NullConstant e) {
    return state.at(Constants.ofNull(state.type(Oids.UNKNOWN), SqlType.NO_TYPMOD), e.position());
  }

  BoundExpr bool(Expression.BooleanConstant e) {
    return state.at(Constants.of(e.value(), state.bool()), e.position());
  }

  BoundExpr string(Expression.StringConstant e) {
    return state.at(Constants.of(e.value(), state.type(Oids.UNKNOWN)), e.position());
  }

  BoundExpr number(Expression.NumericConstant e) {
    int oid =
        switch (e.kind()) {
          case INT4 -> Oids.INT4;
          case INT8 -> Oids.INT8;
          case NUMERIC -> Oids.NUMERIC;
        };
    return state.at(parsed(e.text(), state.type(oid)), e.position());
  }

  BoundExpr bits(Expression.BitStringConstant e) {
    String text = (e.isHex() ? "x" : "b") + e.digits();
    try {
      return state.at(parsed(text, state.type(Oids.BIT)), e.position());
    } catch (SqlException error) {
      throw error.withPosition(e.position());
    }
  }

  private BoundExpr.Constant parsed(String text, SqlType type) {
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    type.parse(
        bytes, 0, bytes.length, SqlType.NO_TYPMOD, builder, state.lookup().context().types());
    return new BoundExpr.Constant(type, SqlType.NO_TYPMOD, builder.build());
  }

  /** Binds CURRENT_DATE and its kin as calls of stable functions and casts. */
  BoundExpr sessionValue(Expression.SessionValue e) {
    BoundExpr result =
        switch (e.kind()) {
          case CURRENT_DATE -> now(Oids.DATE, e);
          case CURRENT_TIME -> now(Oids.TIMETZ, e);
          case CURRENT_TIMESTAMP -> now(Oids.TIMESTAMPTZ, e);
          case LOCALTIME -> now(Oids.TIME, e);
          case LOCALTIMESTAMP -> now(Oids.TIMESTAMP, e);
          case CURRENT_ROLE, CURRENT_USER, USER -> call("current_user", e.position());
          case SESSION_USER -> call("session_user", e.position());
          case CURRENT_CATALOG -> call("current_database", e.position());
          case CURRENT_SCHEMA -> call("current_schema", e.position());
        };
    state.trace().form(result, new BindTrace.Form.SessionValue(e));
    return state.at(result, e.position());
  }

  private BoundExpr now(int oid, Expression.SessionValue e) {
    int typmod = e.precision() < 0 ? SqlType.NO_TYPMOD : Math.min(e.precision(), 6);
    BoundExpr now = state.at(call("now", e.position()), e.position());
    return state.coercer().toTarget(now, state.type(oid), typmod, Context.EXPLICIT);
  }

  private BoundExpr call(String name, int position) {
    for (FunctionDef function : state.functions().functions(name)) {
      if (function.argumentTypes().isEmpty() && function.schema().equals("pg_catalog")) {
        SqlType result = state.type(function.returnType());
        return new BoundExpr.FunctionCall(
            Calls.of(state.lookup(), function, List.of(), result, position),
            List.of(),
            SqlType.NO_TYPMOD);
      }
    }
    throw BindErrors.notBuilt(name, position);
  }
}
