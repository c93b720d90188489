package io.quarkgres.server;

import io.quarkgres.engine.session.Engine;
import io.quarkgres.engine.session.Session;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Map;

/**
 * What stands behind the port before the data is there: it turns clients away with 57P03, and hands
 * them on once it has an engine. Thread: any.
 */
final class StartingEngine implements Engine {
  private volatile Engine engine;

  /** Hands clients on from now on. */
  void started(Engine ready) {
    engine = ready;
  }

  @Override
  public Session open(Map<String, String> parameters) {
    Engine ready = engine;
    if (ready == null) {
      throw new SqlException(SqlState.CANNOT_CONNECT_NOW, "the database system is starting up");
    }
    return ready.open(parameters);
  }

  @Override
  public void cancel(int processId, int secretKey) {
    Engine ready = engine;
    if (ready != null) {
      ready.cancel(processId, secretKey);
    }
  }

  @Override
  public void close() {
    Engine ready = engine;
    if (ready != null) {
      ready.close();
    }
  }
}
