package io.quarkgres.wire;

import io.quarkgres.engine.session.Engine;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/**
 * Listens for PostgreSQL clients: one listener for each event loop, so that connections spread over
 * all of them. Thread: any.
 */
public final class PostgresServer {
  private final Vertx vertx;
  private final Engine engine;
  private final NetServerOptions options;
  private final int loops;
  private final long startupMillis;
  private final HostAccess access = new HostAccess();
  private volatile String deployment;
  private volatile int port;

  /**
   * Makes a server that is not open yet.
   *
   * @param port the port, 0 for any free one
   * @param loops how many event loops take connections
   * @param startupMillis how long a client may take to send its startup packet
   */
  public PostgresServer(
      Vertx vertx, Engine engine, String host, int port, int loops, long startupMillis) {
    this.startupMillis = startupMillis;
    this.vertx = vertx;
    this.engine = engine;
    this.loops = port == 0 ? 1 : Math.max(1, loops);
    this.options =
        new NetServerOptions()
            .setHost(host)
            .setPort(port)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setAcceptBacklog(1024);
  }

  /** Opens the port; completes with its number, fails when it cannot be had. */
  public Future<Integer> open() {
    return vertx
        .deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
        .map(id -> {
          deployment = id;
          return port;
        });
  }

  private void connected(NetSocket socket) {
    new Connection(vertx, engine, socket, access, startupMillis);
  }

  /** Closes the port and all connections. */
  public Future<Void> close() {
    return deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
  }

  /** One listener; as a verticle it has an event loop of its own, for its connections, too. */
  private final class Listener extends AbstractVerticle {
    @Override
    public void start(Promise<Void> started) {
      vertx
          .createNetServer(options)
          .connectHandler(PostgresServer.this::connected)
          .listen()
          .onSuccess(server -> port = server.actualPort())
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
