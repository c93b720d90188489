package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads rows in the CSV format of COPY. Used by the session's thread. */
final class CopyCsvReader extends CopyReader {
  private static final byte[] END_MARK = {'\\', '.'};

  private final byte[] nullBytes;
  private final SpecialBytes special;
  private final SpecialBytes specialInQuotes;
  private final ByteSink field = new ByteSink(64);
  private boolean wasQuoted;
  private boolean isHeaderDue;
  private boolean isAtEnd;

  CopyCsvReader(
      CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    super(options, table, columns, types);
    this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.special = new SpecialBytes('\n', '\r', options.quote(), options.delimiter());
    this.specialInQuotes = new SpecialBytes('\n', options.quote(), options.escape(), '\n');
    this.isHeaderDue = options.header() != CopyOptions.Header.NONE;
  }

  @Override
  public boolean next(ColumnBuilder[] builders) {
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
    return wasQuoted ? options.forceNull().contains(name) : !options.forceNotNull().contains(name);
  }

  /**
   * Reads one field; returns whether the line goes on. One within its chunk that is quoted whole or
   * not at all is not copied.
   */
  private boolean readField() {
    wasQuoted = false;
    if (peek() >= 0) {
      byte[] bytes = chunk;
      int start = at;
      int quote = options.quote() & 0xff;
      int end = special.find(bytes, start);
      if (end == start && end < bytes.length && (bytes[end] & 0xff) == quote) {
        int close = specialInQuotes.find(bytes, start + 1);
        boolean isWhole =
            close + 1 < bytes.length
                && (bytes[close] & 0xff) == quote
                && (bytes[close + 1] & 0xff) != quote
                && special.has(bytes[close + 1]);
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
      takePlain(isInQuotes ? specialInQuotes : special, field);
      int b = read();
      if (isInQuotes) {
        if (b < 0) {
          throw badFormat("unterminated CSV quoted field");
        }
        boolean isEscape = b == (options.escape() & 0xff);
        boolean isEscaped =
            isEscape && (peek() == (options.quote() & 0xff) || peek() == (options.escape() & 0xff));
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
