package io.quarkgres.engine.session;

import io.quarkgres.engine.session.copy.CopyInput;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import java.util.List;

/**
 * Where a session's replies go, in order. The methods may park the calling thread while the client
 * reads slowly. Used by the session's thread.
 */
public interface Reply {
  /**
   * The rows that follow have these columns.
   *
   * @param formats one for each column: 0 text, 1 binary
   */
  void rowDescription(List<ResultColumn> columns, short[] formats);

  /** Rows of a result; formats are those of the portal. */
  void rows(List<ResultColumn> columns, short[] formats, Block block);

  /** Rows of a result as {@link #endRecording} returned them. */
  void recordedRows(byte[] rows);

  /** Begins to keep a copy of the rows that are sent, of at most so many bytes. */
  void beginRecording(int bytesMax);

  /** Ends it; returns the rows, {@code null} when they were too many. */
  byte[] endRecording();

  /** A statement is done. */
  void commandComplete(String tag);

  /** The query string was empty. */
  void emptyQuery();

  /** The portal has more rows than were asked for. */
  void portalSuspended();

  /** A notice, warning or other message that is no error. */
  void notice(Notice notice);

  /** A reported setting has changed. */
  void parameterStatus(String name, String value);

  /** Begins COPY FROM STDIN: asks the client for data. */
  CopyInput copyIn(boolean isBinary, int columnCount);

  /** Begins COPY TO STDOUT. */
  CopyOutput copyOut(boolean isBinary, int columnCount);

  /**
   * A message that is no error.
   *
   * @param severity NOTICE, WARNING, INFO, LOG or DEBUG
   * @param character the place in the query string, in characters from 1; 0 for none
   */
  record Notice(
      String severity, String code, String message, String detail, String hint, int character) {
    /** Makes a message about no certain place. */
    public Notice(String severity, String code, String message, String detail, String hint) {
      this(severity, code, message, detail, hint, 0);
    }
  }
}
