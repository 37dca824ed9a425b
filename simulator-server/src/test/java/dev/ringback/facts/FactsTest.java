package dev.ringback.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.ringback.facts.ServiceFact.Status;
import dev.ringback.house.GeneratedDocs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The table of facts, and the tests that name them. */
class FactsTest {
  private static final List<Path> SOURCES =
      List.of(
          Path.of("..", "simulator-core", "src", "test", "java"),
          Path.of("..", "simulator-server", "src", "test", "java"));

  private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "TestFactory");

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** The tests by the facts that they name. */
  private static Map<String, Set<String>> named() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    assertTrue(files.size() > 100, files::toString);
    try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, null, null)) {
      return named(manager.getJavaFileObjectsFromPaths(files));
    }
  }

  private static Map<String, Set<String>> named(Iterable<? extends JavaFileObject> sources)
      throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    JavacTask task =
        (JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
    for (CompilationUnitTree unit : task.parse()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void unused) {
          List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
          boolean isTest =
              annotations.stream().anyMatch(annotation -> TESTS.contains(name(annotation)));
          boolean runs = annotations.stream().noneMatch(a -> name(a).equals("Disabled"));
          for (AnnotationTree annotation : annotations) {
            if (name(annotation).equals("Fact")) {
              String test =
                  unit.getSourceFile().getName().replaceFirst(".*/", "").replace(".java", "")
                      + "#"
                      + method.getName();
              facts(annotation)
                  .forEach(id ->
                      named
                          .computeIfAbsent(id, i -> new TreeSet<>())
                          .add(isTest && runs ? test : test + ", which is no test that runs"));
            }
          }
          return super.visitMethod(method, null);
        }
      }.scan(unit, null);
    }
    return named;
  }

  private static String name(AnnotationTree annotation) {
    return annotation.getAnnotationType().toString().replaceFirst(".*\\.", "");
  }

  private static List<String> facts(AnnotationTree annotation) {
    List<String> ids = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void unused) {
        ids.add(String.valueOf(literal.getValue()));
        return null;
      }
    }.scan(annotation, null);
    return ids;
  }

  /** What is wrong with a table and the tests that name its facts, a sentence each. */
  private static List<String> wrong(List<ServiceFact> facts, Map<String, Set<String>> named) {
    List<String> wrong = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ServiceFact fact : facts) {
      Set<String> tests = named.getOrDefault(fact.id(), Set.of());
      if (!ids.add(fact.id())) {
        wrong.add(fact.id() + " is there twice");
      }
      if (fact.status() == Status.HOLDS && tests.isEmpty()) {
        wrong.add(fact.id() + " holds, and no test names it");
      }
      if (fact.status() != Status.HOLDS && !tests.isEmpty()) {
        wrong.add("%s %s, and %s names it".formatted(fact.id(), fact.status().wireName(), tests));
      }
      if (fact.status() == Status.HOLDS != fact.why().isEmpty()) {
        wrong.add(fact.id() + " has a reason only where it does not hold");
      }
    }
    named.forEach((id, tests) -> {
      if (!ids.contains(id)) {
        wrong.add("%s is named by %s, and is no fact of the table".formatted(id, tests));
      }
      tests.stream().filter(test -> test.contains(",")).forEach(wrong::add);
    });
    return wrong;
  }

  @Test
  void everyFactThatHoldsHasATestAndEveryTestNamesFactsOfTheTable() throws IOException {
    assertEquals("", String.join("\n", wrong(Facts.all(), named())));
  }

  @Test
  void whatIsWrongIsFound() throws IOException {
    String source =
        """
        class SomeTest {
          @Test
          @Fact({"a.known", "a.differing"})
          void one() {}

          @Fact("a.helper")
          void helper() {}

          @Test
          @Disabled
          @Fact("a.sleeping")
          void sleeping() {}

          @ParameterizedTest
          @dev.ringback.fidelity.Fact("a.stranger")
          void two() {}
        }
        """;
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///SomeTest.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<ServiceFact> facts =
        List.of(
            fact("a.known", Status.HOLDS, ""),
            fact("a.differing", Status.DIFFERS, "so"),
            fact("a.helper", Status.HOLDS, ""),
            fact("a.sleeping", Status.HOLDS, ""),
            fact("a.untested", Status.HOLDS, ""),
            fact("a.unreasoned", Status.NOT_CONCERNED, ""),
            fact("a.known", Status.HOLDS, ""));
    assertEquals(
        List.of(
            "a.differing differs, and [SomeTest#one] names it",
            "a.untested holds, and no test names it",
            "a.unreasoned has a reason only where it does not hold",
            "a.known is there twice",
            "SomeTest#helper, which is no test that runs",
            "SomeTest#sleeping, which is no test that runs",
            "a.stranger is named by [SomeTest#two], and is no fact of the table"),
        wrong(facts, named(List.of(file))));
  }

  private static ServiceFact fact(String id, Status status, String why) {
    return new ServiceFact(id, "It is so", ServiceFact.Kind.OBSERVED, "x", "voice 1", status, why);
  }

  @Test
  void thePageIsThatOfTheTable() {
    GeneratedDocs.check("FIDELITY.md", FactsPage.of(Facts.all()));
  }

  @Test
  void everyRuleIsOfAFactThatHolds() {
    Set<String> unknown = new TreeSet<>();
    for (FactRule rule : FactRules.ALL) {
      if (Facts.find(rule.fact()).filter(fact -> fact.status() == Status.HOLDS).isEmpty()) {
        unknown.add(rule.fact());
      }
    }
    assertEquals(Set.of(), unknown);
  }
}
