package io.quarkgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings: what is read, and what is refused before a port is opened. */
class ServerConfigTest {

  @Test
  void readsEverySetting() {
    assertThat(
            read(
                Map.of(
                    "quarkgres.host", "0.0.0.0",
                    "quarkgres.port", "65535",
                    "quarkus.http.port", "0")))
        .isEqualTo(
            new ServerConfig(
                Optional.empty(),
                true,
                Optional.empty(),
                OptionalLong.empty(),
                "0.0.0.0",
                65_535,
                "127.0.0.1",
                0,
                100,
                60,
                Set.of()));
  }

  @Test
  void aLimitOfMemoryHasAUnit() {
    assertThat(read(Map.of("quarkgres.memory-limit", "512MB")).memoryLimit()).hasValue(512L << 20);
    assertThat(read(Map.of("quarkgres.memory-limit", "3 TB")).memoryLimit()).hasValue(3L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "0MB", "-1GB", "1mb", "1.5GB", "9999999kB"})
  void refusesWhatIsNoSize(String size) {
    assertThatThrownBy(() -> read(Map.of("quarkgres.memory-limit", size)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "quarkgres.memory-limit is \"%s\", but must be a number of kB, MB, GB or TB, such as"
                + " 512MB",
            size);
  }

  @Test
  void knowsWhatWasSaidForThisStart() {
    assertThat(read(Map.of("quarkgres.archive-command", "cp %p x")).given())
        .containsExactlyInAnyOrder("archive_command", "archive_mode");
    SmallRyeConfig config =
        builder(Map.of())
            .withSources(
                new PropertiesConfigSource(Map.of("quarkgres.max-connections", "7"), "said", 300))
            .build();
    assertThat(ServerConfig.of(config).given()).containsExactly("max_connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "4294967296", "5432x", "٥٤٣٢"})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> read(Map.of("quarkgres.port", port)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "quarkgres.port is \"%s\", but must be a port number from 0 to 65535".formatted(port));
    assertThatThrownBy(() -> read(Map.of("quarkus.http.port", port)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "quarkgres.http-port is \"%s\", but must be a port number from 0 to 65535"
                .formatted(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "601", "1h", "99999999999"})
  void refusesWhatIsNoNumberInItsBounds(String seconds) {
    assertThatThrownBy(() -> read(Map.of("quarkgres.authentication-timeout", seconds)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "quarkgres.authentication-timeout is \"%s\", but must be a number from 1 to 600"
                .formatted(seconds));
  }

  @Test
  void dataOnDiskIsInTheHomeDirectoryIfNobodySaysWhere() {
    assertThat(read(Map.of("quarkgres.storage", "disk")).data())
        .contains(Path.of(System.getProperty("user.home"), ".quarkgres", "data"));
    assertThat(read(Map.of("quarkgres.storage", "disk", "quarkgres.data", "x")).data())
        .contains(Path.of("x"));
  }

  @Test
  void refusesFsyncThatIsNeitherOnNorOff() {
    assertThat(read(Map.of("quarkgres.fsync", "off")).fsync()).isFalse();
    assertThatThrownBy(() -> read(Map.of("quarkgres.fsync", "maybe")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("quarkgres.fsync is \"maybe\", but must be \"on\" or \"off\"");
  }

  @Test
  void refusesADirectoryForDataInMemory() {
    assertThatThrownBy(() -> read(Map.of("quarkgres.data", "x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("choose one of the two");
  }

  @Test
  void refusesAnUnknownStorage() {
    assertThatThrownBy(() -> read(Map.of("quarkgres.storage", "tape")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"tape\"");
  }

  private static ServerConfig read(Map<String, String> given) {
    return ServerConfig.of(builder(given).build());
  }

  private static SmallRyeConfigBuilder builder(Map<String, String> given) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "quarkgres.storage", "memory",
                "quarkgres.fsync", "on",
                "quarkgres.host", "127.0.0.1",
                "quarkgres.port", "5432",
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.port", "8432",
                "quarkgres.max-connections", "100",
                "quarkgres.authentication-timeout", "60"));
    settings.putAll(given);
    SmallRyeConfigBuilder config = new SmallRyeConfigBuilder();
    settings.forEach(config::withDefaultValue);
    return config;
  }
}
