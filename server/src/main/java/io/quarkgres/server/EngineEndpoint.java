package io.quarkgres.server;

import io.quarkgres.engine.session.Clock;
import io.quarkgres.engine.session.Engine;
import io.quarkgres.engine.session.LocalEngine;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageProvider;
import io.quarkgres.wire.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.ServiceLoader;

/** The engine over a storage, behind the PostgreSQL protocol. Thread: any. */
final class EngineEndpoint implements Endpoint {
  private final Engine engine;
  private final PostgresServer server;

  EngineEndpoint(Vertx vertx, ServerConfig settings) {
    engine =
        new LocalEngine(
            open(settings),
            Clock.SYSTEM,
            Map.of(
                "port", Integer.toString(settings.port()),
                "listen_addresses", settings.host(),
                "max_connections", Integer.toString(settings.connectionsMax()),
                "authentication_timeout", Integer.toString(settings.authenticationSeconds())));
    int loops = Runtime.getRuntime().availableProcessors();
    server =
        new PostgresServer(
            vertx,
            engine,
            settings.host(),
            settings.port(),
            loops,
            settings.authenticationSeconds() * 1000L);
  }

  private static Storage open(ServerConfig settings) {
    String name = settings.data().isPresent() ? ServerConfig.DISK : ServerConfig.MEMORY;
    Map<String, String> options =
        settings.data().map(data -> Map.of("data", data.toString())).orElse(Map.of());
    for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.open(options);
      }
    }
    throw new IllegalStateException("no storage of the name " + name + " is on the class path");
  }

  @Override
  public Future<Integer> open() {
    return server.open();
  }

  @Override
  public Future<Void> close() {
    engine.close();
    return server.close();
  }
}
