package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads rows in a format of COPY from chunks of bytes whose borders mean nothing. Used by the
 * session's thread.
 */
public abstract sealed class CopyReader permits CopyTextReader, CopyCsvReader, CopyBinaryReader {
  final CopyOptions options;
  final TableEntry table;
  final List<ColumnEntry> columns;
  final TypeContext types;
  private CopyInput input;
  byte[] chunk = new byte[0];
  int at;
  private boolean isEnded;
  long lineNumber;

  /** The field that was read last: mostly a slice of the chunk it came in. */
  private byte[] text;

  private int textStart;
  int textLength;

  CopyReader(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    this.options = options;
    this.table = table;
    this.columns = columns;
    this.types = types;
  }

  public static CopyReader of(
      CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    return switch (options.format()) {
      case TEXT -> new CopyTextReader(options, table, columns, types);
      case CSV -> new CopyCsvReader(options, table, columns, types);
      case BINARY -> new CopyBinaryReader(options, table, columns, types);
    };
  }

  /** Begins to read. */
  public void open(CopyInput source) {
    input = source;
  }

  /** Appends the next row to the builders; false at the end. */
  public abstract boolean next(ColumnBuilder[] builders);

  /** Returns what field {@code W} of an error says. */
  public String context() {
    return context(lineNumber);
  }

  /** Returns what field {@code W} of an error about a line says. */
  public String context(long line) {
    return "COPY " + table.name() + ", line " + line;
  }

  /** Returns the number of the line at which the last row ends. */
  public long line() {
    return lineNumber;
  }

  /** Returns the next byte, or -1 at the end. */
  final int read() {
    if (at == chunk.length && !fill()) {
      return -1;
    }
    return chunk[at++] & 0xff;
  }

  /** Returns the next byte without taking it, or -1 at the end. */
  final int peek() {
    if (at == chunk.length && !fill()) {
      return -1;
    }
    return chunk[at] & 0xff;
  }

  /** Takes the bytes of the chunk up to the next special one, and appends them to sinks. */
  final void takePlain(SpecialBytes special, ByteSink... sinks) {
    if (peek() < 0) {
      return;
    }
    int end = special.find(chunk, at);
    for (ByteSink sink : sinks) {
      sink.put(chunk, at, end - at);
    }
    at = end;
  }

  private boolean fill() {
    while (!isEnded) {
      chunk = input.next();
      at = 0;
      if (chunk == null) {
        chunk = new byte[0];
        isEnded = true;
      } else if (chunk.length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Reads what is left, so that the client's end of data is taken. */
  final void drain() {
    while (read() >= 0) {
      at = chunk.length;
    }
  }

  final SqlException badFormat(String message) {
    return new SqlException(SqlState.BAD_COPY_FILE_FORMAT, message).withContext(context());
  }

  /** Says that the field read last is a range of the chunk; the end of it was taken, too. */
  final void fieldInChunk(int start, int end) {
    field(chunk, start, end - start);
    at = end + 1;
  }

  final void field(byte[] bytes, int start, int length) {
    text = bytes;
    textStart = start;
    textLength = length;
  }

  /** Says that the field read last is what a sink holds. */
  final void field(ByteSink collected) {
    field(collected.array(), 0, collected.size());
  }

  final boolean isField(byte[] expected) {
    return Arrays.equals(text, textStart, textStart + textLength, expected, 0, expected.length);
  }

  final String fieldText() {
    return new String(text, textStart, textLength, StandardCharsets.UTF_8);
  }

  /** Appends the field that was read last, or NULL. */
  final void append(ColumnBuilder[] builders, int column, boolean isNull) {
    if (column >= columns.size()) {
      throw badFormat("extra data after last expected column");
    }
    ColumnEntry entry = columns.get(column);
    if (isNull) {
      appendNull(entry, builders[column]);
      return;
    }
    try {
      entry.type().parse(text, textStart, textLength, entry.typmod(), builders[column], types);
    } catch (SqlException e) {
      throw e.withContext(context() + ", column " + entry.name() + ": \"" + fieldText() + "\"");
    }
  }

  /** Appends NULL, which a domain may refuse. */
  final void appendNull(ColumnEntry column, ColumnBuilder out) {
    try {
      column.type().readNull(out, types);
    } catch (SqlException e) {
      throw e.withContext(context() + ", column " + column.name() + ": null input");
    }
  }

  final void requireAll(int found) {
    if (found < columns.size()) {
      throw badFormat("missing data for column \"" + columns.get(found).name() + "\"");
    }
  }

  /** Compares a header line's names with the columns (HEADER MATCH). */
  final void checkHeader(List<String> names) {
    if (options.header() != CopyOptions.Header.MATCH) {
      return;
    }
    if (names.size() != columns.size()) {
      throw badFormat(
          "wrong number of fields in header line: got "
              + names.size()
              + ", expected "
              + columns.size());
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(columns.get(i).name())) {
        throw badFormat(
            "column name mismatch in header line field "
                + (i + 1)
                + ": got \""
                + names.get(i)
                + "\", expected \""
                + columns.get(i).name()
                + "\"");
      }
    }
  }

  /** Takes the line feed of a line that ended with a carriage return. */
  final void finishLine(int b) {
    if (b == '\r' && peek() == '\n') {
      read();
    }
  }

  /** Returns the type of a column. */
  final SqlType type(int column) {
    return columns.get(column).type();
  }
}
