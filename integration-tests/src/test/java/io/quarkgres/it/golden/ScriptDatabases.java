package io.quarkgres.it.golden;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.util.List;

/// Gives every run of a script an empty database of its own. Thread: one at a time.
public final class ScriptDatabases implements AutoCloseable {
  private static final String NAME = "golden";

  private final WireClient admin;

  /// Connects to the database `postgres` of this server.
  public ScriptDatabases(String host, int port) {
    admin = WireClient.connect(host, port, "postgres");
  }

  /// Makes the database anew and returns its name; nobody may be connected to it any more.
  public String fresh() {
    execute("DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
    execute("CREATE DATABASE " + NAME);
    return NAME;
  }

  private void execute(String sql) {
    List<Message> answer = admin.query(sql);
    for (Message message : answer) {
      if (message.type() == 'E') {
        throw new IllegalStateException(sql + ": " + message);
      }
    }
  }

  @Override
  public void close() {
    execute("DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
    admin.close();
  }
}
