package io.quarkgres.engine.session;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows in a format of COPY (manual, COPY, "File Formats"). Used by the session's thread. */
abstract sealed class CopyWriter {
  private static final byte[] BINARY_SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  final List<ResultColumn> columns;
  final TypeContext types;
  final ByteSink line = new ByteSink(256);

  private CopyWriter(List<ResultColumn> columns, TypeContext types) {
    this.columns = columns;
    this.types = types;
  }

  static CopyWriter of(
      CopyOptions options, List<ResultColumn> columns, SessionEnvironment environment) {
    return switch (options.format()) {
      case TEXT -> new Text(options, columns, environment.types());
      case CSV -> new Csv(options, columns, environment.types());
      case BINARY -> new Binary(columns, environment.types());
    };
  }

  abstract void header(Reply.CopyOutput out);

  abstract void row(Block block, int position, Reply.CopyOutput out);

  void trailer(Reply.CopyOutput out) {}

  void send(Reply.CopyOutput out) {
    out.row(line.array(), 0, line.size());
    line.truncate(0);
  }

  /** The text format: backslash escapes. */
  private static final class Text extends CopyWriter {
    private final CopyOptions options;
    private final byte[] nullBytes;
    private final ByteSink value = new ByteSink(64);

    Text(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
      this.options = options;
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void header(Reply.CopyOutput out) {
      if (options.header() == 0) {
        return;
      }
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        byte[] name = columns.get(c).name().getBytes(StandardCharsets.UTF_8);
        escape(name, name.length);
      }
      line.put('\n');
      send(out);
    }

    @Override
    void row(Block block, int position, Reply.CopyOutput out) {
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.put(nullBytes, 0, nullBytes.length);
        } else {
          value.truncate(0);
          columns.get(c).type().print(column, position, value, types);
          escape(value.array(), value.size());
        }
      }
      line.put('\n');
      send(out);
    }

    private void escape(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        byte b = bytes[i];
        int letter =
            switch (b) {
              case '\b' -> 'b';
              case '\f' -> 'f';
              case '\n' -> 'n';
              case '\r' -> 'r';
              case '\t' -> 't';
              case 0x0b -> 'v';
              case '\\' -> '\\';
              default -> b == options.delimiter() ? b : 0;
            };
        if (letter != 0) {
          line.put('\\');
          line.put(letter);
        } else {
          line.put(b);
        }
      }
    }
  }

  /** The CSV format: quotes where they are needed. */
  private static final class Csv extends CopyWriter {
    private final CopyOptions options;
    private final byte[] nullBytes;
    private final ByteSink value = new ByteSink(64);

    Csv(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
      this.options = options;
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void header(Reply.CopyOutput out) {
      if (options.header() == 0) {
        return;
      }
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        value.truncate(0);
        value.putUtf8(columns.get(c).name());
        field(false);
      }
      line.put('\n');
      send(out);
    }

    @Override
    void row(Block block, int position, Reply.CopyOutput out) {
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.put(nullBytes, 0, nullBytes.length);
        } else {
          value.truncate(0);
          columns.get(c).type().print(column, position, value, types);
          field(isForced(columns.get(c).name()));
        }
      }
      line.put('\n');
      send(out);
    }

    private boolean isForced(String name) {
      return options.forceQuote().contains("*") || options.forceQuote().contains(name);
    }

    private void field(boolean isForced) {
      byte[] bytes = value.array();
      int length = value.size();
      boolean quotes = isForced || isNullText(bytes, length) || isEndMark(bytes, length);
      for (int i = 0; i < length && !quotes; i++) {
        byte b = bytes[i];
        quotes = b == options.delimiter() || b == options.quote() || b == '\n' || b == '\r';
      }
      if (!quotes) {
        line.put(bytes, 0, length);
        return;
      }
      line.put(options.quote());
      for (int i = 0; i < length; i++) {
        if (bytes[i] == options.quote() || bytes[i] == options.escape()) {
          line.put(options.escape());
        }
        line.put(bytes[i]);
      }
      line.put(options.quote());
    }

    private boolean isNullText(byte[] bytes, int length) {
      return java.util.Arrays.equals(bytes, 0, length, nullBytes, 0, nullBytes.length);
    }

    /** A lone {@code \.} in a single column would end the data. */
    private boolean isEndMark(byte[] bytes, int length) {
      return columns.size() == 1 && length == 2 && bytes[0] == '\\' && bytes[1] == '.';
    }
  }

  /** The binary format. */
  private static final class Binary extends CopyWriter {
    Binary(List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
    }

    @Override
    void header(Reply.CopyOutput out) {
      line.put(BINARY_SIGNATURE, 0, BINARY_SIGNATURE.length);
      line.putInt(0);
      line.putInt(0);
      // The header has no message of its own: clients find it before the first row.
    }

    @Override
    void row(Block block, int position, Reply.CopyOutput out) {
      line.putShort(columns.size());
      for (int c = 0; c < columns.size(); c++) {
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.putInt(-1);
        } else {
          int at = line.size();
          line.putInt(0);
          columns.get(c).type().send(column, position, line, types);
          line.setInt(at, line.size() - at - Integer.BYTES);
        }
      }
      send(out);
    }

    @Override
    void trailer(Reply.CopyOutput out) {
      line.putShort(-1);
      send(out);
    }
  }
}
