package io.quarkgres.wire;

import io.quarkgres.engine.session.Reply;
import io.quarkgres.engine.session.Session;
import io.quarkgres.engine.session.copy.CopyInput;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/**
 * Encodes a session's replies: columns go straight into the socket's buffer, without rows between.
 * Used by the connection's thread.
 */
final class ReplyEncoder implements Reply {
  /** From so many rows in a block on they are encoded column by column. */
  private static final int MANY_ROWS = 16;

  private final SocketWriter writer;
  private final BackendMessages messages;
  private final MessageQueue queue;
  private final ReadFlow flow;
  private Session session;

  /** Encodes the result that is under way, once a block of it was worth the arrays. */
  private DataRows dataRows;

  ReplyEncoder(SocketWriter writer, BackendMessages messages, MessageQueue queue, ReadFlow flow) {
    this.writer = writer;
    this.messages = messages;
    this.queue = queue;
    this.flow = flow;
  }

  void session(Session opened) {
    session = opened;
  }

  @Override
  public void rowDescription(List<ResultColumn> columns, short[] formats) {
    messages.rowDescription(columns, formats);
  }

  @Override
  public void rows(List<ResultColumn> columns, short[] formats, Block block) {
    if (block.rowCount() < MANY_ROWS) {
      fewRows(columns, formats, block);
      return;
    }
    TypeContext context = session.types();
    if (dataRows == null || !dataRows.isFor(columns, formats, context)) {
      dataRows = new DataRows(writer, columns, formats, context);
    }
    dataRows.write(block);
  }

  private void fewRows(List<ResultColumn> columns, short[] formats, Block block) {
    TypeContext context = session.types();
    int width = columns.size();
    SqlType[] types = new SqlType[width];
    long[][] nulls = new long[width][];
    for (int i = 0; i < width; i++) {
      types[i] = columns.get(i).type();
      nulls[i] = block.column(i).nulls();
    }
    Selection rows = block.selection();
    for (int r = 0; r < rows.count(); r++) {
      row(types, nulls, formats, block.columns(), rows.position(r), context);
    }
  }

  private void row(
      SqlType[] types,
      long[][] nulls,
      short[] formats,
      Column[] columns,
      int position,
      TypeContext context) {
    int message = writer.begin('D');
    ByteSink out = writer.sink();
    out.putShort(types.length);
    try {
      for (int c = 0; c < types.length; c++) {
        if (nulls[c] != null && Nulls.isSet(nulls[c], position)) {
          out.putInt(-1);
          continue;
        }
        int at = out.size();
        out.putInt(0);
        if (formats[c] == 0) {
          types[c].print(columns[c], position, out, context);
        } else {
          types[c].send(columns[c], position, out, context);
        }
        out.setInt(at, out.size() - at - Integer.BYTES);
      }
    } catch (RuntimeException e) {
      // A half-written row must not reach the client.
      writer.truncate(message - 1);
      throw e;
    }
    writer.end(message);
  }

  @Override
  public void recordedRows(byte[] rows) {
    writer.append(rows);
  }

  @Override
  public void beginRecording(int bytesMax) {
    writer.beginRecording(bytesMax);
  }

  @Override
  public byte[] endRecording() {
    return writer.endRecording();
  }

  @Override
  public void commandComplete(String tag) {
    dataRows = null;
    messages.commandComplete(tag);
  }

  @Override
  public void emptyQuery() {
    messages.empty('I');
  }

  @Override
  public void portalSuspended() {
    dataRows = null;
    messages.empty('s');
  }

  @Override
  public void notice(Notice notice) {
    if (session.showsNotice(notice.severity())) {
      messages.notice(notice);
    }
  }

  @Override
  public void parameterStatus(String name, String value) {
    messages.parameterStatus(name, value);
  }

  @Override
  public CopyInput copyIn(boolean isBinary, int columnCount) {
    messages.copyResponse('G', isBinary, columnCount);
    writer.flush();
    return this::nextCopyChunk;
  }

  private byte[] nextCopyChunk() {
    while (true) {
      FrontendMessage message = queue.await();
      flow.taken();
      switch (message) {
        case null ->
            throw new SqlException(
                SqlState.CONNECTION_FAILURE, "unexpected EOF on client connection");
        case FrontendMessage.CopyData data -> {
          return data.body();
        }
        case FrontendMessage.CopyDone done -> {
          return null;
        }
        case FrontendMessage.CopyFail fail ->
            throw new SqlException(
                SqlState.QUERY_CANCELED,
                "COPY from stdin failed: " + new MessageReader(fail.body()).readString());
        case FrontendMessage.Flush flush -> {}
        case FrontendMessage.Sync sync -> {}
        case FrontendMessage.Notified later -> {}
        case FrontendMessage.Query _,
            FrontendMessage.Parse _,
            FrontendMessage.Bind _,
            FrontendMessage.Describe _,
            FrontendMessage.Execute _,
            FrontendMessage.Close _,
            FrontendMessage.FunctionCall _,
            FrontendMessage.Password _,
            FrontendMessage.Terminate _,
            FrontendMessage.Malformed _ ->
            throw new SqlException(
                SqlState.PROTOCOL_VIOLATION,
                "unexpected message type during COPY from stdin: "
                    + message.getClass().getSimpleName());
      }
    }
  }

  @Override
  public CopyOutput copyOut(boolean isBinary, int columnCount) {
    messages.copyResponse('H', isBinary, columnCount);
    return new CopyOutput() {
      @Override
      public void row(byte[] bytes, int start, int length) {
        messages.copyData(bytes, start, length);
      }

      @Override
      public void done() {
        messages.empty('c');
      }
    };
  }
}
