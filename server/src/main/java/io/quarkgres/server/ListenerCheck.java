package io.quarkgres.server;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: whether the port for PostgreSQL clients is open. Thread: any. */
@Readiness
@ApplicationScoped
public class ListenerCheck implements HealthCheck {

  private final PostgresListener listener;

  ListenerCheck(PostgresListener listener) {
    this.listener = listener;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("postgres-listener").status(listener.isOpen()).build();
  }
}
