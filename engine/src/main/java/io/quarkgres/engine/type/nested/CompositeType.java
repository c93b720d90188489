package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A row type with known fields: that of a table or view, which can be read from text, or, under the
 * oid of {@code record}, that of a subquery's rows. Thread: any.
 */
public final class CompositeType extends RecordType {
  private final int relation;
  private final String[] names;
  private final SqlType[] types;
  private final int[] typmods;

  /** Makes a row type that belongs to no relation. */
  public CompositeType(
      TypeInfo info,
      String[] names,
      SqlType[] types,
      int[] typmods,
      IntFunction<SqlType> typesByOid) {
    this(info, 0, names, types, typmods, typesByOid);
  }

  /**
   * Makes a row type of named fields.
   *
   * @param relation the oid of the relation whose rows it describes, 0 if none
   */
  public CompositeType(
      TypeInfo info,
      int relation,
      String[] names,
      SqlType[] types,
      int[] typmods,
      IntFunction<SqlType> typesByOid) {
    super(info, typesByOid);
    this.relation = relation;
    this.names = names.clone();
    this.types = types.clone();
    this.typmods = typmods.clone();
  }

  /** Returns {@code record} with the names and types of fields. */
  public static CompositeType anonymous(
      RecordType record, String[] names, SqlType[] types, int[] typmods) {
    return new CompositeType(record.info(), names, types, typmods, record.typesByOid);
  }

  /** Tells whether this is {@code record} with known fields rather than a type with a name. */
  public boolean isAnonymous() {
    return oid() == Oids.RECORD;
  }

  /** Returns the oid of the relation whose rows it describes, 0 if none. */
  public int relation() {
    return relation;
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

  /** Reads a record; its fields have the names of fields that are records themselves. */
  @Override
  public RecordValue value(Column column, int position) {
    RecordValue value = super.value(column, position);
    for (int i = 0; i < types.length && i < value.size(); i++) {
      if (value.types()[i].oid() == types[i].oid()) {
        value.types()[i] = types[i];
      }
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof CompositeType that) || that.oid() != oid()) {
      return false;
    }
    return Arrays.equals(names, that.names) && Arrays.equals(oids(), that.oids());
  }

  @Override
  public int hashCode() {
    return 31 * oid() + Arrays.hashCode(names);
  }

  private int[] oids() {
    return Arrays.stream(types).mapToInt(SqlType::oid).toArray();
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (isAnonymous()) {
      throw anonymous();
    }
    RecordText.parse(text, start, length, types, typmods, context).appendTo(out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (isAnonymous()) {
      throw anonymous();
    }
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
        types[i].readNull(builder, context);
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
              + TypeTable.sqlName(oid)
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
