package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.SqlType;
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
 * One array, taken out of or to be put into a BYTES column. Thread: any.
 *
 * <p>Encoding, numbers big-endian: 1 byte number of dimensions (0 for an empty array), 1 byte
 * whether any element is NULL, 4 bytes element oid; for each dimension 4 bytes length and 4 bytes
 * lower bound; when there are NULLs, a bitmap of one bit an element in row-major order (bit {@code
 * i & 7} of byte {@code i >> 3} set means NULL); then the elements that are not NULL as {@link
 * Datums}.
 *
 * @param elementOid the element type
 * @param dims the length of each dimension; none for an empty array
 * @param lowerBounds the lower bound of each dimension
 * @param elements all elements in row-major order
 */
public record ArrayValue(int elementOid, int[] dims, int[] lowerBounds, Column elements) {
  /** The most dimensions. */
  public static final int DIMENSIONS_MAX = 6;

  /** The most elements. */
  public static final int ELEMENTS_MAX = 134217727;

  private static final int FIXED_BYTES = 6;
  private static final int[] NONE = {};

  /** Makes an array of one dimension with lower bound 1, or the empty array. */
  public static ArrayValue of(int elementOid, Column elements) {
    return elements.count() == 0
        ? new ArrayValue(elementOid, NONE, NONE, elements)
        : new ArrayValue(elementOid, new int[] {elements.count()}, new int[] {1}, elements);
  }

  /** Makes the empty array. */
  public static ArrayValue empty(SqlType element) {
    return new ArrayValue(element.oid(), NONE, NONE, ColumnBuilder.of(element.layout(), 0).build());
  }

  /** Reads the array at a position that is not NULL. O(elements). */
  public static ArrayValue read(Column column, int position, Layout elementLayout) {
    BytesColumn c = (BytesColumn) column;
    return read(c.heap(), c.starts()[position], elementLayout);
  }

  /** Reads the array at an offset. */
  public static ArrayValue read(byte[] in, int start, Layout elementLayout) {
    int ndim = in[start];
    boolean hasNulls = in[start + 1] != 0;
    int elementOid = Datums.readInt(in, start + 2);
    int[] dims = ndim == 0 ? NONE : new int[ndim];
    int[] lowerBounds = ndim == 0 ? NONE : new int[ndim];
    int at = start + FIXED_BYTES;
    for (int i = 0; i < ndim; i++) {
      dims[i] = Datums.readInt(in, at);
      lowerBounds[i] = Datums.readInt(in, at + 4);
      at += 8;
    }
    int n = product(dims);
    ColumnBuilder builder = ColumnBuilder.of(elementLayout, n);
    int bitmap = at;
    at += hasNulls ? (n + 7) / 8 : 0;
    for (int i = 0; i < n; i++) {
      if (hasNulls && (in[bitmap + (i >> 3)] >> (i & 7) & 1) != 0) {
        builder.appendNull();
      } else {
        at = Datums.read(in, at, builder);
      }
    }
    return new ArrayValue(elementOid, dims, lowerBounds, builder.build());
  }

  /** Returns the element type's oid of the array at a position, without reading the rest. */
  public static int elementOid(BytesColumn column, int position) {
    return Datums.readInt(column.heap(), column.starts()[position] + 2);
  }

  /** Returns how many dimensions the array at a position has, 0 when it is empty. */
  public static int dimensions(BytesColumn column, int position) {
    return column.heap()[column.starts()[position]];
  }

  /** Returns the length of a dimension (from 0) of the array at a position. */
  public static int length(BytesColumn column, int position, int dimension) {
    return Datums.readInt(column.heap(), column.starts()[position] + FIXED_BYTES + 8 * dimension);
  }

  /** Returns the lower bound of a dimension (from 0) of the array at a position. */
  public static int lowerBound(BytesColumn column, int position, int dimension) {
    return Datums.readInt(
        column.heap(), column.starts()[position] + FIXED_BYTES + 8 * dimension + 4);
  }

  /** Returns how many elements the array at a position has. */
  public static int cardinality(BytesColumn column, int position) {
    int ndim = dimensions(column, position);
    int n = ndim == 0 ? 0 : 1;
    for (int i = 0; i < ndim; i++) {
      n *= length(column, position, i);
    }
    return n;
  }

  /** Returns how many elements the array has. */
  public int cardinality() {
    return product(dims);
  }

  /** Returns the upper bound of a dimension (from 0). */
  public int upperBound(int dimension) {
    return lowerBounds[dimension] + dims[dimension] - 1;
  }

  private static int product(int[] dims) {
    int n = dims.length == 0 ? 0 : 1;
    for (int dim : dims) {
      n *= dim;
    }
    return n;
  }

  /** Raises 54000 when dimensions or elements are too many, then returns how many elements. */
  public static int checkedCardinality(int[] dims) {
    if (dims.length > DIMENSIONS_MAX) {
      throw tooManyDimensions(dims.length);
    }
    long n = dims.length == 0 ? 0 : 1;
    for (int dim : dims) {
      n *= dim;
      if (n > ELEMENTS_MAX) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "array size exceeds the maximum allowed (" + ELEMENTS_MAX + ")");
      }
    }
    return (int) n;
  }

  public static SqlException tooManyDimensions(int dimensions) {
    return new SqlException(
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "number of array dimensions ("
            + dimensions
            + ") exceeds the maximum allowed ("
            + DIMENSIONS_MAX
            + ")");
  }

  /** Appends the array as one value. */
  public void appendTo(ColumnBuilder out) {
    ByteSink sink = new ByteSink(FIXED_BYTES + 8 * dims.length + 12 * elements.count());
    write(sink);
    ((BytesBuilder) out).append(sink);
  }

  /** Appends the encoding. */
  public void write(ByteSink out) {
    int n = cardinality();
    boolean hasNulls = hasNulls(n);
    out.put(dims.length);
    out.put(hasNulls ? 1 : 0);
    out.putInt(elementOid);
    for (int i = 0; i < dims.length; i++) {
      out.putInt(dims[i]);
      out.putInt(lowerBounds[i]);
    }
    for (int base = 0; hasNulls && base < n; base += 8) {
      int bits = 0;
      for (int i = base; i < Math.min(n, base + 8); i++) {
        bits |= elements.isNull(i) ? 1 << (i & 7) : 0;
      }
      out.put(bits);
    }
    for (int i = 0; i < n; i++) {
      if (!elements.isNull(i)) {
        Datums.write(elements, i, out);
      }
    }
  }

  /** Tells whether any element is NULL. */
  public boolean hasNulls() {
    return hasNulls(cardinality());
  }

  private boolean hasNulls(int n) {
    if (elements.nulls() != null) {
      for (int i = 0; i < n; i++) {
        if (elements.isNull(i)) {
          return true;
        }
      }
    }
    return false;
  }
}
