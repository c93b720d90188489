package io.quarkgres.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.nio.charset.StandardCharsets;

/**
 * Holds the port while there is no protocol behind it: answers each client with an error and hangs
 * up. Thread: event loop.
 */
final class UnavailableEndpoint implements Endpoint {

  private final NetServer server;

  UnavailableEndpoint(Vertx vertx, String host, int port) {
    server =
        vertx
            .createNetServer(new NetServerOptions().setHost(host).setPort(port))
            .connectHandler(socket -> socket.end(fatal("0A000", "no protocol is available yet")));
  }

  @Override
  public Future<Integer> open() {
    return server.listen().map(NetServer::actualPort);
  }

  @Override
  public Future<Void> close() {
    return server.close();
  }

  /** An ErrorResponse message: 'E', int32 length, then fields of a tag byte and a C string. */
  private static Buffer fatal(String sqlState, String message) {
    byte[] fields =
        ("SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0")
            .getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) 'E')
        .appendInt(fields.length + Integer.BYTES)
        .appendBytes(fields);
  }
}
