package io.quarkgres.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A switch over a sealed type has no {@code default}, so that a new variant breaks the build
 * wherever it has to be thought about.
 */
class SealedSwitchTest {

  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  @Test
  void noSwitchOverASealedTypeHasADefault() throws IOException {
    List<Path> sources =
        Project.MODULES.stream().flatMap(module -> Project.sourceFiles(module).stream()).toList();
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
      assertThat(defaults(files, files.getJavaFileObjectsFromPaths(sources))).isEmpty();
    }
  }

  @Test
  void findsADefaultInAStatementAndInAnExpression() throws IOException {
    String source =
        """
        sealed interface Shape {
          record Circle() implements Shape {}
          record Square() implements Shape {}
          static int corners(Shape shape) {
            return switch (shape) {
              case Square _ -> 4;
              default -> 0;
            };
          }
          static void draw(Shape shape) {
            switch (shape) {
              case Circle _ -> System.out.println();
              case null, default -> System.out.print(' ');
            }
          }
          static int allowed(Shape shape, int n) {
            return switch (shape) {
              case Square _ -> switch (n) { case 1 -> 4; default -> 2; };
              case Circle _ -> 0;
            };
          }
        }
        """;
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Shape.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
      assertThat(defaults(files, List.of(file)))
          .containsExactly("/Shape.java:5 default for Shape", "/Shape.java:11 default for Shape");
    }
  }

  private static List<String> defaults(
      StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
      throws IOException {
    List<String> options =
        List.of(
            "-proc:none",
            "--add-modules=jdk.incubator.vector",
            "-classpath",
            System.getProperty("java.class.path"));
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavacTask task = (JavacTask) JAVAC.getTask(null, files, problems, options, null, sources);
    Iterable<? extends CompilationUnitTree> units = task.parse();
    task.analyze();
    assertThat(problems.getDiagnostics())
        .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .isEmpty();
    DefaultFinder finder = new DefaultFinder(Trees.instance(task));
    units.forEach(unit -> finder.scan(unit, null));
    return finder.found;
  }

  /** Collects each switch that has a default label over a sealed type. */
  private static final class DefaultFinder extends TreePathScanner<Void, Void> {

    private final Trees trees;
    private final List<String> found = new ArrayList<>();

    DefaultFinder(Trees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitSwitch(SwitchTree node, Void unused) {
      check(node, node.getExpression(), node.getCases());
      return super.visitSwitch(node, unused);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree node, Void unused) {
      check(node, node.getExpression(), node.getCases());
      return super.visitSwitchExpression(node, unused);
    }

    private void check(Tree node, ExpressionTree selector, List<? extends CaseTree> cases) {
      boolean hasDefault =
          cases.stream()
              .flatMap(arm -> arm.getLabels().stream())
              .anyMatch(DefaultCaseLabelTree.class::isInstance);
      if (hasDefault
          && trees.getTypeMirror(new TreePath(getCurrentPath(), selector)) instanceof DeclaredType t
          && t.asElement().getModifiers().contains(Modifier.SEALED)) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long start = trees.getSourcePositions().getStartPosition(unit, node);
        found.add(
            "%s:%d default for %s"
                .formatted(
                    unit.getSourceFile().getName(),
                    unit.getLineMap().getLineNumber(start),
                    t.asElement().getSimpleName()));
      }
    }
  }
}
