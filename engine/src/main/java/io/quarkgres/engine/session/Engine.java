package io.quarkgres.engine.session;

import java.util.Map;

/** A database engine: storage, catalogs, settings and sessions of one server. Thread: any. */
public interface Engine extends AutoCloseable {
  /**
   * Opens a session. Raises 3D000 for an unknown database, 28000 for an unknown role, 22023 for a
   * bad setting, 53300 when there are too many sessions.
   *
   * @param parameters the startup parameters, {@code user}, {@code database}, {@code options} and
   *     settings among them
   */
  Session open(Map<String, String> parameters);

  /** Cancels the statement of the session with a process id, if the secret is right. */
  void cancel(int processId, int secretKey);

  /** Ends all sessions and closes the storage. */
  @Override
  void close();
}
