package io.quarkgres.engine.type.textsearch;

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

/**
 * {@code tsquery}: what to search documents for, see {@link TsQuery} for the encoding. Its order
 * and equality are not built. Thread: any.
 */
public final class TsQueryType extends UnorderedType {
  public TsQueryType() {
    super(TypeTable.info(Oids.TSQUERY), Layout.BYTES);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    String query = TypeErrors.string(text, start, length);
    TsQueryParts parts = TsQueryReader.read(query, TsQueryReader::lexeme);
    ((BytesBuilder) out).append(TsQuery.encode(parts.query()));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    TsQueryText.print(TsQuery.decode(c.heap(), c.starts()[position], c.lengths()[position]), out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((BytesBuilder) out).append(TsQuery.encode(TsQuery.decode(bytes, start, length)));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }
}
