package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.UnorderedType;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/** {@code json}: checked text, kept as it came; has no equality. Thread: any. */
public final class JsonType extends UnorderedType {
  public JsonType() {
    super(TypeTable.info(Oids.JSON), Layout.BYTES);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    JsonReader.check(text, start, length);
    ((BytesBuilder) out).append(text, start, length);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    parse(bytes, start, length, typmod, out, context);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    print(column, position, out, context);
  }
}
