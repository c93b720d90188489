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
import java.util.ArrayList;
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
  private static final byte[] END_MARK = {'\\', '.'};

  private Reply.CopyInput input;
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

  /** What ends a field. */
  private enum End {
    DELIMITER,
    LINE,
    DATA
  }

  /** Marks bytes that mean something in a field. */
  private static boolean[] special(int... bytes) {
    boolean[] result = new boolean[256];
    for (int b : bytes) {
      result[b & 0xff] = true;
    }
    return result;
  }

  /** Returns the place of the next special byte of the chunk, or the chunk's end. */
  final int find(boolean[] special, int from) {
    byte[] bytes = chunk;
    int i = from;
    while (i < bytes.length && !special[bytes[i] & 0xff]) {
      i++;
    }
    return i;
  }

  /** Takes the line feed of a line that ended with a carriage return. */
  final void finishLine(int b) {
    if (b == '\r' && peek() == '\n') {
      read();
    }
  }

  /** The text format. */
  static final class Text extends CopyReader {
    private final byte[] nullBytes;
    private final boolean[] special;
    private final ByteSink raw = new ByteSink(64);
    private final ByteSink field = new ByteSink(64);
    private boolean isNull;
    private boolean isHeaderDue;
    private boolean isAtEnd;

    Text(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
      super(options, table, columns, types);
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.special = special('\\', '\n', '\r', options.delimiter());
      this.isHeaderDue = options.header() != 0;
    }

    @Override
    boolean next(ColumnBuilder[] builders) {
      if (isHeaderDue) {
        isHeaderDue = false;
        lineNumber++;
        header();
      }
      if (isAtEnd || peek() < 0) {
        return false;
      }
      lineNumber++;
      int column = 0;
      End end = End.DELIMITER;
      while (end == End.DELIMITER) {
        end = readField(column);
        if (end == End.DATA) {
          return false;
        }
        if (isThere()) {
          append(builders, column++, isNull);
        }
      }
      requireAll(column);
      return true;
    }

    private void header() {
      ArrayList<String> names = new ArrayList<>();
      End end = End.DELIMITER;
      while (end == End.DELIMITER) {
        end = readField(names.size());
        if (end != End.DATA && isThere()) {
          names.add(fieldText());
        }
      }
      checkHeader(names);
    }

    /** A table without columns has empty lines. */
    private boolean isThere() {
      return !columns.isEmpty() || textLength > 0;
    }

    /** Reads one field: within its chunk and without escapes, nothing is copied. */
    private End readField(int column) {
      raw.truncate(0);
      field.truncate(0);
      if (peek() >= 0) {
        byte[] bytes = chunk;
        int start = at;
        int end = find(special, start);
        if (end < bytes.length && bytes[end] != '\\') {
          fieldInChunk(start, end);
          isNull = isField(nullBytes);
          return ended(bytes[end] & 0xff);
        }
        raw.put(bytes, start, end - start);
        field.put(bytes, start, end - start);
        at = end;
      }
      return readRest(column);
    }

    private End ended(int b) {
      if (b == (options.delimiter() & 0xff)) {
        return End.DELIMITER;
      }
      finishLine(b);
      return End.LINE;
    }

    private End readRest(int column) {
      while (true) {
        int b = read();
        if (b == '\\') {
          int escaped = read();
          raw.put('\\');
          raw.put(escaped);
          if (escaped == '.' && column == 0 && raw.size() == 2 && isLineEnd()) {
            isAtEnd = true;
            drain();
            return End.DATA;
          }
          unescape(escaped);
        } else if (b < 0 || special[b]) {
          field(raw);
          isNull = isField(nullBytes);
          field(field);
          return ended(b);
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
    private final boolean[] special;
    private final boolean[] specialInQuotes;
    private final ByteSink field = new ByteSink(64);
    private boolean wasQuoted;
    private boolean isHeaderDue;
    private boolean isAtEnd;

    Csv(CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
      super(options, table, columns, types);
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.special = special('\n', '\r', options.quote(), options.delimiter());
      this.specialInQuotes = special('\n', options.quote(), options.escape());
      this.isHeaderDue = options.header() != 0;
    }

    @Override
    boolean next(ColumnBuilder[] builders) {
      if (isHeaderDue) {
        isHeaderDue = false;
        lineNumber++;
        ArrayList<String> names = new ArrayList<>();
        boolean isMore = true;
        while (isMore) {
          isMore = readField();
          names.add(fieldText());
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
        isMore = readField();
        if (column == 0 && !isMore && !wasQuoted && isField(END_MARK)) {
          isAtEnd = true;
          drain();
          return false;
        }
        append(builders, column, isNull(column));
        column++;
      }
      requireAll(column);
      return true;
    }

    private boolean isNull(int column) {
      if (column >= columns.size() || !isField(nullBytes)) {
        return false;
      }
      String name = columns.get(column).name();
      return wasQuoted
          ? options.forceNull().contains(name)
          : !options.forceNotNull().contains(name);
    }

    /**
     * Reads one field; returns whether the line goes on. One within its chunk that is quoted whole
     * or not at all is not copied.
     */
    private boolean readField() {
      wasQuoted = false;
      if (peek() >= 0) {
        byte[] bytes = chunk;
        int start = at;
        int quote = options.quote() & 0xff;
        int end = find(special, start);
        if (end == start && end < bytes.length && (bytes[end] & 0xff) == quote) {
          int close = find(specialInQuotes, start + 1);
          boolean isWhole =
              close + 1 < bytes.length
                  && (bytes[close] & 0xff) == quote
                  && (bytes[close + 1] & 0xff) != quote
                  && special[bytes[close + 1] & 0xff];
          if (isWhole) {
            wasQuoted = true;
            fieldInChunk(start + 1, close);
            at = close + 2;
            return ended(bytes[close + 1]);
          }
        } else if (end < bytes.length && (bytes[end] & 0xff) != quote) {
          fieldInChunk(start, end);
          return ended(bytes[end]);
        }
      }
      boolean isMore = readRest();
      field(field);
      return isMore;
    }

    private boolean ended(byte b) {
      if (b == options.delimiter()) {
        return true;
      }
      finishLine(b);
      return false;
    }

    private boolean readRest() {
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
          wasQuoted = true;
        } else if (b < 0 || b == '\n') {
          return false;
        } else if (b == '\r') {
          finishLine(b);
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
