package io.quarkgres.engine.session.copy;

/** Where COPY FROM gets its data from: the client, or a file. Used by the session's thread. */
public interface CopyInput {
  /**
   * Returns the next chunk, or {@code null} when the client has said that it is done. Raises 57014
   * with the client's reason when it failed.
   */
  byte[] next();
}
