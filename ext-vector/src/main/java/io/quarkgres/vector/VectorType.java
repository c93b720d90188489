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
 * The types {@code vector} and {@code halfvec}: 1 to 16000 finite floats or halves. The modifier is
 * the number of dimensions.
 *
 * <p>Text form: {@code [1,2.5,3]}. Binary form: int16 dimensions, int16 zero, then each element in
 * 4 or 2 bytes, big endian. Order: element by element, then the shorter first; -0 equals 0. Thread:
 * any.
 */
final class VectorType implements SqlType {
  static final int DIMENSIONS_MAX = 16000;

  /** {@code vector}. */
  static final VectorType INSTANCE = new VectorType(Precision.SINGLE);

  /** {@code halfvec}. */
  static final VectorType HALF = new VectorType(Precision.HALF);

  private static final int HEADER_BYTES = 4;
  private static final int KEY_END = 0;
  private static final int KEY_ELEMENT = 1;

  private final Precision precision;
  private final TypeInfo info;

  private VectorType(Precision precision) {
    this.precision = precision;
    String name = precision.typeName();
    this.info =
        new TypeInfo(
            precision.oid(),
            "public",
            name,
            name,
            -1,
            'b',
            'U',
            false,
            0,
            precision.arrayOid(),
            ',');
  }

  static VectorType of(Precision precision) {
    return switch (precision) {
      case SINGLE -> INSTANCE;
      case HALF -> HALF;
    };
  }

  @Override
  public TypeInfo info() {
    return info;
  }

  @Override
  public Layout layout() {
    return Layout.FLOAT_ARRAY;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    new VectorParser(text, start, length, precision).parse((FloatArrayBuilder) out);
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
    precision.checkDimensions(dimensions);
    if (unused != 0) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "expected unused to be 0, not " + unused);
    }
    int elementBytes = precision.elementBytes();
    int wanted = HEADER_BYTES + elementBytes * dimensions;
    if (length < wanted) {
      throw insufficientData();
    }
    if (length > wanted) {
      throw new SqlException(
          SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
    FloatArrayBuilder builder = (FloatArrayBuilder) out;
    float[] elements = builder.room(dimensions);
    int first = builder.end();
    for (int i = 0; i < dimensions; i++) {
      int at = start + HEADER_BYTES + elementBytes * i;
      elements[first + i] = precision.checked(element(bytes, at));
    }
    builder.appendWritten(dimensions);
  }

  private float element(byte[] bytes, int at) {
    return switch (precision) {
      case SINGLE -> Float.intBitsToFloat(Datums.readInt(bytes, at));
      case HALF -> Float.float16ToFloat((short) (bytes[at] << 8 | bytes[at + 1] & 0xff));
    };
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
    out.ensure(HEADER_BYTES + precision.elementBytes() * n);
    out.putShort(n);
    out.putShort(0);
    switch (precision) {
      case SINGLE -> {
        for (int i = 0; i < n; i++) {
          out.putInt(Float.floatToRawIntBits(heap[start + i]));
        }
      }
      case HALF -> {
        for (int i = 0; i < n; i++) {
          out.putShort(Float.floatToFloat16(heap[start + i]));
        }
      }
    }
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
    return dimensionsOf(info.name(), DIMENSIONS_MAX, arguments, position);
  }

  /** Reads the modifier of a vector type: its number of dimensions. */
  static int dimensionsOf(String type, int maximum, String[] arguments, int position) {
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
          "dimensions for type " + type + " must be at least 1",
          position);
    }
    if (dimensions > maximum) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "dimensions for type " + type + " cannot exceed " + maximum,
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
    return info.sqlName();
  }
}
