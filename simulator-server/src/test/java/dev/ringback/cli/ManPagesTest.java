package dev.ringback.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
  @TempDir Path folder;

  @Test
  void everyCommandHasAPageWithItsOptionsAndNoLineIsAnInstructionByAccident() throws Exception {
    ManPages.write(folder);
    Set<String> expected = new TreeSet<>(Set.of("ringback.1"));
    Ringback.commandLine()
        .getSubcommands()
        .keySet()
        .forEach(c -> expected.add("ringback-" + c + ".1"));
    Set<String> written = new TreeSet<>();
    try (var files = Files.list(folder)) {
      files.forEach(file -> written.add(file.getFileName().toString()));
    }
    assertEquals(expected, written);
    String load = Files.readString(folder.resolve("ringback-load.1"));
    assertTrue(load.contains("\\fB\\-\\-until p99>500ms\\fR"), load);
    assertTrue(load.contains(".SH ARGUMENTS"), load);
    for (String page : written) {
      for (String line : Files.readAllLines(folder.resolve(page))) {
        assertTrue(
            !line.startsWith("'")
                && (!line.startsWith(".") || line.matches("\\.(TH|SH|TP|nf|fi|br)( .*)?")),
            page + ": " + line);
      }
    }
  }
}
