package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.UnorderedType;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

/**
 * {@code jsonpath}, held as a text that reads as the same path; has no equality. Binary form: a
 * version byte 1 and the text. The language itself belongs to a later stage. Thread: any.
 */
public final class JsonPathType extends UnorderedType {
  private static final int VERSION = 1;

  private final JsonPathForms forms;

  public JsonPathType(JsonPathForms forms) {
    super(TypeTable.info(Oids.JSONPATH), Layout.BYTES);
    this.forms = forms;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    String path = new String(text, start, length, StandardCharsets.UTF_8);
    ((BytesBuilder) out).append(forms.stored(path));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    byte[] text = forms.printed(c.string(position)).getBytes(StandardCharsets.UTF_8);
    out.put(text, 0, text.length);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (length < 1) {
      throw TypeErrors.insufficientData();
    }
    if (bytes[start] != VERSION) {
      throw new SqlException(
          SqlState.INTERNAL_ERROR, "unsupported jsonpath version number: " + (bytes[start] & 0xff));
    }
    parse(bytes, start + 1, length - 1, typmod, out, context);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.put(VERSION);
    print(column, position, out, context);
  }
}
