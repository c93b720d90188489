package io.quarkgres.bench.exec;

import io.quarkgres.engine.session.Reply;
import io.quarkgres.engine.session.copy.CopyInput;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import java.util.List;

/** Counts the rows of replies and forgets them. Used by one thread. */
final class Drain implements Reply {
  private long rows;

  /** Returns how many rows came since the last call. */
  long takeRows() {
    long result = rows;
    rows = 0;
    return result;
  }

  @Override
  public void rowDescription(List<ResultColumn> columns, short[] formats) {}

  @Override
  public void rows(List<ResultColumn> columns, short[] formats, Block block) {
    rows += block.rowCount();
  }

  @Override
  public void recordedRows(byte[] recorded) {
    throw new IllegalStateException("a benchmark must not be answered from a cache");
  }

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
    throw new UnsupportedOperationException();
  }

  @Override
  public CopyOutput copyOut(boolean isBinary, int columnCount) {
    throw new UnsupportedOperationException();
  }
}
