package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.function.IntFunction;

/**
 * {@code record}: rows whose fields bring their own types. Values are encoded as {@link
 * RecordValue} says. Ordered field by field with NULL last. Thread: any.
 */
public class RecordType extends BuiltinType {
  private static final int KEY_VALUE = 1;
  private static final int KEY_NULL = 2;

  /** Gives the types of fields by oid. */
  final IntFunction<SqlType> typesByOid;

  /** Makes the type; the function gives the types of fields by oid. */
  public RecordType(TypeInfo info, IntFunction<SqlType> typesByOid) {
    super(info, Layout.BYTES);
    this.typesByOid = typesByOid;
  }

  /** Reads the record at a position that is not NULL. */
  public RecordValue value(Column column, int position) {
    return RecordValue.read(column, position, typesByOid);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    throw anonymous();
  }

  static SqlException anonymous() {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "input of anonymous composite types is not implemented");
  }

  @Override
  public final void print(Column column, int position, ByteSink out, TypeContext context) {
    RecordText.print(value(column, position), out, context);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    throw anonymous();
  }

  @Override
  public final void send(Column column, int position, ByteSink out, TypeContext context) {
    RecordValue record = value(column, position);
    out.putInt(record.size());
    for (int i = 0; i < record.size(); i++) {
      out.putInt(record.types()[i].oid());
      int header = out.size();
      out.putInt(-1);
      if (!record.values()[i].isNull(0)) {
        record.types()[i].send(record.values()[i], 0, out, context);
        out.setInt(header, out.size() - header - 4);
      }
    }
  }

  @Override
  public final int compare(Column left, int leftPosition, Column right, int rightPosition) {
    RecordValue a = value(left, leftPosition);
    RecordValue b = value(right, rightPosition);
    int n = Math.min(a.size(), b.size());
    for (int i = 0; i < n; i++) {
      checkSimilar(a, b, i);
      Column x = a.values()[i];
      Column y = b.values()[i];
      int order =
          x.isNull(0) || y.isNull(0)
              ? Boolean.compare(x.isNull(0), y.isNull(0))
              : a.types()[i].compare(x, 0, y, 0);
      if (order != 0) {
        return order;
      }
    }
    checkSize(a, b);
    return 0;
  }

  private static void checkSimilar(RecordValue a, RecordValue b, int i) {
    if (a.types()[i].oid() != b.types()[i].oid()) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "cannot compare dissimilar column types "
              + a.types()[i].info().sqlName()
              + " and "
              + b.types()[i].info().sqlName()
              + " at record column "
              + (i + 1));
    }
  }

  private static void checkSize(RecordValue a, RecordValue b) {
    if (a.size() != b.size()) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "cannot compare record types with different numbers of columns");
    }
  }

  @Override
  public final boolean equal(Column left, int leftPosition, Column right, int rightPosition) {
    RecordValue a = value(left, leftPosition);
    RecordValue b = value(right, rightPosition);
    int n = Math.min(a.size(), b.size());
    for (int i = 0; i < n; i++) {
      checkSimilar(a, b, i);
      Column x = a.values()[i];
      Column y = b.values()[i];
      boolean same =
          x.isNull(0) || y.isNull(0) ? x.isNull(0) == y.isNull(0) : a.types()[i].equal(x, 0, y, 0);
      if (!same) {
        return false;
      }
    }
    checkSize(a, b);
    return true;
  }

  @Override
  public final long hash(Column column, int position) {
    RecordValue record = value(column, position);
    long hash = record.size();
    for (int i = 0; i < record.size(); i++) {
      Column value = record.values()[i];
      hash = Hashes.combine(hash, value.isNull(0) ? 0 : record.types()[i].hash(value, 0));
    }
    return hash;
  }

  @Override
  public final void sortKey(Column column, int position, ByteSink out) {
    RecordValue record = value(column, position);
    for (int i = 0; i < record.size(); i++) {
      Column value = record.values()[i];
      if (value.isNull(0)) {
        out.put(KEY_NULL);
      } else {
        out.put(KEY_VALUE);
        record.types()[i].sortKey(value, 0, out);
      }
    }
    out.put(0);
  }
}
