package dev.ringback.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.id.WireData;
import dev.ringback.journal.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rules of the server. */
class ServerArchitectureTest {
  private static final String ROOT = "dev.ringback.";

  /** From the bottom up; a package may import those before it. */
  private static final List<String> STAIRCASE =
      List.of(
          "media",
          "wire",
          "proxy",
          "yaml",
          "json",
          "signature",
          "metrics",
          "config",
          "state",
          "scenariofile",
          "report",
          "play",
          "runner",
          "load",
          "replay",
          "viewer",
          "facts",
          "capture",
          "explore",
          "schema",
          "worlds",
          "integration",
          "control",
          "rest",
          "rest.v1",
          "rest.v2010",
          "console",
          "mcp",
          "server",
          "embedded",
          "doctor",
          "project",
          "cli");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.ringback");

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> location.contains("/simulator-server/"))
          .importPackages("dev.ringback");

  private static String[] packages(Collection<String> names) {
    return names.stream().map(name -> ROOT + name).toArray(String[]::new);
  }

  @Test
  void importsGoDownTheStaircaseOnly() {
    for (int i = 0; i < STAIRCASE.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + STAIRCASE.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(STAIRCASE.subList(i + 1, STAIRCASE.size())))
          .because("a newcomer reads the packages from the bottom up")
          .check(SERVER);
    }
  }

  @Test
  void everyClassLivesOnTheStaircase() {
    classes()
        .should()
        .resideInAnyPackage(packages(STAIRCASE))
        .because("a package of its own needs a place on the staircase")
        .check(SERVER);
  }

  @Test
  void packagesHaveNoCircles() {
    slices()
        .matching(ROOT + "(**)")
        .should()
        .beFreeOfCycles()
        .because("what is in a circle can only be read all at once")
        .check(SERVER);
  }

  @Test
  void classesHaveNoCircles() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""));
              }

              @Override
              public String getDescription() {
                return "files";
              }
            })
        .should()
        .beFreeOfCycles()
        .because("a file is understood with what it uses, not with what uses it")
        .check(SERVER);
  }

  @Test
  void noConstructorHasMoreThanSixArguments() {
    List<String> tooLong =
        SERVER.stream()
            .filter(c -> !c.isAnonymousClass() && !c.isAnnotatedWith(WireData.class))
            .flatMap(c -> c.getConstructors().stream())
            .filter(constructor -> constructor.getRawParameterTypes().size() > 6)
            .map(constructor -> constructor.getOwner().getSimpleName())
            .toList();
    assertEquals(List.of(), tooLong);
  }

  @Test
  void twilioAndTheControlApiDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "control")
        .because("an app that uses the one API has nothing to do with the other")
        .check(SERVER);
  }

  @Test
  void theOfficialLibraryIsARefereeAndNoPlayer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ringback.twilio..") // it is for apps that use the library
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.twilio..")
        .because("what is emulated must not be what emulates")
        .check(ALL);
  }

  @Test
  void requestsArePairedWithTheirAnswersInTheJournal() {
    Map<Class<?>, Set<String>> pairing =
        Map.of(
            Fact.Requested.class, Set.of("exchange"),
            Fact.TriedAgain.class, Set.of("exchange", "why"),
            Fact.Remembered.class, Set.of("exchange"),
            Fact.Concluded.class, Set.of("exchange", "landing"),
            CallInput.Landed.class, Set.of("exchange", "landing"),
            CallEvent.DocumentRead.class, Set.of("verbs", "findings"));
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "call..", ROOT + "journal", ROOT + "engine")
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>("it says which answer a request had") {
              @Override
              public boolean test(JavaAccess<?> access) {
                return pairing.entrySet().stream()
                    .anyMatch(type ->
                        access.getTargetOwner().isEquivalentTo(type.getKey())
                            && type.getValue().contains(access.getTarget().getName()));
              }
            })
        .because("verdicts, timelines and reports read the same Exchanges")
        .check(ALL);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is the world's, and waiting is for something")
        .check(ALL);
  }
}
