package dev.ringback.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ringback.id.WireData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules of the core, each with its because. */
class ArchitectureTest {
  private static final String ROOT = "dev.ringback.";

  /** From the bottom up; a package may import those before it. */
  private static final List<String> STAIRCASE =
      List.of(
          "words",
          "snapshot",
          "id",
          "twiml",
          "voice",
          "call",
          "call.verb",
          "call.machine",
          "callback",
          "fault",
          "cast",
          "journal",
          "account",
          "conversation",
          "frontline",
          "meeting",
          "engine",
          "scenario");

  private static final List<String> PURE =
      List.of(
          "words",
          "id",
          "twiml",
          "voice",
          "call",
          "call.verb",
          "call.machine",
          "callback",
          "fault",
          "cast",
          "account",
          "conversation",
          "frontline",
          "meeting",
          "scenario");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ringback");

  @Test
  void importsGoDownTheStaircaseOnly() {
    for (int i = 0; i < STAIRCASE.size(); i++) {
      String[] above =
          STAIRCASE.subList(i + 1, STAIRCASE.size()).stream()
              .map(p -> ROOT + p)
              .toArray(String[]::new);
      if (above.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + STAIRCASE.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above)
            .because("a newcomer reads the packages from the bottom up")
            .check(CORE);
      }
    }
  }

  @Test
  void everyClassLivesOnTheStaircase() {
    classes()
        .should()
        .resideInAnyPackage(STAIRCASE.stream().map(p -> ROOT + p).toArray(String[]::new))
        .because("a package of its own needs a place on the staircase")
        .check(CORE);
  }

  @Test
  void thePurePackagesTouchNothingOfTheWorld() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE.stream().map(p -> ROOT + p).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..",
            "java.net.http..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.logging..",
            "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(File|RandomAccess).*|java\\.net\\..*(Socket|Connection|Address).*")
        .because("the core is a function of state and input")
        .check(CORE);
  }

  @Test
  void thePurePackagesReadNoClockAndNoRandomness() {
    Set<String> forbidden =
        Set.of(
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID");
    noClasses()
        .that()
        .resideInAnyPackage(PURE.stream().map(p -> ROOT + p).toArray(String[]::new))
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>("it is a clock or a source of randomness") {
              @Override
              public boolean test(JavaAccess<?> access) {
                return forbidden.contains(
                    access.getTargetOwner().getName() + "." + access.getTarget().getName());
              }
            })
        .because("time and chance are handed in")
        .check(CORE);
  }

  @Test
  void theCoreStandsAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.ringback..", "java..", "javax.xml.stream..", "javax.crypto..", "org.jspecify..")
        .because("the core has no HTTP, no JSON and no library to speak of")
        .check(CORE);
  }

  @Test
  void nobodyIsCalledUtil() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .because("one idea a file, and the idea has a name")
        .check(CORE);
  }

  /** Values that travel together are one value. */
  @Test
  void aConstructorOfMoreThanSixArgumentsIsWireData() {
    List<String> tooLong =
        CORE.stream()
            .filter(c -> !c.isAnonymousClass() && !c.isEnum() && !c.isAnnotatedWith(WireData.class))
            .flatMap(c -> c.getConstructors().stream())
            .filter(constructor -> constructor.getRawParameterTypes().size() > 6)
            .map(constructor -> constructor.getOwner().getName())
            .toList();
    assertEquals(List.of(), tooLong);
  }

  /** A file fits in a head; what grows past that is split by state or by noun. */
  @Test
  void aFileHasAtMostFourHundredLines() throws IOException {
    try (Stream<Path> here = Files.walk(Path.of("src", "main", "java"));
        Stream<Path> server = Files.walk(Path.of("..", "simulator-server", "src", "main"))) {
      List<String> tooLong =
          Stream.concat(here, server)
              .filter(f -> f.toString().endsWith(".java"))
              .filter(f -> lines(f) > 400)
              .map(f -> f.getFileName() + ": " + lines(f))
              .toList();
      assertEquals(List.of(), tooLong);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
