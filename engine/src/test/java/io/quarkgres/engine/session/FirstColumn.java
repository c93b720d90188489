package io.quarkgres.engine.session;

import io.quarkgres.engine.session.copy.CopyInput;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first column of what is answered. */
final class FirstColumn implements Reply {
  private final List<String> found = new ArrayList<>();

  List<String> found() {
    return List.copyOf(found);
  }

  void clear() {
    found.clear();
  }

  @Override
  public void rows(List<ResultColumn> columns, short[] formats, Block block) {
    for (int i = 0; i < block.rowCount(); i++) {
      ByteSink out = new ByteSink(16);
      int position = block.selection().position(i);
      if (!block.column(0).isNull(position)) {
        columns.get(0).type().print(block.column(0), position, out, TypeContext.DEFAULT);
      }
      found.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void rowDescription(List<ResultColumn> columns, short[] formats) {}

  @Override
  public void recordedRows(byte[] bytes) {}

  @Override
  public void beginRecording(int bytesMax) {}

  @Override
  public byte[] endRecording() {
    return null;
  }

  @Override
  public void commandComplete(String tag) {}

  @Override
  public void emptyQuery() {}

  @Override
  public void portalSuspended() {}

  @Override
  public void notice(Notice notice) {}

  @Override
  public void parameterStatus(String name, String value) {}

  @Override
  public CopyInput copyIn(boolean isBinary, int columnCount) {
    throw new UnsupportedOperationException("no COPY here");
  }

  @Override
  public CopyOutput copyOut(boolean isBinary, int columnCount) {
    throw new UnsupportedOperationException("no COPY here");
  }
}
