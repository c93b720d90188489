package io.quarkgres.engine.session;

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
abstract sealed class CopyReader permits CopyReader.Text, CopyReader.Csv, CopyBinaryReader {
  final CopyOptions options;
  final TableEntry table;
  final List<ColumnEntry> columns;
  final TypeContext types;
  private Reply.CopyInput input;
  private byte[] chunk = new byte[0];
  private int at;
  private boolean isEnded;
  long lineNumber;

  CopyReader(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    this.options = options;
    this.table = table;
    this.columns = columns;
    this.types = types;
  }

  static CopyReader of(
      CopyOptions options,
      TableEntry table,
      List<ColumnEntry> columns,
      SessionEnvironment environment) {
    return switch (options.format()) {
      case TEXT -> new Text(options, table, columns, environment.types());
      case CSV -> new Csv(options, table, columns, environment.types());
      case BINARY -> new CopyBinaryReader(options, table, columns, environment.types());
    };
  }

  /** Begins to read. */
  void open(Reply.CopyInput source) {
    input = source;
  }

  /** Appends the next row to the builders; false at the end. */
  abstract boolean next(ColumnBuilder[] builders);

  /** Returns what field {@code W} of an error says. */
  String context() {
    return "COPY " + table.name() + ", line " + lineNumber;
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

  /** Appends one field's text, or NULL. */
  final void append(ColumnBuilder[] builders, int column, ByteSink field, boolean isNull) {
    if (column >= columns.size()) {
      throw badFormat("extra data after last expected column");
    }
    if (isNull) {
      builders[column].appendNull();
      return;
    }
    ColumnEntry entry = columns.get(column);
    try {
      entry.type().parse(field.array(), 0, field.size(), entry.typmod(), builders[column], types);
    } catch (SqlException e) {
      throw e.withContext(
          context()
              + ", column "
              + entry.name()
              + ": \""
              + new String(field.array(), 0, field.size(), StandardCharsets.UTF_8)
              + "\"");
    }
  }

  final void requireAll(int found) {
    if (found < columns.size()) {
      throw badFormat("missing data for column \"" + columns.get(found).name() + "\"");
    }
  }

  final boolean equals(ByteSink field, byte[] text) {
    return Arrays.equals(field.array(), 0, field.size(), text, 0, text.length);
  }

  /** Compares a header line's names with the columns (HEADER MATCH). */
  final void checkHeader(List<String> names) {
    if (options.header() != 2) {
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

  /** The text format. */
  static final class Text extends CopyReader {
    private final byte[] nullBytes;
    private final ByteSink raw = new ByteSink(64);
    private final ByteSink field = new ByteSink(64);
    private boolean isHeaderDue;
    private boolean isAtEnd;

    Text(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
      super(options, table, columns, types);
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.isHeaderDue = options.header() != 0;
    }

    @Override
    boolean next(ColumnBuilder[] builders) {
      if (isHeaderDue) {
        isHeaderDue = false;
        lineNumber++;
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        readLine((column, isNull) -> names.add(field.toString()));
        checkHeader(names);
      }
      if (isAtEnd || peek() < 0) {
        return false;
      }
      lineNumber++;
      int[] count = new int[1];
      boolean hasLine =
          readLine((column, isNull) -> {
            append(builders, column, field, isNull);
            count[0]++;
          });
      if (hasLine) {
        requireAll(count[0]);
      }
      return hasLine;
    }

    /** Takes a field. */
    private interface Fields {
      void take(int column, boolean isNull);
    }

    /** Reads one line; false when it was the end mark {@code \.}. */
    private boolean readLine(Fields fields) {
      int column = 0;
      raw.truncate(0);
      field.truncate(0);
      while (true) {
        int b = read();
        if (b == '\\') {
          int escaped = read();
          raw.put('\\');
          raw.put(escaped);
          if (escaped == '.' && column == 0 && raw.size() == 2 && isLineEnd()) {
            isAtEnd = true;
            drain();
            return false;
          }
          unescape(escaped);
        } else if (b < 0 || b == '\n' || b == '\r') {
          if (b == '\r' && peek() == '\n') {
            read();
          }
          // A table without columns has empty lines.
          if (!columns.isEmpty() || raw.size() > 0) {
            fields.take(column, isNull());
          }
          return true;
        } else if (b == (options.delimiter() & 0xff)) {
          fields.take(column++, isNull());
          raw.truncate(0);
          field.truncate(0);
        } else {
          raw.put(b);
          field.put(b);
        }
      }
    }

    private boolean isLineEnd() {
      int b = peek();
      return b < 0 || b == '\n' || b == '\r';
    }

    private boolean isNull() {
      return equals(raw, nullBytes);
    }

    private void unescape(int c) {
      switch (c) {
        case 'b' -> field.put('\b');
        case 'f' -> field.put('\f');
        case 'n' -> field.put('\n');
        case 'r' -> field.put('\r');
        case 't' -> field.put('\t');
        case 'v' -> field.put(0x0b);
        case 'x' -> hex();
        case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
        case -1 -> field.put('\\');
        default -> field.put(c);
      }
    }

    private void hex() {
      int value = 0;
      int digits = 0;
      while (digits < 2 && Character.digit(peek(), 16) >= 0) {
        int b = read();
        raw.put(b);
        value = value * 16 + Character.digit(b, 16);
        digits++;
      }
      field.put(digits == 0 ? 'x' : value);
    }

    private void octal(int first) {
      int value = first;
      for (int digits = 1; digits < 3 && peek() >= '0' && peek() <= '7'; digits++) {
        int b = read();
        raw.put(b);
        value = value * 8 + b - '0';
      }
      field.put(value & 0xff);
    }
  }

  /** The CSV format. */
  static final class Csv extends CopyReader {
    private final byte[] nullBytes;
    private final ByteSink field = new ByteSink(64);
    private boolean isHeaderDue;
    private boolean isAtEnd;

    Csv(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
      super(options, table, columns, types);
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.isHeaderDue = options.header() != 0;
    }

    @Override
    boolean next(ColumnBuilder[] builders) {
      if (isHeaderDue) {
        isHeaderDue = false;
        lineNumber++;
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        boolean isMore = true;
        while (isMore) {
          boolean[] wasQuoted = new boolean[1];
          isMore = readField(wasQuoted);
          names.add(field.toString());
        }
        checkHeader(names);
      }
      if (isAtEnd || peek() < 0) {
        return false;
      }
      lineNumber++;
      int column = 0;
      boolean isMore = true;
      while (isMore) {
        boolean[] wasQuoted = new boolean[1];
        isMore = readField(wasQuoted);
        if (column == 0 && !isMore && !wasQuoted[0] && field.toString().equals("\\.")) {
          isAtEnd = true;
          drain();
          return false;
        }
        append(builders, column, field, isNull(column, wasQuoted[0]));
        column++;
      }
      requireAll(column);
      return true;
    }

    private boolean isNull(int column, boolean wasQuoted) {
      if (column >= columns.size()) {
        return false;
      }
      String name = columns.get(column).name();
      boolean isText = equals(field, nullBytes);
      return wasQuoted
          ? isText && options.forceNull().contains(name)
          : isText && !options.forceNotNull().contains(name);
    }

    /** Reads one field; returns whether the line goes on. */
    private boolean readField(boolean[] wasQuoted) {
      field.truncate(0);
      boolean isInQuotes = false;
      while (true) {
        int b = read();
        if (isInQuotes) {
          if (b < 0) {
            throw badFormat("unterminated CSV quoted field");
          }
          boolean isEscape = b == (options.escape() & 0xff);
          boolean isEscaped =
              isEscape
                  && (peek() == (options.quote() & 0xff) || peek() == (options.escape() & 0xff));
          if (isEscaped) {
            field.put(read());
          } else if (b == (options.quote() & 0xff)) {
            isInQuotes = false;
          } else {
            lineNumber += b == '\n' ? 1 : 0;
            field.put(b);
          }
        } else if (b == (options.quote() & 0xff)) {
          isInQuotes = true;
          wasQuoted[0] = true;
        } else if (b < 0 || b == '\n') {
          return false;
        } else if (b == '\r') {
          if (peek() == '\n') {
            read();
          }
          return false;
        } else if (b == (options.delimiter() & 0xff)) {
          return true;
        } else {
          field.put(b);
        }
      }
    }
  }

  /** Returns the type of a column. */
  final SqlType type(int column) {
    return columns.get(column).type();
  }
}
