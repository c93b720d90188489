package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * {@code jsonb}: JSON by its meaning, held as its canonical text (see {@link JsonReader}). Binary
 * form: a version byte 1 and the text. Thread: any.
 */
public final class JsonbType extends BuiltinType {
  private static final int VERSION = 1;

  public JsonbType() {
    super(TypeTable.info(Oids.JSONB), Layout.BYTES);
  }

  /** Appends the canonical text of any valid JSON text, which is what a jsonb column holds. */
  public static void canonical(byte[] text, int start, int length, ByteSink out) {
    JsonReader.canonical(text, start, length, out);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    ByteSink sink = new ByteSink(length + length / 4);
    canonical(text, start, length, sink);
    ((BytesBuilder) out).append(sink);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (length < 1) {
      throw TypeErrors.insufficientData();
    }
    if (bytes[start] != VERSION) {
      throw new SqlException(
          SqlState.INTERNAL_ERROR, "unsupported jsonb version number " + (bytes[start] & 0xff));
    }
    parse(bytes, start + 1, length - 1, typmod, out, context);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.put(VERSION);
    print(column, position, out, context);
  }

  private static ByteSink key(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    ByteSink key = new ByteSink(c.lengths()[position] * 2);
    JsonbOrder.sortKey(c.heap(), c.starts()[position], c.lengths()[position], key);
    return key;
  }

  private static boolean sameText(Column left, int i, Column right, int j) {
    BytesColumn a = (BytesColumn) left;
    BytesColumn b = (BytesColumn) right;
    int aStart = a.starts()[i];
    int bStart = b.starts()[j];
    return Arrays.equals(
        a.heap(), aStart, aStart + a.lengths()[i], b.heap(), bStart, bStart + b.lengths()[j]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    if (sameText(left, leftPosition, right, rightPosition)) {
      return 0;
    }
    ByteSink a = key(left, leftPosition);
    ByteSink b = key(right, rightPosition);
    return Arrays.compareUnsigned(a.array(), 0, a.size(), b.array(), 0, b.size());
  }

  @Override
  public long hash(Column column, int position) {
    ByteSink key = key(column, position);
    return Hashes.bytes(key.array(), 0, key.size());
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    BytesColumn c = (BytesColumn) column;
    JsonbOrder.sortKey(c.heap(), c.starts()[position], c.lengths()[position], out);
  }
}
