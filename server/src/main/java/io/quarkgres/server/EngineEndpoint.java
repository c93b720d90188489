package io.quarkgres.server;

import io.quarkgres.engine.session.Clock;
import io.quarkgres.engine.session.LocalEngine;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageProvider;
import io.quarkgres.wire.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The engine over a storage, behind the PostgreSQL protocol. Thread: any. */
final class EngineEndpoint implements Endpoint {
  private final ServerConfig settings;
  private final StartingEngine engine = new StartingEngine();
  private final PostgresServer server;

  EngineEndpoint(Vertx vertx, ServerConfig settings) {
    this.settings = settings;
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

  @Override
  public Future<Integer> open() {
    return server.open();
  }

  @Override
  public void start() {
    boolean syncs = settings.data().isPresent() && settings.fsync();
    engine.started(
        new LocalEngine(
            storage(),
            Clock.SYSTEM,
            Map.of(
                "data_directory",
                    settings.data().map(data -> data.toAbsolutePath().toString()).orElse(""),
                "archive_command", settings.archiveCommand().orElse(""),
                "archive_mode", settings.archiveCommand().isPresent() ? "on" : "off",
                "port", Integer.toString(settings.port()),
                "listen_addresses", settings.host(),
                "max_connections", Integer.toString(settings.connectionsMax()),
                "authentication_timeout", Integer.toString(settings.authenticationSeconds()),
                "fsync", syncs ? "on" : "off"),
            settings.given()));
  }

  private Storage storage() {
    String name = settings.data().isPresent() ? ServerConfig.DISK : ServerConfig.MEMORY;
    Map<String, String> options = new HashMap<>();
    options.put("fsync", settings.fsync() ? "on" : "off");
    settings
        .memoryLimit()
        .ifPresent(bytes -> options.put(StorageProvider.MEMORY_LIMIT, Long.toString(bytes)));
    settings.data().ifPresent(data -> options.put("data", data.toString()));
    for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.open(options);
      }
    }
    throw new IllegalStateException("no storage of the name " + name + " is on the class path");
  }

  @Override
  public Future<Void> close() {
    engine.close();
    return server.close();
  }
}
