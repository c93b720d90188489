package io.quarkgres.server;

import io.quarkgres.spi.error.SqlException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Opens the port for PostgreSQL clients when the process starts, then reads the data, and closes
 * the port when the process stops.
 *
 * <p>A wrong setting or a port that cannot be had ends the process with one line and exit code 1:
 * Quarkus prints the message of a {@link ConfigurationException} that has no cause, and no stack
 * trace. Thread: main.
 */
@ApplicationScoped
public class PostgresListener {

  private static final Logger LOG = Logger.getLogger(PostgresListener.class);

  private final Vertx vertx;
  private final Config config;
  private volatile Endpoint endpoint;
  private volatile boolean isReady;

  /** Nothing is opened here. */
  @Inject
  public PostgresListener(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    ServerConfig settings = ServerConfig.of(config);
    ListenPort.requireFree(
        List.of(
            new ListenPort(settings.host(), settings.port(), "--port or --host"),
            new ListenPort(settings.httpHost(), settings.httpPort(), "--http-port or --host")));
    Endpoint opening = new EngineEndpoint(vertx, settings);
    int port;
    try {
      port = opening.open().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw new ConfigurationException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + ": "
              + failure.getCause().getMessage());
    }
    endpoint = opening;
    read(opening);
    isReady = true;
    settings
        .data()
        .ifPresentOrElse(
            data -> LOG.infof("data is kept in %s", data),
            () -> LOG.warn("data is kept in memory only: all of it is lost when the server stops"));
    if (settings.data().isPresent() && !settings.fsync()) {
      LOG.warn(
          "fsync is off: if the machine stops, what was committed may be lost and the data"
              + " directory may be unusable");
    }
    // Formatting a number would read the symbols of a locale first, 30 ms of a start.
    LOG.infof("listening for PostgreSQL clients on %s:%s", settings.host(), Integer.toString(port));
  }

  private void read(Endpoint opening) {
    try {
      opening.start();
    } catch (SqlException failure) {
      close();
      String hint = failure.hint() == null ? "" : ". " + failure.hint();
      throw new ConfigurationException(failure.getMessage() + hint);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (endpoint != null) {
      close();
      LOG.info("stopped");
    }
  }

  private void close() {
    Endpoint closing = endpoint;
    endpoint = null;
    isReady = false;
    closing.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Tells whether clients are served: the port is open and the data was read. */
  boolean isReady() {
    return isReady;
  }

  /** Tells whether clients are turned away until the data was read. */
  boolean isStarting() {
    return endpoint != null && !isReady;
  }
}
