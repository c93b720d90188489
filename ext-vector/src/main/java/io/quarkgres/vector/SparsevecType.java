package io.quarkgres.vector;

import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * The type {@code sparsevec}: up to 16000 finite floats that are not 0, of up to a billion
 * dimensions. The modifier is the number of dimensions.
 *
 * <p>Text form: {@code {1:1.5,3:2}/5}, indices from 1. Binary form: int32 dimensions, int32 count,
 * int32 zero, the indices from 0 as int32, the values as float4, big endian. In columns: see {@link
 * SparseVector}. Order: that of the dense vectors. Thread: any.
 */
final class SparsevecType implements SqlType {
  static final String NAME = "sparsevec";

  static final SparsevecType INSTANCE = new SparsevecType();

  private static final int BINARY_HEADER_BYTES = 12;

  /** Before an element greater than 0, in sort keys. */
  private static final int KEY_POSITIVE = 1;

  /** Before an element less than 0, and before the dimensions at the end, in sort keys. */
  private static final int KEY_NEGATIVE_OR_END = 0;

  private static final TypeInfo INFO =
      new TypeInfo(
          VectorOids.SPARSEVEC,
          "public",
          NAME,
          NAME,
          -1,
          'b',
          'U',
          false,
          0,
          VectorOids.SPARSEVEC_ARRAY,
          ',');

  private SparsevecType() {}

  @Override
  public TypeInfo info() {
    return INFO;
  }

  @Override
  public Layout layout() {
    return Layout.BYTES;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ByteSink value = new ByteSink(64);
    SparseParser.parse(text, start, length, value);
    ((BytesBuilder) out).append(value);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    SparseVector vector = SparseVector.read(column, position);
    out.put('{');
    for (int i = 0; i < vector.count(); i++) {
      if (i > 0) {
        out.put(',');
      }
      out.putAscii(Integer.toString(vector.indices()[i] + 1));
      out.put(':');
      FloatDigits.print(vector.values()[i], out);
    }
    out.putAscii("}/");
    out.putAscii(Integer.toString(vector.dimensions()));
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (length < BINARY_HEADER_BYTES) {
      throw insufficientData();
    }
    int dimensions = Datums.readInt(bytes, start);
    int count = Datums.readInt(bytes, start + 4);
    int unused = Datums.readInt(bytes, start + 8);
    checkDimensions(dimensions);
    checkCount(count, dimensions);
    if (unused != 0) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "expected unused to be 0, not " + unused);
    }
    int[] indices = new int[count];
    float[] values = new float[count];
    int at = start + BINARY_HEADER_BYTES;
    int end = start + length;
    for (int i = 0; i < count; i++, at += 4) {
      indices[i] = readInt(bytes, at, end);
      checkIndex(indices, i, dimensions);
    }
    for (int i = 0; i < count; i++, at += 4) {
      values[i] = checked(Float.intBitsToFloat(readInt(bytes, at, end)));
      if (values[i] == 0) {
        throw new SqlException(
            SqlState.DATA_EXCEPTION,
            "binary representation of sparsevec cannot contain zero values");
      }
    }
    if (at < end) {
      throw new SqlException(
          SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
    ByteSink value = new ByteSink(8 + 8 * count);
    new SparseVector(dimensions, count, indices, values).write(value);
    ((BytesBuilder) out).append(value);
  }

  private static int readInt(byte[] bytes, int at, int end) {
    if (at + 4 > end) {
      throw insufficientData();
    }
    return Datums.readInt(bytes, at);
  }

  private static SqlException insufficientData() {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    int start = c.starts()[position];
    out.put(c.heap(), start, 8);
    out.putInt(0);
    out.put(c.heap(), start + 8, c.lengths()[position] - 8);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return SparseVector.read(left, leftPosition).compareTo(SparseVector.read(right, rightPosition));
  }

  @Override
  public long hash(Column column, int position) {
    // Equal values have equal bytes: no element is 0 or NaN.
    BytesColumn c = (BytesColumn) column;
    return Hashes.bytes(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  /**
   * An element below 0 is the smaller the earlier it comes, and the end of a vector stands between
   * the elements before its dimensions and those behind; an element above 0 is the greater the
   * earlier it comes, and above them all.
   */
  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    SparseVector vector = SparseVector.read(column, position);
    for (int i = 0; i < vector.count(); i++) {
      float value = vector.values()[i];
      int index = vector.indices()[i];
      int bits = Float.floatToRawIntBits(value);
      out.put(value > 0 ? KEY_POSITIVE : KEY_NEGATIVE_OR_END);
      out.putInt(value > 0 ? ~index : index);
      out.putInt(bits ^ (bits >> 31 | Integer.MIN_VALUE));
    }
    out.put(KEY_NEGATIVE_OR_END);
    out.putInt(vector.dimensions());
    out.putInt(0);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return VectorType.dimensionsOf(NAME, SparseVector.DIMENSIONS_MAX, arguments, position);
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
      VectorType.checkLength(SparseVector.dimensions((BytesColumn) column, position), typmod);
    }
    out.append(column, position);
  }

  static void checkDimensions(int dimensions) {
    if (dimensions < 1) {
      throw VectorErrors.noDimension(NAME);
    }
    if (dimensions > SparseVector.DIMENSIONS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "sparsevec cannot have more than " + SparseVector.DIMENSIONS_MAX + " dimensions");
    }
  }

  /** Raises an error when there are too many elements for any vector. */
  static void checkCount(int count) {
    if (count > SparseVector.COUNT_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "sparsevec cannot have more than " + SparseVector.COUNT_MAX + " non-zero elements");
    }
  }

  static void checkCount(int count, int dimensions) {
    if (count < 0) {
      throw new SqlException(
          SqlState.DATA_EXCEPTION, "sparsevec cannot have negative number of elements");
    }
    checkCount(count);
    if (count > dimensions) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "sparsevec cannot have more elements than dimensions");
    }
  }

  static void checkIndex(int[] indices, int i, int dimensions) {
    int index = indices[i];
    if (index < 0 || index >= dimensions) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "sparsevec index out of bounds");
    }
    if (i > 0 && index < indices[i - 1]) {
      throw new SqlException(
          SqlState.DATA_EXCEPTION, "sparsevec indices must be in ascending order");
    }
    if (i > 0 && index == indices[i - 1]) {
      throw new SqlException(
          SqlState.DATA_EXCEPTION, "sparsevec indices must not contain duplicates");
    }
  }

  static float checked(float value) {
    if (!Float.isFinite(value)) {
      throw VectorErrors.notFinite(NAME, value);
    }
    return value;
  }

  @Override
  public String toString() {
    return NAME;
  }
}
