package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import java.util.List;

/** Writes rows in a format of COPY (manual, COPY, "File Formats"). Used by the session's thread. */
public abstract sealed class CopyWriter permits CopyLineWriter, CopyBinaryWriter {
  final List<ResultColumn> columns;
  final TypeContext types;
  final SqlType[] columnTypes;

  /** What is sent next. */
  final ByteSink line = new ByteSink(256);

  CopyWriter(List<ResultColumn> columns, TypeContext types) {
    this.columns = columns;
    this.types = types;
    this.columnTypes = columns.stream().map(ResultColumn::type).toArray(SqlType[]::new);
  }

  /** Makes a writer of the format that the options say. */
  public static CopyWriter of(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
    return switch (options.format()) {
      case TEXT -> new CopyTextWriter(options, columns, types);
      case CSV -> new CopyCsvWriter(options, columns, types);
      case BINARY -> new CopyBinaryWriter(columns, types);
    };
  }

  /** Writes what stands before the rows. */
  public abstract void header(CopyOutput out);

  /** Writes a row. */
  public abstract void row(Block block, int position, CopyOutput out);

  /** Writes what stands behind the rows. */
  public abstract void trailer(CopyOutput out);

  final void send(CopyOutput out) {
    out.row(line.array(), 0, line.size());
    line.truncate(0);
  }
}
