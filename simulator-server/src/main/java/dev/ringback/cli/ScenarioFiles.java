package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.play.SampleApp;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scenario files that a run plays. */
final class ScenarioFiles {
  private ScenarioFiles() {}

  /** The files where none is named: beside the app that is, or those that are shipped. */
  static List<Path> usual(boolean withApp) {
    Path here = Path.of("scenarios");
    return List.of(
        SampleApp.scenarios()
            .filter(shipped -> !withApp)
            .map(ScenarioFiles::fromHere)
            .orElse(here));
  }

  /** As short as it can be named from the working folder. */
  private static Path fromHere(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return isBelow(path, here) ? here.relativize(path.toAbsolutePath().normalize()) : path;
  }

  /** Whether the file is one of those that are shipped, which are about the sample app. */
  static boolean isShipped(Path file) {
    return SampleApp.scenarios().filter(shipped -> isBelow(file, shipped)).isPresent();
  }

  private static boolean isBelow(Path file, Path folder) {
    return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  /** The files themselves, and those in the folders. */
  static List<Path> in(List<Path> sources) throws BadInput, IOException {
    List<Path> files = new ArrayList<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        try (Stream<Path> below = Files.walk(source)) {
          below
              .filter(p -> p.toString().endsWith(".yaml") || p.toString().endsWith(".yml"))
              .filter(p -> !isCannedApp(p))
              .sorted()
              .forEach(files::add);
        }
      } else if (Files.exists(source)) {
        files.add(source);
      } else {
        throw new BadInput(
            new Problem(source.toString(), 0, "", "there is no such file or folder", null));
      }
    }
    if (files.isEmpty()) {
      throw new BadInput(new Problem(null, 0, "", "no scenario (*.yaml) was found", null));
    }
    return files;
  }

  private static boolean isCannedApp(Path file) {
    Path folder = file.getParent();
    return folder != null && folder.endsWith("apps");
  }

  /**
   * Reads all, so that one look finds all that is wrong.
   *
   * @param seed null: as each says
   * @param account of those that name none
   */
  static List<ScenarioFile> read(List<Path> files, @Nullable Long seed, KnownAccount account)
      throws BadInput {
    List<ScenarioFile> scenarios = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        for (ScenarioFile read : ScenarioReader.readAll(file)) {
          ScenarioFile scenario = read.withAccount(account);
          scenarios.add(seed == null ? scenario : scenario.withSeed(seed));
        }
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return scenarios;
  }
}
