package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What the formats of lines share: fields in their text form between delimiters, and a text that
 * stands for NULL. Used by the session's thread.
 */
abstract sealed class CopyLineWriter extends CopyWriter permits CopyTextWriter, CopyCsvWriter {
  final CopyOptions options;
  final byte[] nullBytes;
  private final boolean[] special;

  /**
   * Makes the common part.
   *
   * @param special the bytes that cannot stand in a field as they are
   */
  CopyLineWriter(
      CopyOptions options, List<ResultColumn> columns, TypeContext types, int... special) {
    super(columns, types);
    this.options = options;
    this.nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.special = new boolean[256];
    for (int b : special) {
      this.special[b & 0xff] = true;
    }
  }

  @Override
  public final void header(CopyOutput out) {
    if (options.header() == CopyOptions.Header.NONE) {
      return;
    }
    for (int c = 0; c < columns.size(); c++) {
      int from = beginField(c);
      line.putUtf8(columns.get(c).name());
      protectName(from);
    }
    endLine(out);
  }

  @Override
  public final void row(Block block, int position, CopyOutput out) {
    for (int c = 0; c < columns.size(); c++) {
      int from = beginField(c);
      Column column = block.column(c);
      if (column.isNull(position)) {
        line.put(nullBytes, 0, nullBytes.length);
      } else {
        columnTypes[c].print(column, position, line, types);
        protectValue(from, c);
      }
    }
    endLine(out);
  }

  @Override
  public final void trailer(CopyOutput out) {}

  /** Returns where the field begins. */
  private int beginField(int column) {
    if (column > 0) {
      line.put(options.delimiter());
    }
    return line.size();
  }

  private void endLine(CopyOutput out) {
    line.put('\n');
    send(out);
  }

  /** Escapes or quotes a column's name that begins at an offset of the line, where needed. */
  abstract void protectName(int from);

  /** Escapes or quotes a column's value that begins at an offset of the line, where needed. */
  abstract void protectValue(int from, int column);

  /** Tells whether the line has a special byte from an offset on. */
  final boolean hasSpecial(int from) {
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
}
