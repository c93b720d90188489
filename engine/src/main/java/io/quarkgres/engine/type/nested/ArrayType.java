package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.SortKeys;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * An array type over an element type; the modifier is the element's. Values are encoded as {@link
 * ArrayValue} says. Order: element by element with NULL last, then the number of elements, the
 * number of dimensions, lengths and lower bounds. Thread: any.
 */
public class ArrayType extends BuiltinType {
  private static final int KEY_END = 0;
  private static final int KEY_VALUE = 1;
  private static final int KEY_NULL = 2;

  private final SqlType element;

  /** Makes an array type. */
  public ArrayType(TypeInfo info, SqlType element) {
    super(info, Layout.BYTES);
    this.element = element;
  }

  /** Returns the element type. */
  public final SqlType element() {
    return element;
  }

  /** Reads the array at a position that is not NULL. */
  public final ArrayValue value(Column column, int position) {
    return ArrayValue.read(column, position, element.layout());
  }

  @Override
  public boolean isBuilt() {
    return element.isBuilt();
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    new ArrayTextParser(text, start, length, element.info().delimiter())
        .parse(element, typmod, context)
        .appendTo(out);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    ArrayText.print(value(column, position), element, out, context);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    receiveArray(bytes, start, length, typmod, context).appendTo(out);
  }

  private ArrayValue receiveArray(
      byte[] bytes, int start, int length, int typmod, TypeContext context) {
    int end = start + length;
    if (length < 12) {
      throw TypeErrors.insufficientData();
    }
    int ndim = Datums.readInt(bytes, start);
    int flags = Datums.readInt(bytes, start + 4);
    int oid = Datums.readInt(bytes, start + 8);
    if (ndim < 0) {
      throw TypeErrors.invalidBinary("invalid number of dimensions: " + ndim);
    }
    if (ndim > ArrayValue.DIMENSIONS_MAX) {
      throw ArrayValue.tooManyDimensions(ndim);
    }
    if (flags != 0 && flags != 1) {
      throw TypeErrors.invalidBinary("invalid array flags");
    }
    if (oid != element.oid()) {
      throw wrongElement(oid);
    }
    int at = start + 12;
    if (end - at < 8 * ndim) {
      throw TypeErrors.insufficientData();
    }
    int[] dims = new int[ndim];
    int[] lowerBounds = new int[ndim];
    for (int i = 0; i < ndim; i++, at += 8) {
      dims[i] = Datums.readInt(bytes, at);
      lowerBounds[i] = Datums.readInt(bytes, at + 4);
      checkBound(dims[i], lowerBounds[i]);
    }
    int n = ArrayValue.checkedCardinality(dims);
    if (n == 0) {
      return ArrayValue.empty(element);
    }
    Column elements = receiveElements(bytes, at, end, n, typmod, context);
    return new ArrayValue(oid, dims, lowerBounds, elements);
  }

