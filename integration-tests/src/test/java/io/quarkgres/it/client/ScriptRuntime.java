package io.quarkgres.it.client;

import io.quarkgres.it.Repository;
import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// An interpreter with the client libraries of its suites, in a folder under `target`.
///
/// The libraries come at pinned versions from the language's registry. Where the interpreter is
/// missing or the registry cannot be reached, the suites are skipped, and say why. Thread: any.
///
/// @param folder where the suites' files are and run
/// @param command the interpreter
record ScriptRuntime(Path folder, List<String> command) {
  private static final Path SOURCES = Repository.root().resolve("integration-tests/src/test");
  private static final Path TARGET = Repository.root().resolve("integration-tests/target/clients");
  private static final int NODE_FEATURE_MIN = 20;

  /// Python with the packages of `requirements.txt` in a virtual environment.
  static ScriptRuntime python() {
    Path sources = SOURCES.resolve("python");
    Path folder = TARGET.resolve("python");
    String python = folder.resolve("bin/python").toString();
    if (isStale(folder, sources.resolve("requirements.txt"))) {
      install(folder, "python3", "-m", "venv", "--clear", ".");
      install(
          folder,
          python,
          "-m",
          "pip",
          "install",
          "--quiet",
          "--disable-pip-version-check",
          "--no-deps",
          "--requirement",
          sources.resolve("requirements.txt").toString());
      mark(folder, sources.resolve("requirements.txt"));
    }
    return new ScriptRuntime(sources, List.of(python, "-B"));
  }

  /// Node.js with the packages of `package-lock.json`.
  static ScriptRuntime node() {
    Path sources = SOURCES.resolve("node");
    Path folder = TARGET.resolve("node");
    copy(sources, folder);
    if (isStale(folder, sources.resolve("package-lock.json"))) {
      String version = install(folder, "node", "--version").output().strip();
      int feature = Integer.parseInt(version.replaceAll("^v([0-9]+).*", "$1"));
      Assumptions.assumeTrue(
          feature >= NODE_FEATURE_MIN,
          () -> said("Node.js is " + version + ", the clients want " + NODE_FEATURE_MIN));
      install(folder, "npm", "ci", "--legacy-peer-deps", "--no-audit", "--no-fund", "--silent");
      mark(folder, sources.resolve("package-lock.json"));
    }
    return new ScriptRuntime(folder, List.of("node"));
  }

  /// Runs the interpreter with these arguments, and the database in libpq's variables.
  Program run(TestDatabase database, String... arguments) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("PGHOST", database.server().host());
    builder.environment().put("PGPORT", Integer.toString(database.server().port()));
    builder.environment().put("PGDATABASE", database.name());
    builder.environment().put("PYTHONUTF8", "1");
    return Program.run(builder, "");
  }

  private static boolean isStale(Path folder, Path list) {
    Path stamp = folder.resolve(".installed");
    try {
      return !Files.exists(stamp) || Files.mismatch(stamp, list) != -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mark(Path folder, Path list) {
    try {
      Files.copy(list, folder.resolve(".installed"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs one step of an installation; the suite is skipped when it fails.
  private static Program install(Path folder, String... command) {
    String line = String.join(" ", command);
    Program step;
    try {
      Files.createDirectories(folder);
      step = Program.run(new ProcessBuilder(command).directory(folder.toFile()), "");
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return Assumptions.abort(said(line + ": " + e.getMessage()));
    }
    Assumptions.assumeTrue(
        step.exitCode() == 0,
        () -> said(line + " ended with " + step.exitCode() + ":\n" + step.output()));
    return step;
  }

  private static String said(String reason) {
    String message = "client suite SKIPPED, its libraries cannot be had: " + reason;
    System.err.println(message);
    return message;
  }
}
