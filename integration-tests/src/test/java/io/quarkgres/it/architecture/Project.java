package io.quarkgres.it.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the modules' sources and classes are. Thread: any. */
final class Project {

  /** The modules that make up the server, in the order in which they are built. */
  static final List<String> MODULES =
      List.of(
          "storage-spi", "storage-memory", "storage-wal", "engine", "ext-vector", "wire", "server");

  /** Surefire runs in the module's directory. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Project() {}

  static Path mainSources(String module) {
    return ROOT.resolve(module).resolve("src/main/java");
  }

  /** Every Java source file of the module's main code. */
  static List<Path> sourceFiles(String module) {
    try (Stream<Path> files = Files.walk(mainSources(module))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packages that the module's main code has sources in. */
  static List<String> packages(String module) {
    return sourceFiles(module).stream()
        .map(file -> mainSources(module).relativize(file.getParent()).toString())
        .map(path -> path.replace('/', '.'))
        .distinct()
        .toList();
  }

  /** The main classes of the modules. */
  static JavaClasses classes(List<String> modules) {
    return new ClassFileImporter()
        .importPaths(
            modules.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .toList());
  }
}
