package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.bind.tree.BoundExpr.SubqueryKind;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.ArrayStack;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Runs the operators of a subquery with the outer columns as they are. Used by one thread. */
public final class SubplanRun {
  private final SubqueryKind kind;
  private final Operator operator;
  private final Layout[] layouts;
  private final SqlType outputType;
  private final SqlType type;
  private final ExecutionContext context;

  /** Makes one; {@code outputType} is that of the subquery's first column, if it has one. */
  public SubplanRun(
      SubqueryKind kind,
      Operator operator,
      Layout[] layouts,
      SqlType outputType,
      SqlType type,
      ExecutionContext context) {
    this.kind = kind;
    this.operator = operator;
    this.layouts = layouts;
    this.outputType = outputType;
    this.type = type;
    this.context = context;
  }

  /**
   * What came of a run.
   *
   * @param value one position, unless all rows were kept
   * @param columns all rows, for ANY and ALL
   * @param share what the rows take of the memory account
   */
  record Result(Column value, Column[] columns, int count, MemoryAccount.Share share) {
    private static Result of(Column value) {
      return new Result(value, null, 1, null);
    }

    /** Gives the memory of the rows back. */
    void release() {
      if (share != null) {
        share.release();
      }
    }
  }

  Result run() {
    operator.reset();
    return switch (kind) {
      case SCALAR -> Result.of(scalar());
      case EXISTS -> Result.of(exists());
      case ARRAY -> Result.of(array());
      case ANY, ALL -> all();
    };
  }

  private Column scalar() {
    Block block = operator.next();
    if (block == null) {
      return ColumnBuilder.nulls(type.layout(), 1);
    }
    if (block.rowCount() > 1 || operator.next() != null) {
      throw new SqlException(
          SqlState.CARDINALITY_VIOLATION,
          "more than one row returned by a subquery used as an expression");
    }
    return block.column(0).gather(new int[] {block.selection().position(0)}, 1);
  }

  private Column exists() {
    return new BooleanColumn(new boolean[] {operator.next() != null}, null, 1);
  }

  private Result all() {
    MemoryAccount.Share share = context.memory().share();
    RowBuffer buffer = new RowBuffer(layouts, share);
    for (Block block = operator.next(); block != null; block = operator.next()) {
      context.checkInterruption();
      buffer.append(block);
    }
    int count = buffer.count();
    return new Result(null, buffer.build(), count, share);
  }

  private Column array() {
    Result rows = all();
    rows.release();
    Column values = rows.columns()[0];
    SqlType element = ((ArrayType) type).element();
    BytesBuilder result = new BytesBuilder(1);
    if (outputType.oid() != type.oid()) {
      Column exact = values.gather(identity(rows.count()), rows.count());
      ArrayValue.of(element.oid(), exact).appendTo(result);
      return result.build();
    }
    ArrayValue[] parts = new ArrayValue[rows.count()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = values.isNull(i) ? null : ArrayValue.read(values, i, element.layout());
    }
    ArrayStack.of(element, parts).appendTo(result);
    return result.build();
  }

  private static int[] identity(int n) {
    return Selection.dense(n).toPositions();
  }
}
