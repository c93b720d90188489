package io.quarkgres.wire;

import io.quarkgres.engine.session.Engine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens for PostgreSQL clients: one {@link NetServer} for each event loop, so that connections
 * spread over all of them. Thread: any.
 */
public final class PostgresServer {
  private final Vertx vertx;
  private final Engine engine;
  private final NetServerOptions options;
  private final int loops;
  private final long startupMillis;
  private final HostAccess access = new HostAccess();
  private final List<NetServer> servers = new ArrayList<>();

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
    Future<Integer> result = listen();
    for (int i = 1; i < loops; i++) {
      result = result.compose(port -> listen());
    }
    return result;
  }

  private Future<Integer> listen() {
    NetServer server = vertx.createNetServer(options);
    servers.add(server);
    return server.connectHandler(this::connected).listen().map(NetServer::actualPort);
  }

  private void connected(NetSocket socket) {
    new Connection(vertx, engine, socket, access, startupMillis);
  }

  /** Closes the port and all connections. */
  public Future<Void> close() {
    return Future.join(servers.stream().map(NetServer::close).toList()).mapEmpty();
  }
}
