package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.SetKernel;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/** Opens the rows of a function that may return a set. Used by one thread. */
public final class TableFunctionSource {
  private static final BlockCursor NO_ROWS = () -> null;

  private final Call call;
  private final SetKernel kernel;
  private final Evaluator[] arguments;
  private final Evaluator scalar;
  private final SqlType[] recordFields;

  public TableFunctionSource(Relation.TableFunction function, Scope scope) {
    this.call = function.call();
    if (call == null) {
      this.kernel = null;
      this.arguments = new Evaluator[0];
      this.scalar = scope.compile(function.scalar());
      this.recordFields = null;
      return;
    }
    if (!(call.function().kernel() instanceof SetKernel setKernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "set-returning function " + call.function().name() + " is not supported");
    }
    this.kernel = setKernel;
    this.arguments = scope.compileAll(function.arguments());
    this.scalar = null;
    boolean isRecord = function.columnCount() == 1 && call.function().outTypes().size() > 1;
    this.recordFields = isRecord ? outTypes(call, scope) : null;
  }

  /** Returns the types of a function's OUT columns, polymorphic ones as the arguments say. */
  private static SqlType[] outTypes(Call call, Scope scope) {
    SqlType array = null;
    for (SqlType argument : call.argumentTypes()) {
      array = array == null && argument instanceof ArrayType ? argument : array;
    }
    SqlType[] result = new SqlType[call.function().outTypes().size()];
    for (int i = 0; i < result.length; i++) {
      int oid = call.function().outTypes().get(i);
      result[i] =
          switch (oid) {
            case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY -> array;
            case Oids.ANYELEMENT,
                Oids.ANYNONARRAY,
                Oids.ANYCOMPATIBLE,
                Oids.ANYCOMPATIBLENONARRAY ->
                array == null ? call.argumentTypes()[0] : ((ArrayType) array).element();
            default -> scope.environment().types().byOid(oid);
          };
    }
    return result;
  }

  /** Computes the arguments (or the scalar) for rows of a block. */
  Column[] evaluate(Block block, Selection rows, ExecutionContext context) {
    if (scalar != null) {
      return new Column[] {scalar.evaluate(block, rows, context.frame())};
    }
    Column[] values = new Column[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(block, rows, context.frame());
    }
    return values;
  }

  /** Opens the rows for the arguments at one position. */
  BlockCursor open(Column[] values, int position, ExecutionContext context) {
    if (scalar != null) {
      return new OneRow(values[0].gather(new int[] {position}, 1));
    }
    if (call.function().strict()) {
      for (Column value : values) {
        if (value.isNull(position)) {
          return NO_ROWS;
        }
      }
    }
    BlockCursor rows = kernel.open(call, values, position, context.evaluation());
    return recordFields == null ? rows : new Records(rows, recordFields);
  }

  /** Rows of several columns as rows of one record column. */
  private record Records(BlockCursor rows, SqlType[] fields) implements BlockCursor {
    @Override
    public Block next() {
      Block block = rows.next();
      if (block == null) {
        return null;
      }
      BytesBuilder records = new BytesBuilder(block.rowCount());
      int[] positions = new int[fields.length];
      for (int i = 0; i < block.rowCount(); i++) {
        Arrays.fill(positions, block.selection().position(i));
        RecordValue.append(fields, block.columns(), positions, records);
      }
      return new Block(block.rowCount(), records.build());
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** The one row of a function that returns no set. */
  private static final class OneRow implements BlockCursor {
    private Column value;

    OneRow(Column value) {
      this.value = value;
    }

    @Override
    public Block next() {
      Column result = value;
      value = null;
      return result == null ? null : new Block(1, result);
    }
  }
}
