package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.Invariant;
import java.util.function.IntFunction;

/**
 * One record (row value), taken out of or to be put into a BYTES column. Thread: any.
 *
 * <p>Encoding, numbers big-endian: 4 bytes number of fields; for each field 4 bytes type oid, 1
 * byte whether it is NULL, and, if it is not, the value as {@link Datums}.
 *
 * @param types the fields' types
 * @param values the fields' values, each a column of one position
 */
public record RecordValue(SqlType[] types, Column[] values) {
  /** Reads the record at a position that is not NULL. */
  public static RecordValue read(Column column, int position, IntFunction<SqlType> typesByOid) {
    BytesColumn c = (BytesColumn) column;
    byte[] in = c.heap();
    int at = c.starts()[position];
    int n = Datums.readInt(in, at);
    at += 4;
    SqlType[] types = new SqlType[n];
    Column[] values = new Column[n];
    for (int i = 0; i < n; i++) {
      int oid = Datums.readInt(in, at);
      types[i] = typesByOid.apply(oid);
      Invariant.check(types[i] != null, "a record's field has a known type, not " + oid);
      ColumnBuilder builder = ColumnBuilder.of(types[i].layout(), 1);
      if (in[at + 4] != 0) {
        builder.appendNull();
        at += 5;
      } else {
        at = Datums.read(in, at + 5, builder);
      }
      values[i] = builder.build();
    }
    return new RecordValue(types, values);
  }

  /** Returns how many fields there are. */
  public int size() {
    return types.length;
  }

  /** Appends the record as one value. */
  public void appendTo(ColumnBuilder out) {
    int[] positions = new int[types.length];
    append(types, values, positions, out);
  }

  /** Appends a record of the values of several columns, each at its position, as one value. */
  public static void append(SqlType[] types, Column[] columns, int[] positions, ColumnBuilder out) {
    ByteSink sink = new ByteSink(4 + 16 * types.length);
    sink.putInt(types.length);
    for (int i = 0; i < types.length; i++) {
      sink.putInt(types[i].oid());
      boolean isNull = columns[i].isNull(positions[i]);
      sink.put(isNull ? 1 : 0);
      if (!isNull) {
        Datums.write(columns[i], positions[i], sink);
      }
    }
    ((BytesBuilder) out).append(sink);
  }
}
