package io.quarkgres.it;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server started as a child process, with its log. Thread: any.
final class ChildServer implements ServerUnderTest {
  private static final long START_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int LOG_CHARS_MAX = 4 << 20;

  private final String name;
  private final Process process;
  private final int port;
  private final Runnable stop;
  private final StringBuilder log = new StringBuilder();

  /// Starts `command` and returns when `port` accepts connections; `stop` ends it.
  ChildServer(String name, List<String> command, int port, StopAction stop) {
    this.name = name;
    this.port = port;
    try {
      this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
    this.stop = () -> stop.stop(process);
    Thread reader = new Thread(this::readLog, name + "-log");
    reader.setDaemon(true);
    reader.start();
    awaitConnection();
  }

  /// How a process is asked to end.
  interface StopAction {
    void stop(Process process);
  }

  /// A port that nobody listens on at this moment.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readLog() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (log) {
          log.append(line).append('\n');
          if (log.length() > LOG_CHARS_MAX) {
            log.delete(0, LOG_CHARS_MAX / 2);
          }
        }
      }
    } catch (IOException e) {
      // The process has ended; what it said is in the log.
    }
  }

  private void awaitConnection() {
    long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
    while (!accepts()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " ended at start with " + process.exitValue() + ":\n" + log());
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException(name + " accepts no connections:\n" + log());
      }
    }
  }

  /// A connection alone proves nothing: PostgreSQL accepts and refuses while it is starting.
  private boolean accepts() {
    try (WireClient client = new WireClient(host(), port)) {
      client.startup(Map.of("user", "postgres", "database", "postgres"));
      Message first = client.read();
      return first != null && first.type() == 'R' || pause();
    } catch (UncheckedIOException e) {
      return pause();
    }
  }

  private boolean pause() {
    try {
      // Ends at once when the process dies; otherwise the pause between two attempts.
      process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String log() {
    synchronized (log) {
      return log.toString();
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    stop.run();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
