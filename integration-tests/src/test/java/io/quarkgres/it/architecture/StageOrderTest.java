package io.quarkgres.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Data flows one way through the engine: a stage uses those before it and none behind it, and the
 * packages of a stage form an order too.
 */
class StageOrderTest {

  /** The packages right below the engine's, in order; the last one may use all. */
  static final List<String> STAGES =
      List.of(
          "ast",
          "parse",
          "type",
          "function",
          "extension",
          "catalog",
          "bind",
          "deparse",
          "optimize",
          "plan",
          "expr",
          "spill",
          "exec",
          "ddl",
          "replication",
          "session");

  private static final String ENGINE = "io.quarkgres.engine";

  private static final JavaClasses CLASSES = Project.classes(List.of("engine"));

  @Test
  void everyPackageBelongsToAStage() {
    assertThat(
            Project.packages("engine").stream()
                .filter(name -> !name.equals(ENGINE))
                .map(StageOrderTest::stageOf)
                .distinct())
        .isNotEmpty()
        .isSubsetOf(STAGES);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void usesNoStageBehindIt(String stage) {
    List<String> behind = STAGES.subList(STAGES.indexOf(stage) + 1, STAGES.size());
    assertThat(
            CLASSES.stream()
                .filter(type -> stageOf(type.getPackageName()).equals(stage))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> behind.contains(stageOf(dependency.getTargetClass())))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .matching(ENGINE + ".(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  private static String stageOf(JavaClass type) {
    return stageOf(type.getBaseComponentType().getPackageName());
  }

  /** The first name below the engine's package, or nothing for another package. */
  private static String stageOf(String packageName) {
    if (!packageName.startsWith(ENGINE + ".")) {
      return "";
    }
    String below = packageName.substring(ENGINE.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
