package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Makes the evaluators of record values. Used by the compiling thread. */
final class RecordEvaluators {
  private RecordEvaluators() {}

  static boolean isRecord(SqlType type) {
    return type instanceof RecordType;
  }

  static Evaluator constructor(ExpressionCompiler compiler, BoundExpr.RowConstructor e) {
    SqlType[] types = new SqlType[e.fields().size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = e.fields().get(i).type();
    }
    return new RowConstructorEvaluator(compiler.compileAll(e.fields()), types);
  }

  static Evaluator field(ExpressionCompiler compiler, BoundExpr.FieldAccess e) {
    return new FieldAccessEvaluator(
        compiler.compile(e.operand()), (RecordType) e.operand().type().base(), e.field(), e.type());
  }

  static Evaluator isNull(ExpressionCompiler compiler, BoundExpr.IsNull e) {
    return new RecordNullEvaluator(
        compiler.compile(e.operand()), (RecordType) e.operand().type().base(), e.isNegated());
  }

  /** Tells whether the next selected row is at a position: positions are visited in order. */
  static boolean isNext(Selection rows, int next, int position) {
    return next < rows.count() && rows.position(next) == position;
  }

  /** Evaluates several expressions. */
  static Column[] evaluateAll(Evaluator[] fields, Block block, Selection rows, Frame frame) {
    Column[] result = new Column[fields.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = fields[i].evaluate(block, rows, frame);
    }
    return result;
  }
}
