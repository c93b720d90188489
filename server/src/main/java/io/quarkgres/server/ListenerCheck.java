package io.quarkgres.server;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: whether PostgreSQL clients are served, or why not. Thread: any. */
@Readiness
@ApplicationScoped
public class ListenerCheck implements HealthCheck {

  private final PostgresListener listener;

  ListenerCheck(PostgresListener listener) {
    this.listener = listener;
  }

  @Override
  public HealthCheckResponse call() {
    String state = listener.isReady() ? "ready" : listener.isStarting() ? "starting up" : "closed";
    return HealthCheckResponse.named("postgres-listener")
        .status(listener.isReady())
        .withData("state", state)
        .build();
  }
}
