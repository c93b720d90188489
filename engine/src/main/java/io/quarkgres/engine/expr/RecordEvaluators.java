package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Evaluators of record values. Used by the compiling thread. */
final class RecordEvaluators {
  private RecordEvaluators() {}

  static boolean isRecord(SqlType type) {
    return type.oid() == Oids.RECORD || type.info().kind() == 'c';
  }

  static Evaluator constructor(ExpressionCompiler compiler, BoundExpr.RowConstructor e) {
    throw unsupported();
  }

  static Evaluator field(ExpressionCompiler compiler, BoundExpr.FieldAccess e) {
    throw unsupported();
  }

  static Evaluator isNull(ExpressionCompiler compiler, BoundExpr.IsNull e) {
    throw unsupported();
  }

  private static SqlException unsupported() {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "record values are not supported yet");
  }
}
