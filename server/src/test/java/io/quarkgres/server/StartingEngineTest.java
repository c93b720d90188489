package io.quarkgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.session.Clock;
import io.quarkgres.engine.session.LocalEngine;
import io.quarkgres.engine.session.Session;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.StorageProvider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Who connects before the data is there, and after. */
class StartingEngineTest {
  private static final Map<String, String> USER = Map.of("user", "postgres");

  @Test
  void clientsAreTurnedAwayUntilTheDataIsThere() {
    try (StartingEngine engine = new StartingEngine()) {
      assertThatThrownBy(() -> engine.open(USER))
          .hasMessage("the database system is starting up")
          .extracting(e -> ((SqlException) e).state())
          .isEqualTo(SqlState.CANNOT_CONNECT_NOW);
      engine.cancel(1, 1);
      StorageProvider memory =
          ServiceLoader.load(StorageProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(provider -> provider.name().equals(ServerConfig.MEMORY))
              .findFirst()
              .orElseThrow();
      engine.started(new LocalEngine(memory.open(Map.of()), Clock.SYSTEM, Map.of()));
      try (Session session = engine.open(USER)) {
        assertThat(session).isNotNull();
      }
    }
  }
}
