package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** The text form of records: {@code (1,"a b",)}, where nothing between commas is NULL. */
final class RecordText {
  private RecordText() {}

  static void print(RecordValue record, ByteSink out, TypeContext context) {
    out.put('(');
    for (int i = 0; i < record.size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      Column value = record.values()[i];
      if (!value.isNull(0)) {
        putField(record.types()[i], value, out, context);
      }
    }
    out.put(')');
  }

  private static void putField(SqlType type, Column value, ByteSink out, TypeContext context) {
    int start = out.size();
    type.print(value, 0, out, context);
    byte[] text = Arrays.copyOfRange(out.array(), start, out.size());
    if (!needsQuotes(text)) {
      return;
    }
    out.truncate(start);
    out.put('"');
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        out.put(b);
      }
      out.put(b);
    }
    out.put('"');
  }

  private static boolean needsQuotes(byte[] text) {
    for (byte b : text) {
      if (b == '"' || b == '\\' || b == '(' || b == ')' || b == ',' || Spaces.isSpace(b)) {
        return true;
      }
    }
    return text.length == 0;
  }

  /** Reads a record of given field types; raises 22P02 with PostgreSQL's details. */
  static RecordValue parse(
      byte[] text, int start, int length, SqlType[] types, int[] typmods, TypeContext context) {
    return new Parser(text, start, length).parse(types, typmods, context);
  }

  private static final class Parser {
    private final byte[] text;
    private final int start;
    private final int end;
    private int at;

    Parser(byte[] text, int start, int length) {
      this.text = text;
      this.start = start;
      this.end = start + length;
    }

    private SqlException malformed(String detail) {
      return new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "malformed record literal: \"" + TypeErrors.string(text, start, end - start) + "\"",
          detail,
          null);
    }

    RecordValue parse(SqlType[] types, int[] typmods, TypeContext context) {
      at = Spaces.skip(text, start, end);
      if (at == end || text[at] != '(') {
        throw malformed("Missing left parenthesis.");
      }
      at++;
      Column[] values = new Column[types.length];
      for (int i = 0; i < types.length; i++) {
        if (i > 0) {
          if (at == end || text[at] != ',') {
            throw malformed("Too few columns.");
          }
          at++;
        }
        values[i] = field(types[i], typmods[i], context);
      }
      if (at == end || text[at] != ')') {
        throw malformed("Too many columns.");
      }
      if (Spaces.skip(text, at + 1, end) != end) {
        throw malformed("Junk after right parenthesis.");
      }
      return new RecordValue(types, values);
    }

    private Column field(SqlType type, int typmod, TypeContext context) {
      ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
      if (at < end && (text[at] == ',' || text[at] == ')')) {
        type.readNull(builder, context);
        return builder.build();
      }
      ByteSink plain = new ByteSink(32);
      boolean quoted = false;
      while (true) {
        if (at == end) {
          throw malformed("Unexpected end of input.");
        }
        int b = text[at];
        if (!quoted && (b == ',' || b == ')')) {
          break;
        }
        at++;
        if (b == '\\') {
          if (at == end) {
            throw malformed("Unexpected end of input.");
          }
          plain.put(text[at++]);
        } else if (b != '"') {
          plain.put(b);
        } else if (!quoted) {
          quoted = true;
        } else if (at < end && text[at] == '"') {
          plain.put(text[at++]);
        } else {
          quoted = false;
        }
      }
      type.parse(plain.array(), 0, plain.size(), typmod, builder, context);
      return fitted(type, typmod, builder.build());
    }

    private static Column fitted(SqlType type, int typmod, Column value) {
      if (!type.coercesLength(typmod)) {
        return value;
      }
      ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
      type.coerceLength(value, 0, typmod, false, builder);
      return builder.build();
    }
  }
}
