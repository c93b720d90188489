package io.quarkgres.server;

import io.quarkgres.spi.error.SqlException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Opens the port for PostgreSQL clients when the process starts and closes it when it stops.
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

  /** Nothing is opened here. */
  @Inject
  public PostgresListener(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    ServerConfig settings = ServerConfig.of(config);
    Endpoint opening = engine(settings);
    int port;
    try {
      port = opening.open().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw new ConfigurationException(whyNotOpen(settings, failure.getCause()));
    }
    endpoint = opening;
    settings
        .data()
        .ifPresentOrElse(
            data -> LOG.infof("data is kept in %s", data),
            () -> LOG.warn("data is kept in memory only: all of it is lost when the server stops"));
    LOG.infof("listening for PostgreSQL clients on %s:%d", settings.host(), port);
  }

  private Endpoint engine(ServerConfig settings) {
    try {
      return new EngineEndpoint(vertx, settings);
    } catch (SqlException failure) {
      String hint = failure.hint() == null ? "" : ". " + failure.hint();
      throw new ConfigurationException(failure.getMessage() + hint);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Endpoint closing = endpoint;
    if (closing != null) {
      endpoint = null;
      closing.close().toCompletionStage().toCompletableFuture().join();
      LOG.info("stopped");
    }
  }

  boolean isOpen() {
    return endpoint != null;
  }

  private static String whyNotOpen(ServerConfig settings, Throwable cause) {
    String address = settings.host() + ":" + settings.port();
    return cause instanceof BindException
        ? "cannot listen on "
            + address
            + ": "
            + cause.getMessage()
            + "; is another server running there? Choose another with --port or --host"
        : "cannot listen on " + address + ": " + cause;
  }
}
