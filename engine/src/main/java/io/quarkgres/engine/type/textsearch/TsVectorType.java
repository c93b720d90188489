package io.quarkgres.engine.type.textsearch;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Digits;
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
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Layout;
import java.util.Arrays;

/**
 * {@code tsvector}: a document as lexemes with positions, see {@link TsVector} for the encoding.
 * Values are ordered as PostgreSQL orders them, which means nothing to people. Thread: any.
 */
public final class TsVectorType extends BuiltinType {
  public TsVectorType() {
    super(TypeTable.info(Oids.TSVECTOR), Layout.BYTES);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    TsLexemeReader reader =
        new TsLexemeReader(TypeErrors.string(text, start, length), TsLexemeReader.Kind.VECTOR);
    TsVectorBuilder builder = new TsVectorBuilder();
    long bytes = 0;
    while (reader.next()) {
      byte[] lexeme = TsLexemeReader.checked(reader.lexeme());
      TsVectorBuilder.requireFits(bytes);
      bytes += lexeme.length;
      builder.add(lexeme, reader.positions());
    }
    ((BytesBuilder) out).append(builder.build());
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    TsVector vector = vector(column, position);
    for (int i = 0; i < vector.count(); i++) {
      if (i > 0) {
        out.put(' ');
      }
      TsQueryText.quote(vector.lexeme(i), out);
      for (int n = 0; n < vector.positionCount(i); n++) {
        out.put(n == 0 ? ':' : ',');
        int at = vector.position(i, n);
        Digits.put(TsPosition.place(at), out);
        if (TsPosition.weight(at) > 0) {
          out.put(TsPosition.letter(TsPosition.weight(at)));
        }
      }
    }
  }

  private static TsVector vector(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    return new TsVector(c.heap(), c.starts()[position]);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int end = start + length;
    if (length < Integer.BYTES) {
      throw TypeErrors.insufficientData();
    }
    int count = Datums.readInt(bytes, start);
    if (count < 0 || count > length) {
      throw TypeErrors.invalidBinary("invalid size of tsvector");
    }
    TsVectorBuilder builder = new TsVectorBuilder();
    int at = start + Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int lexemeEnd = TsQueryText.endOfString(bytes, at, end);
      Utf8.validate(bytes, at, lexemeEnd - at);
      byte[] lexeme = Arrays.copyOfRange(bytes, at, lexemeEnd);
      at = lexemeEnd + 1 + Short.BYTES;
      int positions = at > end ? end : short16(bytes, at - Short.BYTES);
      if (positions > TsPosition.COUNT_MAX + 1) {
        throw TypeErrors.invalidBinary("unexpected number of tsvector positions");
      }
      if (at + Short.BYTES * positions > end) {
        throw TypeErrors.insufficientData();
      }
      int[] read = new int[positions];
      for (int n = 0; n < positions; n++) {
        read[n] = short16(bytes, at);
        at += Short.BYTES;
        if (n > 0 && TsPosition.place(read[n]) <= TsPosition.place(read[n - 1])) {
          throw TypeErrors.invalidBinary("position information is misordered");
        }
      }
      builder.add(lexeme, read);
    }
    if (at != end) {
      throw TypeErrors.invalidBinary("incorrect binary data format");
    }
    ((BytesBuilder) out).append(builder.build());
  }

  private static int short16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    ByteSink a = new ByteSink(64);
    ByteSink b = new ByteSink(64);
    sortKey(left, leftPosition, a);
    sortKey(right, rightPosition, b);
    return Arrays.compareUnsigned(a.array(), 0, a.size(), b.array(), 0, b.size());
  }

  @Override
  public long hash(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    return Hashes.bytes(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  /** Size, number of lexemes, then the lexemes; of what is counted, more comes first. */
  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    TsVector vector = vector(column, position);
    out.putInt(vector.plainBytes());
    out.putInt(vector.count());
    for (int i = 0; i < vector.count(); i++) {
      int count = vector.positionCount(i);
      out.put(count > 0 ? 0 : 1);
      byte[] lexeme = vector.lexeme(i);
      out.put(lexeme, 0, lexeme.length);
      out.put(0);
      if (count > 0) {
        out.putShort(~count);
      }
      for (int n = 0; n < count; n++) {
        int at = vector.position(i, n);
        out.putShort(~TsPosition.place(at));
        out.put(~TsPosition.weight(at));
      }
    }
  }
}
