package io.quarkgres.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server, running as a process of its own. Thread: the test's. */
public final class ServerProcess implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("listening for PostgreSQL clients on (.+):([0-9]+)$");
  private static final long STOP_SECONDS_MAX = 60;

  private final Process process;
  private final BufferedReader reader;
  private final List<String> output = new ArrayList<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.reader = process.inputReader(UTF_8);
  }

  /** Starts the server with these options, and these variables added to the environment. */
  public static ServerProcess start(Map<String, String> environment, String... options) {
    return start(Path.of(System.getProperty("quarkgres.server.jar")), environment, options);
  }

  /** Starts the server of this jar. */
  static ServerProcess start(Path jar, Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads output until the server listens; its port then. Fails if the server ends before. */
  public int awaitPort() {
    for (String line = readLine(); line != null; line = readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return Integer.parseInt(listening.group(2));
      }
    }
    throw new AssertionError("the server ended before it listened:\n" + String.join("\n", output));
  }

  /** The process's number. */
  long pid() {
    return process.pid();
  }

  /** Asks the process to stop, as SIGTERM does. */
  public void terminate() {
    // Process.destroy would also close the output, which is still to be read.
    process.toHandle().destroy();
  }

  /** Reads all output that is left, waits for the end of the process, and gives its exit code. */
  public int awaitExit() {
    while (readLine() != null) {
      // readLine keeps what it reads.
    }
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("the server closed its output but did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** What the process has written so far and somebody has waited for, line by line. */
  public List<String> output() {
    return List.copyOf(output);
  }

  /** Ends the process at once, as SIGKILL does. */
  public void kill() {
    process.destroyForcibly().onExit().join(); // what it held is free only then
  }

  /** Ends the process at once if it still runs. */
  @Override
  public void close() {
    kill();
  }

  private String readLine() {
    try {
      String line = reader.readLine();
      if (line != null) {
        output.add(line);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
