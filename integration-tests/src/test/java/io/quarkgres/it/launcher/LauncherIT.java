package io.quarkgres.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.Repository;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting and stopping the packaged server. */
class LauncherIT {

  private static final Map<String, String> NO_VARIABLES = Map.of();

  /** 128 + 15, by which a shell sees that SIGTERM ended a process. */
  private static final int EXIT_BY_SIGTERM = 143;

  @Test
  void startsInMemoryAndStopsOnSigterm() throws IOException {
    try (ServerProcess server =
        ServerProcess.start(NO_VARIABLES, "--memory", "--port", "0", "--http-port", "0")) {
      int port = server.awaitPort();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(client.isConnected()).isTrue();
      }
      server.terminate();

      assertThat(server.awaitExit()).isEqualTo(EXIT_BY_SIGTERM);
      assertThat(server.output())
          .anyMatch(line -> line.contains("kept in memory only: all of it is lost"))
          .last()
          .asString()
          .endsWith("stopped");
    }
  }

  /** The JVM ignores a cache that does not fit, unless it is told to insist on it. */
  @Test
  void startsWithItsCacheOfClasses(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("start.jar");
    StartJarIT.make(Path.of(System.getProperty("quarkgres.server.jar")), jar);
    Path cache = folder.resolve("server.aot");
    ProcessBuilder maker =
        new ProcessBuilder(
                Repository.root().resolve("scripts/make-aot-cache").toString(),
                jar.toString(),
                cache.toString())
            .redirectErrorStream(true);
    maker.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process making = maker.start();
    assertThat(new String(making.getInputStream().readAllBytes(), UTF_8)).isEmpty();

    Map<String, String> variables =
        Map.of(
            "JDK_JAVA_OPTIONS",
            "--sun-misc-unsafe-memory-access=allow -XX:AOTMode=on -XX:AOTCache=" + cache);
    try (ServerProcess server =
            ServerProcess.start(jar, variables, "--memory", "--port", "0", "--http-port", "0");
        WireClient client = WireClient.connect("127.0.0.1", server.awaitPort(), "postgres")) {
      assertThat(client.query("SELECT 1"))
          .extracting(Message::type)
          .containsExactly('T', 'D', 'C', 'Z');
    }
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void hasLinuxesOwnSocketsAndWorksWithoutThem(boolean isKeptOut, boolean isLoaded)
      throws IOException {
    Map<String, String> variables =
        Map.of("JDK_JAVA_OPTIONS", "-Dio.netty.transport.noNative=" + isKeptOut);
    try (ServerProcess server =
            ServerProcess.start(variables, "--memory", "--port", "0", "--http-port", "0");
        WireClient client = WireClient.connect("127.0.0.1", server.awaitPort(), "postgres")) {
      assertThat(client.query("SELECT 1"))
          .extracting(Message::type)
          .containsExactly('T', 'D', 'C', 'Z');
      String loaded = Files.readString(Path.of("/proc/" + server.pid() + "/maps"));
      assertThat(loaded.contains("netty_transport_native_epoll")).isEqualTo(isLoaded);
    }
  }

  @Test
  void takesItsSettingsFromTheEnvironmentToo() {
    Map<String, String> variables =
        Map.of(
            "QUARKGRES_STORAGE", "memory",
            "QUARKGRES_PORT", "0",
            "QUARKGRES_HTTP_PORT", "0",
            "QUARKGRES_HOST", "localhost");
    try (ServerProcess server = ServerProcess.start(variables)) {
      server.awaitPort();
      assertThat(server.output()).last().asString().contains(" on localhost:");
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ServerProcess server =
            ServerProcess.start(
                NO_VARIABLES,
                "--memory",
                "--port",
                "" + taken.getLocalPort(),
                "--http-port",
                "0")) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.output())
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("--port");
    }
  }

  @Test
  void aTakenHttpPortIsOneClearLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ServerProcess server =
            ServerProcess.start(
                NO_VARIABLES,
                "--memory",
                "--port",
                "0",
                "--http-port",
                "" + taken.getLocalPort())) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.output())
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("--http-port");
    }
  }

  @Test
  void onePortForBothIsOneClearLine() throws IOException {
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = Integer.toString(free.getLocalPort());
    }
    try (ServerProcess server =
        ServerProcess.start(NO_VARIABLES, "--memory", "--port", port, "--http-port", port)) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.output()).singleElement().asString().contains("with --http-port or --host");
    }
  }

  @Test
  void anUnknownOptionIsRefusedWithTheUsage() {
    try (ServerProcess server = ServerProcess.start(NO_VARIABLES, "--prot", "5999")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output())
          .startsWith("quarkgres: unknown option: --prot")
          .anyMatch(line -> line.startsWith("Usage: quarkgres"));
    }
  }
}
