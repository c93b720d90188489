package io.quarkgres.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
      Thread.onSpinWait();
    }
  }

  /// A TCP connection alone would prove little, so the server's answer to an SSLRequest is awaited.
  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
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
