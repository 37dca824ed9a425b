package dev.ringback.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic.Kind;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A switch over a sealed type lists its cases: a new state, input or fact then breaks the compile
 * wherever it matters, and a {@code default} would swallow it. Switches over enums and strings may
 * have one.
 */
class SealedSwitchTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  @Test
  void noSwitchOverASealedTypeHasADefault() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertTrue(sources.size() > 100, sources.toString());
    try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, null, null)) {
      assertEquals(List.of(), offences(manager.getJavaFileObjectsFromPaths(sources)));
    }
  }

  @Test
  void everySortOfDefaultIsFound() throws IOException {
    String source =
        """
        sealed interface Shape {
          record Circle() implements Shape {}
          record Square(Shape inner) implements Shape {}

          static int arrow(Shape shape) {
            return switch (shape) {
              case Circle circle -> 1;
              default -> 2;
            };
          }

          static int colon(Square square) {
            switch (square.inner()) {
              case Circle circle:
                return 1;
              default:
                return 2;
            }
          }

          static <S extends Shape> int nullAndDefault(S shape) {
            return switch (shape) {
              case Circle circle -> 1;
              case null, default -> 2;
            };
          }

          static int patternForAllOfThem(Shape shape) {
            return switch (shape) {
              case Circle circle -> 1;
              case Shape other -> 2;
            };
          }
        }
        """;
    assertEquals(
        List.of("Shape.java:8", "Shape.java:16", "Shape.java:24", "Shape.java:31"),
        offences(List.of(new Source("Shape", source))));
  }

  @Test
  void listedCasesEnumsAndStringsAreNoOffence() throws IOException {
    String source =
        """
        sealed interface Shape {
          record Circle(int radius) implements Shape {}
          record Square() implements Shape {}

          enum Colour {
            RED,
            GREEN {}
          }

          static int listed(Shape shape) {
            return switch (shape) {
              case null -> 0;
              case Circle circle when circle.radius() > 1 -> 1;
              case Circle circle -> 2;
              case Square square -> 3;
            };
          }

          static int enums(Colour colour) {
            return switch (colour) {
              case RED -> 1;
              default -> 2;
            };
          }

          static int strings(String name) {
            return switch (name) {
              case "red" -> 1;
              default -> 2;
            };
          }
        }
        """;
    assertEquals(List.of(), offences(List.of(new Source("Shape", source))));
  }

  /** Where they are, such as {@code Judge.java:42}: the line of each default. */
  private static List<String> offences(Iterable<? extends JavaFileObject> sources)
      throws IOException {
    List<String> options =
        List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavacTask task = (JavacTask) COMPILER.getTask(null, null, problems, options, null, sources);
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    task.analyze();
    // A type that is not found is not known to be sealed.
    assertEquals(
        List.of(),
        problems.getDiagnostics().stream().filter(p -> p.getKind() == Kind.ERROR).toList());
    DefaultScanner scanner = new DefaultScanner(task);
    units.forEach(unit -> scanner.scan(unit, null));
    return scanner.offences;
  }

  private static final class DefaultScanner extends TreePathScanner<Void, Void> {
    private final JavacTask task;
    private final Trees trees;
    private final List<String> offences = new ArrayList<>();

    DefaultScanner(JavacTask task) {
      this.task = task;
      this.trees = Trees.instance(task);
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
      look(tree.getExpression(), tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
      look(tree.getExpression(), tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void look(ExpressionTree selector, List<? extends CaseTree> cases) {
      TypeMirror type = type(new TreePath(getCurrentPath(), selector));
      if (isSealed(type)) {
        for (CaseTree one : cases) {
          for (CaseLabelTree label : one.getLabels()) {
            if (label instanceof DefaultCaseLabelTree
                || (label instanceof PatternCaseLabelTree pattern
                    && one.getGuard() == null
                    && takesAll(pattern, one, type))) {
              offences.add(place(label));
            }
          }
        }
      }
    }

    /** A pattern of the selector's own type is a default by another name. */
    private boolean takesAll(PatternCaseLabelTree label, CaseTree one, TypeMirror selector) {
      TreePath path = new TreePath(new TreePath(getCurrentPath(), one), label);
      TypeMirror pattern = type(new TreePath(path, label.getPattern()));
      return task.getTypes()
          .isSubtype(task.getTypes().erasure(selector), task.getTypes().erasure(pattern));
    }

    private TypeMirror type(TreePath path) {
      TypeMirror type = trees.getTypeMirror(path);
      if (type == null) {
        throw new AssertionError("no type at " + place(path.getLeaf()));
      }
      return type;
    }

    private boolean isSealed(TypeMirror type) {
      Element element = task.getTypes().asElement(task.getTypes().erasure(type));
      return element != null
          && element.getKind() != ElementKind.ENUM
          && element.getModifiers().contains(Modifier.SEALED);
    }

    private String place(Tree tree) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      LineMap lines = unit.getLineMap();
      String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
      return file
          + ":"
          + lines.getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
