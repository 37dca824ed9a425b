package dev.ringback.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
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
          "files",
          "report",
          "play",
          "frontline",
          "control",
          "rest",
          "server",
          "cli");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.ringback");

  @Test
  void importsGoDownTheStaircaseOnly() {
    for (int i = 0; i < STAIRCASE.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + STAIRCASE.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              STAIRCASE.subList(i + 1, STAIRCASE.size()).stream()
                  .map(p -> ROOT + p + "..")
                  .toArray(String[]::new))
          .because("a newcomer reads the packages from the bottom up")
          .check(ALL);
    }
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
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is the world's, and waiting is for something")
        .check(ALL);
  }
}
