package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.parse.literal.LiteralRows;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reads the literals of an INSERT straight into columns: each as its column's type reads it, which
 * is what assigning the literal gives. Used by one thread.
 */
public final class BulkRows {
  private final LiteralRows rows;
  private final List<ColumnEntry> columns;
  private final TypeContext types;

  /** The text's bytes, as long as each character is one; {@code null} otherwise. */
  private final byte[] ascii;

  private BulkRows(String sql, LiteralRows rows, List<ColumnEntry> columns, TypeContext types) {
    this.rows = rows;
    this.columns = columns;
    this.types = types;
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    this.ascii = bytes.length == sql.length() ? bytes : null;
  }

  /**
   * Returns the rows, or {@code null} when some literal is not read as its column's type by what
   * its characters say: the ordinary way casts it, or finds the error.
   */
  public static Deque<Block> read(
      String sql, LiteralRows rows, List<ColumnEntry> columns, TypeContext types) {
    try {
      return new BulkRows(sql, rows, columns, types).read();
    } catch (SqlException doubtful) {
      return null;
    }
  }

  private Deque<Block> read() {
    Deque<Block> blocks = new ArrayDeque<>();
    for (int from = 0; from < rows.rows(); from += Block.ROWS_MAX) {
      int count = Math.min(Block.ROWS_MAX, rows.rows() - from);
      Column[] read = new Column[columns.size()];
      for (int c = 0; c < read.length; c++) {
        read[c] = column(columns.get(c), from * rows.width() + c, count);
        if (read[c] == null) {
          return null;
        }
      }
      blocks.add(new Block(count, read));
    }
    return blocks;
  }

  private Column column(ColumnEntry column, int firstCell, int count) {
    ColumnBuilder builder = ColumnBuilder.of(column.type().layout(), count);
    int cell = firstCell;
    for (int i = 0; i < count; i++) {
      if (!append(column, cell, builder)) {
        return null;
      }
      cell += rows.width();
    }
    return builder.build();
  }

  private boolean append(ColumnEntry column, int cell, ColumnBuilder builder) {
    SqlType type = column.type();
    return switch (rows.kind(cell)) {
      case NULL -> {
        builder.appendNull();
        yield true;
      }
      case TRUE, FALSE -> {
        boolean isBoolean = type.oid() == Oids.BOOL;
        if (isBoolean) {
          ((BooleanBuilder) builder).append(rows.kind(cell) == LiteralRows.Kind.TRUE);
        }
        yield isBoolean;
      }
      case INTEGER -> isNumber(type.oid()) && parse(column, cell, builder);
      case NUMERIC -> isFraction(type.oid()) && parse(column, cell, builder);
      case STRING -> parse(column, cell, builder);
    };
  }

  private static boolean isNumber(int oid) {
    return oid == Oids.INT2 || oid == Oids.INT4 || oid == Oids.INT8 || isFraction(oid);
  }

  private static boolean isFraction(int oid) {
    return oid == Oids.NUMERIC || oid == Oids.FLOAT4 || oid == Oids.FLOAT8;
  }

  private boolean parse(ColumnEntry column, int cell, ColumnBuilder builder) {
    int start = rows.start(cell);
    int length = rows.end(cell) - start;
    byte[] bytes = ascii;
    boolean isDoubled = rows.kind(cell) == LiteralRows.Kind.STRING && hasQuote(start, length);
    if (bytes == null || isDoubled) {
      bytes = rows.text(cell).getBytes(StandardCharsets.UTF_8);
      start = 0;
      length = bytes.length;
    }
    column.type().parse(bytes, start, length, column.typmod(), builder, types);
    return true;
  }

  private boolean hasQuote(int start, int length) {
    for (int i = start; ascii != null && i < start + length; i++) {
      if (ascii[i] == '\'') {
        return true;
      }
    }
    return false;
  }
}
