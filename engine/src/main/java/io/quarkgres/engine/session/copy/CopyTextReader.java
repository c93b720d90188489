package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads rows in the text format of COPY. Used by the session's thread. */
final class CopyTextReader extends CopyReader {
  /** What ends a field. */
  private enum End {
    DELIMITER,
    LINE,
    DATA
  }

  private final byte[] nullBytes;
  private final SpecialBytes special;
  private final ByteSink raw = new ByteSink(64);
  private final ByteSink field = new ByteSink(64);
  private boolean isNull;
  private boolean isHeaderDue;
  private boolean isAtEnd;

  CopyTextReader(
      CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    super(options, table, columns, types);
    this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.special = new SpecialBytes('\\', '\n', '\r', options.delimiter());
    this.isHeaderDue = options.header() != CopyOptions.Header.NONE;
  }

  @Override
  public boolean next(ColumnBuilder[] builders) {
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
      int end = special.find(bytes, start);
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
      takePlain(special, raw, field);
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
      } else if (b < 0 || special.has(b)) {
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
