package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes rows in a format of COPY (manual, COPY, "File Formats"). Used by the session's thread. */
public abstract sealed class CopyWriter {
  private static final byte[] BINARY_SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  final List<ResultColumn> columns;
  final TypeContext types;
  final ByteSink line = new ByteSink(256);
  final SqlType[] columnTypes;

  private CopyWriter(List<ResultColumn> columns, TypeContext types) {
    this.columns = columns;
    this.types = types;
    this.columnTypes = new SqlType[columns.size()];
    for (int i = 0; i < columnTypes.length; i++) {
      columnTypes[i] = columns.get(i).type();
    }
  }

  public static CopyWriter of(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
    return switch (options.format()) {
      case TEXT -> new Text(options, columns, types);
      case CSV -> new Csv(options, columns, types);
      case BINARY -> new Binary(columns, types);
    };
  }

  public abstract void header(CopyOutput out);

  public abstract void row(Block block, int position, CopyOutput out);

  public void trailer(CopyOutput out) {}

  /** Marks the bytes that cannot stand as they are. */
  private static boolean[] special(int... bytes) {
    boolean[] result = new boolean[256];
    for (int b : bytes) {
      result[b & 0xff] = true;
    }
    return result;
  }

  /** Tells whether the line has a special byte from an offset on. */
  final boolean has(boolean[] special, int from) {
    byte[] bytes = line.array();
    int end = line.size();
    for (int i = from; i < end; i++) {
      if (special[bytes[i] & 0xff]) {
        return true;
      }
    }
    return false;
  }

  /** Takes what the line has from an offset on off it again. */
  final byte[] takeFrom(int from) {
    byte[] result = Arrays.copyOfRange(line.array(), from, line.size());
    line.truncate(from);
    return result;
  }

  void send(CopyOutput out) {
    out.row(line.array(), 0, line.size());
    line.truncate(0);
  }

  /** The text format: backslash escapes. */
  private static final class Text extends CopyWriter {
    private final CopyOptions options;
    private final byte[] nullBytes;
    private final boolean[] special;

    Text(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
      this.options = options;
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.special = special('\b', '\f', '\n', '\r', '\t', 0x0b, '\\', options.delimiter());
    }

    @Override
    public void header(CopyOutput out) {
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
    public void row(Block block, int position, CopyOutput out) {
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.put(nullBytes, 0, nullBytes.length);
        } else {
          int from = line.size();
          columnTypes[c].print(column, position, line, types);
          if (has(special, from)) {
            byte[] value = takeFrom(from);
            escape(value, value.length);
          }
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
    private final boolean[] special;
    private final boolean[] isForced;

    Csv(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
      this.options = options;
      this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
      this.special = special(options.delimiter(), options.quote(), '\n', '\r');
      this.isForced = new boolean[columns.size()];
      for (int c = 0; c < isForced.length; c++) {
        isForced[c] =
            options.forceQuote().contains("*")
                || options.forceQuote().contains(columns.get(c).name());
      }
    }

    @Override
    public void header(CopyOutput out) {
      if (options.header() == 0) {
        return;
      }
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        int from = line.size();
        line.putUtf8(columns.get(c).name());
        quote(from, false);
      }
      line.put('\n');
      send(out);
    }

    @Override
    public void row(Block block, int position, CopyOutput out) {
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0) {
          line.put(options.delimiter());
        }
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.put(nullBytes, 0, nullBytes.length);
        } else {
          int from = line.size();
          columnTypes[c].print(column, position, line, types);
          quote(from, isForced[c]);
        }
      }
      line.put('\n');
      send(out);
    }

    /** Puts quotes round the field that begins at an offset of the line, where it needs them. */
    private void quote(int from, boolean isForced) {
      byte[] bytes = line.array();
      int length = line.size() - from;
      boolean isNeeded =
          isForced
              || isNullText(bytes, from, length)
              || isEndMark(bytes, from, length)
              || has(special, from);
      if (!isNeeded) {
        return;
      }
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

    private boolean isNullText(byte[] bytes, int from, int length) {
      return Arrays.equals(bytes, from, from + length, nullBytes, 0, nullBytes.length);
    }

    /** A lone {@code \.} in a single column would end the data. */
    private boolean isEndMark(byte[] bytes, int from, int length) {
      return columns.size() == 1 && length == 2 && bytes[from] == '\\' && bytes[from + 1] == '.';
    }
  }

  /** The binary format. */
  private static final class Binary extends CopyWriter {
    Binary(List<ResultColumn> columns, TypeContext types) {
      super(columns, types);
    }

    @Override
    public void header(CopyOutput out) {
      line.put(BINARY_SIGNATURE, 0, BINARY_SIGNATURE.length);
      line.putInt(0);
      line.putInt(0);
      // The header has no message of its own: clients find it before the first row.
    }

    @Override
    public void row(Block block, int position, CopyOutput out) {
      line.putShort(columns.size());
      for (int c = 0; c < columns.size(); c++) {
        Column column = block.column(c);
        if (column.isNull(position)) {
          line.putInt(-1);
        } else {
          int at = line.size();
          line.putInt(0);
          columnTypes[c].send(column, position, line, types);
          line.setInt(at, line.size() - at - Integer.BYTES);
        }
      }
      send(out);
    }

    @Override
    public void trailer(CopyOutput out) {
      line.putShort(-1);
      send(out);
    }
  }
}
