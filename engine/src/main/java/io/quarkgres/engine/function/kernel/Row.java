package io.quarkgres.engine.function.kernel;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideColumn;
import java.math.BigDecimal;

/** The arguments of one row of a block. Used by one thread at a time. */
public final class Row {
  private final Call call;
  private final Column[] arguments;
  private final EvalContext context;
  private int position;

  /** Makes a view of argument columns that stands at position 0. */
  public Row(Call call, Column[] arguments, EvalContext context) {
    this.call = call;
    this.arguments = arguments;
    this.context = context;
  }

  /** Moves to another position. */
  public void moveTo(int newPosition) {
    position = newPosition;
  }

  /** Returns the call. */
  public Call call() {
    return call;
  }

  /** Returns the session's side. */
  public EvalContext context() {
    return context;
  }

  /** Returns the position in the argument columns. */
  public int position() {
    return position;
  }

  /** Returns how many arguments there are. */
  public int count() {
    return arguments.length;
  }

  /** Returns the column of an argument. */
  public Column column(int i) {
    return arguments[i];
  }

  /** Returns the actual type of an argument. */
  public SqlType type(int i) {
    return call.argumentTypes()[i];
  }

  /** Tells whether an argument is NULL. */
  public boolean isNull(int i) {
    return arguments[i].isNull(position);
  }

  /** Returns a bool. */
  public boolean bool(int i) {
    return ((BooleanColumn) arguments[i]).values()[position];
  }

  /** Returns an int2, int4, date or oid. */
  public int int32(int i) {
    return ((IntColumn) arguments[i]).values()[position];
  }

  /** Returns an int8, time or timestamp. */
  public long int64(int i) {
    return ((LongColumn) arguments[i]).values()[position];
  }

  /** Returns a float4 or float8. */
  public double float64(int i) {
    return ((DoubleColumn) arguments[i]).values()[position];
  }

  /** Returns a finite numeric. */
  public BigDecimal decimal(int i) {
    return ((DecimalColumn) arguments[i]).decimal(position);
  }

  /** Returns the scale of a numeric, or one of {@link DecimalColumn}'s codes below 0. */
  public short decimalCode(int i) {
    return ((DecimalColumn) arguments[i]).scales()[position];
  }

  /** Returns the upper half of a wide value. */
  public long high(int i) {
    return ((WideColumn) arguments[i]).high()[position];
  }

  /** Returns the lower half of a wide value. */
  public long low(int i) {
    return ((WideColumn) arguments[i]).low()[position];
  }

  /** Returns a text as a string. */
  public String text(int i) {
    return ((BytesColumn) arguments[i]).string(position);
  }

  /** Returns the bytes of a variable value, copied. */
  public byte[] bytes(int i) {
    return ((BytesColumn) arguments[i]).copy(position);
  }

  /** Returns how many floats an array has. */
  public int floatCount(int i) {
    return ((FloatArrayColumn) arguments[i]).lengths()[position];
  }

  /** Returns the floats of an array, copied. */
  public float[] floats(int i) {
    return ((FloatArrayColumn) arguments[i]).copy(position);
  }

  /** Returns the heap in which a variable value lies. */
  public byte[] heap(int i) {
    return ((BytesColumn) arguments[i]).heap();
  }

  /** Returns where a variable value starts in its heap. */
  public int start(int i) {
    return ((BytesColumn) arguments[i]).starts()[position];
  }

  /** Returns the length of a variable value in bytes. */
  public int length(int i) {
    return ((BytesColumn) arguments[i]).lengths()[position];
  }
}
