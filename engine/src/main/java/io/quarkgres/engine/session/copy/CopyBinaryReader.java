package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Reads the binary format of COPY (manual, COPY, "Binary Format"). The session's thread. */
final class CopyBinaryReader extends CopyReader {
  private static final int[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0};
  private static final int CRITICAL_FLAGS = 0xffff0000;

  /** What PostgreSQL up to version 11 could write. */
  private static final int WITH_OIDS = 1 << 16;

  /** The longest field. */
  private static final int FIELD_BYTES_MAX = 256 << 20;

  private boolean isHeaderDue = true;

  CopyBinaryReader(
      CopyOptions options, TableEntry table, List<ColumnEntry> columns, TypeContext types) {
    super(options, table, columns, types);
  }

  @Override
  public boolean next(ColumnBuilder[] builders) {
    if (isHeaderDue) {
      isHeaderDue = false;
      header();
    }
    if (peek() < 0) {
      return false;
    }
    lineNumber++;
    int fields = (short) (required() << 8 | required());
    if (fields == -1) {
      if (read() >= 0) {
        throw badFormat("received copy data after EOF marker");
      }
      return false;
    }
    if (fields != columns.size()) {
      throw badFormat("row field count is " + fields + ", expected " + columns.size());
    }
    for (int i = 0; i < fields; i++) {
      field(builders[i], i);
    }
    return true;
  }

  private void header() {
    for (int expected : SIGNATURE) {
      if (read() != expected) {
        throw badHeader("COPY file signature not recognized");
      }
    }
    int flags = readInt();
    if ((flags & WITH_OIDS) != 0) {
      throw badHeader("invalid COPY file header (WITH OIDS)");
    }
    if ((flags & CRITICAL_FLAGS) != 0) {
      throw badHeader("unrecognized critical flags in COPY file header");
    }
    int extension = readInt();
    if (extension < 0) {
      throw badHeader("invalid COPY file header (missing length)");
    }
    for (int i = 0; i < extension; i++) {
      required();
    }
  }

  /** Makes the error of a header, which is before all lines. */
  private static SqlException badHeader(String message) {
    return new SqlException(SqlState.BAD_COPY_FILE_FORMAT, message);
  }

  private void field(ColumnBuilder builder, int column) {
    int length = readInt();
    if (length == -1) {
      appendNull(columns.get(column), builder);
      return;
    }
    if (length < 0 || length > FIELD_BYTES_MAX) {
      throw badFormat("invalid field size");
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) required();
    }
    try {
      type(column).receive(bytes, 0, length, columns.get(column).typmod(), builder, types);
    } catch (SqlException e) {
      throw e.withContext(context() + ", column " + columns.get(column).name());
    }
  }

  private int readInt() {
    return required() << 24 | required() << 16 | required() << 8 | required();
  }

  private int required() {
    int b = read();
    if (b < 0) {
      throw badFormat("unexpected EOF in COPY data");
    }
    return b;
  }
}
