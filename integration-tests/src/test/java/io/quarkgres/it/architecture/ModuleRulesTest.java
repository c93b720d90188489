package io.quarkgres.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a module may use of the others, how packages lie in modules, and how types are named. */
class ModuleRulesTest {

  static final List<String> MODULES = Project.MODULES;

  private static final String OWN = "io.quarkgres.";

  /** The package prefixes that each module may use, below {@link #OWN}; its own comes last. */
  private static final List<String> JDK = List.of("java", "javax.management", "com.sun.management");

  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "storage-spi", List.of("spi"),
          "storage-memory", List.of("spi", "storage.memory"),
          "storage-wal", List.of("spi", "storage.memory", "storage.wal"),
          "engine", List.of("spi", "engine"),
          "ext-vector",
              List.of("spi", "engine.extension", "engine.type", "engine.function", "vector"),
          "wire",
              List.of(
                  "spi.data",
                  "spi.error",
                  "engine.session",
                  "engine.catalog",
                  "engine.type",
                  "wire"),
          "server", List.of("spi", "storage", "engine", "vector", "wire", "server"));

  @ParameterizedTest
  @FieldSource("MODULES")
  void usesOnlyWhatItsArrowsAllow(String module) {
    List<String> allowed = MAY_USE.get(module);
    assertThat(
            dependencies(
                module,
                target ->
                    target.startsWith(OWN)
                        && allowed.stream().noneMatch(prefix -> isWithin(target, OWN + prefix))))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void hasItsPackagesWhereItsNameSays(String module) {
    assertThat(Project.packages(module))
        .isNotEmpty()
        .allMatch(name -> isWithin(name, OWN + MAY_USE.get(module).getLast()));
  }

  @Test
  void theStorageContractNeedsNoLibrary() {
    assertThat(dependencies("storage-spi", target -> !isOfJdk(target) && !isOwn(target))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void onlyTheServerKnowsQuarkus(String module) {
    if (module.equals("server")) {
      return;
    }
    assertThat(
            dependencies(
                module, target -> isWithin(target, "io.quarkus") || isWithin(target, "jakarta")))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void everyPackageSaysWhatItIsFor(String module) {
    assertThat(Project.packages(module))
        .allSatisfy(name ->
            assertThat(
                    Files.exists(
                        Project.mainSources(module)
                            .resolve(name.replace('.', '/'))
                            .resolve("package-info.java")))
                .as("package-info.java of %s", name)
                .isTrue());
  }

  @Test
  void noPackageIsSplitOverModules() {
    Map<String, List<String>> modulesByPackage = new TreeMap<>();
    for (String module : MODULES) {
      for (String name : Project.packages(module)) {
        modulesByPackage.computeIfAbsent(name, _ -> new ArrayList<>()).add(module);
      }
    }
    assertThat(modulesByPackage).allSatisfy((_, modules) -> assertThat(modules).hasSize(1));
  }

  @Test
  void namesSayTheDifference() {
    assertThat(Project.classes(MODULES))
        .filteredOn(type -> !type.isAnonymousClass())
        .extracting(JavaClass::getSimpleName)
        .isNotEmpty()
        .noneMatch(name -> name.matches("Abstract.*|.*(Manager|Helper|Util|Utils|Impl)"));
  }

  private static List<String> dependencies(String module, Predicate<String> isWrongPackage) {
    return Project.classes(List.of(module)).stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> isWrongPackage.test(packageOf(dependency.getTargetClass())))
        .map(Dependency::getDescription)
        .toList();
  }

  private static String packageOf(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    // A primitive type has no package; it is as good as java.lang.
    return element.isPrimitive() ? "java.lang" : element.getPackageName();
  }

  private static boolean isOwn(String name) {
    return name.startsWith(OWN);
  }

  private static boolean isOfJdk(String name) {
    return JDK.stream().anyMatch(prefix -> isWithin(name, prefix));
  }

  private static boolean isWithin(String name, String prefix) {
    return name.equals(prefix) || name.startsWith(prefix + ".");
  }
}
