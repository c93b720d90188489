package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import java.util.Arrays;
import java.util.List;

/** Writes the CSV format: quotes where they are needed. Used by the session's thread. */
final class CopyCsvWriter extends CopyLineWriter {
  private final boolean[] isForced;

  CopyCsvWriter(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
    super(options, columns, types, options.delimiter(), options.quote(), '\n', '\r');
    this.isForced = new boolean[columns.size()];
    for (int c = 0; c < isForced.length; c++) {
      isForced[c] =
          options.forceQuote().contains("*")
              || options.forceQuote().contains(columns.get(c).name());
    }
  }

  @Override
  void protectName(int from) {
    if (needsQuotes(from)) {
      quote(from);
    }
  }

  @Override
  void protectValue(int from, int column) {
    if (isForced[column] || needsQuotes(from)) {
      quote(from);
    }
  }

  private boolean needsQuotes(int from) {
    return isNullText(from) || isEndMark(from) || hasSpecial(from);
  }

  private void quote(int from) {
    byte[] value = takeFrom(from);
    line.put(options.quote());
    for (byte b : value) {
      if (b == options.quote() || b == options.escape()) {
        line.put(options.escape());
      }
      line.put(b);
    }
    line.put(options.quote());
  }

  private boolean isNullText(int from) {
    return Arrays.equals(line.array(), from, line.size(), nullBytes, 0, nullBytes.length);
  }

  /** A lone {@code \.} in a single column would end the data. */
  private boolean isEndMark(int from) {
    byte[] bytes = line.array();
    return columns.size() == 1
        && line.size() == from + 2
        && bytes[from] == '\\'
        && bytes[from + 1] == '.';
  }
}
