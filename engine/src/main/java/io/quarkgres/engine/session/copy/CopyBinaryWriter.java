package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import java.util.List;

/** Writes the binary format. Used by the session's thread. */
final class CopyBinaryWriter extends CopyWriter {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  CopyBinaryWriter(List<ResultColumn> columns, TypeContext types) {
    super(columns, types);
  }

  @Override
  public void header(CopyOutput out) {
    line.put(SIGNATURE, 0, SIGNATURE.length);
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
