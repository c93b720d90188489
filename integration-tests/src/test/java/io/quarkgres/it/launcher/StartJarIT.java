package io.quarkgres.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in the form that starts fastest does what the jar does. */
class StartJarIT {

  @Test
  void callsThatWereLinkedAtRunTimeGiveTheSame(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    Path jar = folder.resolve("samples.jar");
    Path result = folder.resolve("start.jar");
    pack(jar);

    make(jar, result);

    assertThat(linkedBy("ObjectMethods", "SwitchBootstraps", jar))
        .contains("equals", "hashCode", "typeSwitch");
    assertThat(linkedBy("ObjectMethods", "SwitchBootstraps", result)).containsOnly("toString");
    URL[] path = {result.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> rewritten = loader.loadClass(LinkedCalls.class.getName());
      assertThat(rewritten.getMethod("results").invoke(null)).isEqualTo(LinkedCalls.results());
    }
  }

  static void make(Path jar, Path result) throws IOException {
    ProcessBuilder maker =
        new ProcessBuilder(
                Repository.root().resolve("scripts/make-start-jar").toString(),
                jar.toString(),
                result.toString())
            .redirectErrorStream(true);
    maker.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process making = maker.start();
    assertThat(new String(making.getInputStream().readAllBytes(), UTF_8)).isEmpty();
  }

  private static void pack(Path jar) throws IOException {
    String name = LinkedCalls.class.getSimpleName();
    URI here = URI.create(LinkedCalls.class.getResource(name + ".class").toString());
    String folder = LinkedCalls.class.getPackageName().replace('.', '/') + "/";
    try (Stream<Path> files = Files.list(Path.of(here).getParent());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String fileName = file.getFileName().toString();
        if (fileName.startsWith(name)) {
          out.putNextEntry(new JarEntry(folder + fileName));
          Files.copy(file, out);
        }
      }
    }
  }

  /** Returns the names of the calls that one of two classes links when they run first. */
  private static List<String> linkedBy(String one, String other, Path jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        try (InputStream in = file.getInputStream(entry)) {
          ClassModel model = ClassFile.of().parse(in.readAllBytes());
          model.methods().stream()
              .flatMap(method -> method.code().stream())
              .flatMap(CodeModel::elementStream)
              .filter(InvokeDynamicInstruction.class::isInstance)
              .map(InvokeDynamicInstruction.class::cast)
              .filter(call -> {
                String linker = call.bootstrapMethod().owner().displayName();
                return linker.equals(one) || linker.equals(other);
              })
              .forEach(call -> names.add(call.name().stringValue()));
        }
      }
    }
    return names;
  }
}
