package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.function.IntFunction;

/** A named row type: a record with known fields, which can be read from text. Thread: any. */
public final class CompositeType extends RecordType {
  private final String[] names;
  private final SqlType[] types;
  private final int[] typmods;

  /** Makes a row type of named fields. */
  public CompositeType(
      TypeInfo info,
      String[] names,
      SqlType[] types,
      int[] typmods,
      IntFunction<SqlType> typesByOid) {
    super(info, typesByOid);
    this.names = names.clone();
    this.types = types.clone();
    this.typmods = typmods.clone();
  }

  /** Returns how many fields there are. */
  public int size() {
    return types.length;
  }

  /** Returns the name of a field. */
  public String fieldName(int field) {
    return names[field];
  }

  /** Returns the type of a field. */
  public SqlType fieldType(int field) {
    return types[field];
  }

  /** Returns the type modifier of a field. */
  public int fieldTypmod(int field) {
    return typmods[field];
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    RecordText.parse(text, start, length, types, typmods, context).appendTo(out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int end = start + length;
    if (length < 4) {
      throw TypeErrors.insufficientData();
    }
    int n = Datums.readInt(bytes, start);
    if (n != types.length) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "wrong number of columns: " + n + ", expected " + types.length);
    }
    Column[] values = new Column[n];
    int at = start + 4;
    for (int i = 0; i < n; i++) {
      if (end - at < 8) {
        throw TypeErrors.insufficientData();
      }
      int oid = Datums.readInt(bytes, at);
      int size = Datums.readInt(bytes, at + 4);
      at += 8;
      checkField(i, oid, size, end - at);
      ColumnBuilder builder = ColumnBuilder.of(types[i].layout(), 1);
      if (size < 0) {
        builder.appendNull();
      } else {
        types[i].receive(bytes, at, size, typmods[i], builder, context);
        at += size;
      }
      values[i] = builder.build();
    }
    BinaryForm.checkLength(length, at - start);
    new RecordValue(types, values).appendTo(out);
  }

  private void checkField(int i, int oid, int size, int left) {
    if (oid != types[i].oid()) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "binary data has type "
              + Integer.toUnsignedString(oid)
              + " ("
              + BuiltinTypes.sqlName(oid)
              + ") instead of expected "
              + Integer.toUnsignedString(types[i].oid())
              + " ("
              + types[i].info().sqlName()
              + ") in record column "
              + (i + 1));
    }
    if (size < -1 || size > left) {
      throw TypeErrors.insufficientData();
    }
  }
}
