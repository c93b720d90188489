package io.quarkgres.vector;

import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * The type {@code vector}: 1 to 16000 finite floats. The modifier is the number of dimensions.
 *
 * <p>Text form: {@code [1,2.5,3]}. Binary form: int16 dimensions, int16 zero, then float4 each, big
 * endian. Order: element by element, then the shorter first; -0 equals 0. Thread: any.
 */
final class VectorType implements SqlType {
  static final int DIMENSIONS_MAX = 16000;

  static final VectorType INSTANCE = new VectorType();

  private static final int HEADER_BYTES = 4;
  private static final int KEY_END = 0;
  private static final int KEY_ELEMENT = 1;
  private static final TypeInfo INFO =
      new TypeInfo(
          VectorOids.VECTOR,
          "public",
          "vector",
          "vector",
          -1,
          'b',
          'U',
          false,
          0,
          VectorOids.VECTOR_ARRAY,
          ',');

  private VectorType() {}

  @Override
  public TypeInfo info() {
    return INFO;
  }

  @Override
  public Layout layout() {
    return Layout.FLOAT_ARRAY;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    float[] values = new VectorParser(text, start, length).parse();
    ((FloatArrayBuilder) out).append(values);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    FloatArrayColumn c = (FloatArrayColumn) column;
    int start = c.starts()[position];
    int end = start + c.lengths()[position];
    float[] heap = c.heap();
    out.put('[');
    for (int i = start; i < end; i++) {
      if (i > start) {
        out.put(',');
      }
      FloatDigits.print(heap[i], out);
    }
    out.put(']');
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (length < HEADER_BYTES) {
      throw insufficientData();
    }
    int dimensions = (short) (bytes[start] << 8 | bytes[start + 1] & 0xff);
    int unused = (short) (bytes[start + 2] << 8 | bytes[start + 3] & 0xff);
    checkDimensions(dimensions);
    if (unused != 0) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "expected unused to be 0, not " + unused);
    }
    int wanted = HEADER_BYTES + Float.BYTES * dimensions;
    if (length < wanted) {
      throw insufficientData();
    }
    if (length > wanted) {
      throw new SqlException(
          SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
    float[] values = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      int at = start + HEADER_BYTES + Float.BYTES * i;
      values[i] = checked(Float.intBitsToFloat(Datums.readInt(bytes, at)));
    }
    ((FloatArrayBuilder) out).append(values);
  }

  private static SqlException insufficientData() {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    FloatArrayColumn c = (FloatArrayColumn) column;
    int start = c.starts()[position];
    int n = c.lengths()[position];
    float[] heap = c.heap();
    out.ensure(HEADER_BYTES + Float.BYTES * n);
    out.putShort(n);
    out.putShort(0);
    for (int i = 0; i < n; i++) {
      out.putInt(Float.floatToRawIntBits(heap[start + i]));
    }
  }

  /** Raises an error unless a vector may have so many dimensions. */
  static void checkDimensions(int dimensions) {
    if (dimensions < 1) {
      throw VectorErrors.noDimension();
    }
    if (dimensions > DIMENSIONS_MAX) {
      throw VectorErrors.tooManyDimensions();
    }
  }

  /** Returns an element, or raises an error when it is NaN or infinite. */
  static float checked(float value) {
    if (!Float.isFinite(value)) {
      throw VectorErrors.notFinite(value);
    }
    return value;
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    FloatArrayColumn a = (FloatArrayColumn) left;
    FloatArrayColumn b = (FloatArrayColumn) right;
    int aLength = a.lengths()[leftPosition];
    int bLength = b.lengths()[rightPosition];
    int aStart = a.starts()[leftPosition];
    int bStart = b.starts()[rightPosition];
    float[] aHeap = a.heap();
    float[] bHeap = b.heap();
    int n = Math.min(aLength, bLength);
    for (int i = 0; i < n; i++) {
      float x = aHeap[aStart + i];
      float y = bHeap[bStart + i];
      if (x < y) {
        return -1;
      }
      if (x > y) {
        return 1;
      }
    }
    return Integer.compare(aLength, bLength);
  }

  @Override
  public long hash(Column column, int position) {
    FloatArrayColumn c = (FloatArrayColumn) column;
    int start = c.starts()[position];
    int end = start + c.lengths()[position];
    float[] heap = c.heap();
    long hash = c.lengths()[position];
    for (int i = start; i < end; i++) {
      hash = hash * 31 + positiveZeroBits(heap[i]);
    }
    return Hashes.mix(hash);
  }

  /** Returns the bits of a float, those of 0 for -0. */
  private static int positiveZeroBits(float value) {
    return Float.floatToRawIntBits(value == 0 ? 0f : value);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    FloatArrayColumn c = (FloatArrayColumn) column;
    int start = c.starts()[position];
    int end = start + c.lengths()[position];
    float[] heap = c.heap();
    for (int i = start; i < end; i++) {
      int bits = positiveZeroBits(heap[i]);
      out.put(KEY_ELEMENT);
      out.putInt(bits ^ (bits >> 31 | Integer.MIN_VALUE));
    }
    out.put(KEY_END);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    if (arguments.length != 1) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid type modifier", position);
    }
    int dimensions;
    try {
      dimensions = Integer.parseInt(arguments[0].strip());
    } catch (NumberFormatException e) {
      throw TypeErrors.invalidText("integer", arguments[0]).withPosition(position);
    }
    if (dimensions < 1) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "dimensions for type vector must be at least 1",
          position);
    }
    if (dimensions > DIMENSIONS_MAX) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "dimensions for type vector cannot exceed " + DIMENSIONS_MAX,
          position);
    }
    return dimensions;
  }

  @Override
  public String typmodOut(int typmod) {
    return typmod < 0 ? "" : "(" + typmod + ")";
  }

  @Override
  public boolean coercesLength(int typmod) {
    return typmod >= 0;
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    if (!column.isNull(position)) {
      checkLength(((FloatArrayColumn) column).lengths()[position], typmod);
    }
    out.append(column, position);
  }

  /** Raises an error unless a vector of {@code dimensions} fits a modifier. */
  static void checkLength(int dimensions, int typmod) {
    if (typmod >= 0 && typmod != dimensions) {
      throw VectorErrors.unexpectedDimensions(typmod, dimensions);
    }
  }

  @Override
  public String toString() {
    return INFO.sqlName();
  }
}