  private static void checkBound(int length, int lowerBound) {
    if (length < 0) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "array size exceeds the maximum allowed (" + ArrayValue.ELEMENTS_MAX + ")");
    }
    if (length != 0 && (long) lowerBound + length - 1 > Integer.MAX_VALUE) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "array lower bound is too large: " + lowerBound);
    }
  }

  private SqlException wrongElement(int oid) {
    return new SqlException(
        SqlState.DATATYPE_MISMATCH,
        "binary data has array element type "
            + Integer.toUnsignedString(oid)
            + " ("
            + TypeTable.sqlName(oid)
            + ") instead of expected "
            + Integer.toUnsignedString(element.oid())
            + " ("
            + element.info().sqlName()
            + ")");
  }

  private Column receiveElements(
      byte[] bytes, int start, int end, int n, int typmod, TypeContext context) {
    int at = start;
    // each element takes at least its length word, so a hostile count cannot reserve memory
    ColumnBuilder builder = ColumnBuilder.of(element.layout(), Math.min(n, (end - start) / 4));
    for (int i = 0; i < n; i++) {
      if (end - at < 4) {
        throw TypeErrors.insufficientData();
      }
      int length = Datums.readInt(bytes, at);
      at += 4;
      if (length < -1 || length > end - at) {
        throw TypeErrors.insufficientData();
      }
      if (length < 0) {
        element.readNull(builder, context);
      } else {
        receiveElement(bytes, at, length, typmod, builder, context, i);
        at += length;
      }
    }
    if (at != end) {
      throw new SqlException(
          SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
    return builder.build();
  }

  private void receiveElement(
      byte[] bytes,
      int at,
      int length,
      int typmod,
      ColumnBuilder builder,
      TypeContext context,
      int index) {
    try {
      element.receive(bytes, at, length, typmod, builder, context);
    } catch (SqlException e) {
      if (e.state() == SqlState.INVALID_BINARY_REPRESENTATION
          && "incorrect binary data format".equals(e.getMessage())) {
        throw new SqlException(
            SqlState.INVALID_BINARY_REPRESENTATION,
            "improper binary format in array element " + (index + 1));
      }
      throw e;
    }
  }

  @Override
  public final void send(Column column, int position, ByteSink out, TypeContext context) {
    ArrayValue array = value(column, position);
    out.putInt(array.dims().length);
    out.putInt(array.hasNulls() ? 1 : 0);
    out.putInt(array.elementOid());
    for (int i = 0; i < array.dims().length; i++) {
      out.putInt(array.dims()[i]);
      out.putInt(array.lowerBounds()[i]);
    }
    Column elements = array.elements();
    for (int i = 0; i < elements.count(); i++) {
      if (elements.isNull(i)) {
        out.putInt(-1);
      } else {
        int header = out.size();
        out.putInt(0);
        element.send(elements, i, out, context);
        out.setInt(header, out.size() - header - 4);
      }
    }
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    ArrayValue a = value(left, leftPosition);
    ArrayValue b = value(right, rightPosition);
    Column x = a.elements();
    Column y = b.elements();
    int n = Math.min(x.count(), y.count());
    for (int i = 0; i < n; i++) {
      int order;
      if (x.isNull(i) || y.isNull(i)) {
        order = Boolean.compare(x.isNull(i), y.isNull(i));
      } else {
        order = element.compare(x, i, y, i);
      }
      if (order != 0) {
        return order;
      }
    }
    return compareShapes(a, b);
  }

  private static int compareShapes(ArrayValue a, ArrayValue b) {
    int order = Integer.compare(a.elements().count(), b.elements().count());
    if (order == 0) {
      order = Integer.compare(a.dims().length, b.dims().length);
    }
    for (int i = 0; order == 0 && i < a.dims().length; i++) {
      order = Integer.compare(a.dims()[i], b.dims()[i]);
    }
    for (int i = 0; order == 0 && i < a.dims().length; i++) {
      order = Integer.compare(a.lowerBounds()[i], b.lowerBounds()[i]);
    }
    return order;
  }

  @Override
  public boolean equal(Column left, int leftPosition, Column right, int rightPosition) {
    ArrayValue a = value(left, leftPosition);
    ArrayValue b = value(right, rightPosition);
    if (compareShapes(a, b) != 0) {
      return false;
    }
    Column x = a.elements();
    Column y = b.elements();
    for (int i = 0; i < x.count(); i++) {
      boolean same =
          x.isNull(i) || y.isNull(i) ? x.isNull(i) == y.isNull(i) : element.equal(x, i, y, i);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long hash(Column column, int position) {
    Column elements = value(column, position).elements();
    long hash = elements.count();
    for (int i = 0; i < elements.count(); i++) {
      hash = Hashes.combine(hash, elements.isNull(i) ? 0 : element.hash(elements, i));
    }
    return hash;
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    ArrayValue array = value(column, position);
    Column elements = array.elements();
    for (int i = 0; i < elements.count(); i++) {
      if (elements.isNull(i)) {
        out.put(KEY_NULL);
      } else {
        out.put(KEY_VALUE);
        element.sortKey(elements, i, out);
      }
    }
    out.put(KEY_END);
    out.put(array.dims().length);
    for (int dim : array.dims()) {
      SortKeys.putInt(dim, out);
    }
    for (int bound : array.lowerBounds()) {
      SortKeys.putInt(bound, out);
    }
  }

  @Override
  public boolean isOrdered() {
    return element.isOrdered();
  }

  @Override
  public boolean hasEquality() {
    return element.hasEquality();
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return element.typmodIn(arguments, position);
  }

  @Override
  public String typmodOut(int typmod) {
    return element.typmodOut(typmod);
  }

  @Override
  public boolean coercesLength(int typmod) {
    return element.coercesLength(typmod);
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    if (column.isNull(position) || !coercesLength(typmod)) {
      out.append(column, position);
      return;
    }
    ArrayValue array = value(column, position);
    Column elements = array.elements();
    ColumnBuilder fitted = ColumnBuilder.of(element.layout(), elements.count());
    for (int i = 0; i < elements.count(); i++) {
      if (elements.isNull(i)) {
        fitted.appendNull();
      } else {
        element.coerceLength(elements, i, typmod, explicit, fitted);
      }
    }
    new ArrayValue(array.elementOid(), array.dims(), array.lowerBounds(), fitted.build())
        .appendTo(out);
  }
}
