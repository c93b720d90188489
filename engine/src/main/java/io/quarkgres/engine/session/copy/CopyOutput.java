package io.quarkgres.engine.session.copy;

/** Where COPY TO sends its data: to the client, or to a file. Used by the session's thread. */
public interface CopyOutput {
  /** Sends one row (text formats: with its line end; binary: header, tuple or trailer). */
  void row(byte[] bytes, int start, int length);

  /** Ends the data. */
  void done();
}
