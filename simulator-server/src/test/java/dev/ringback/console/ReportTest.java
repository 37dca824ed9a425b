package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;

/** The HTML report of a run: one file, opened from the disk. */
@Timeout(180)
class ReportTest extends ConsoleFixture {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  ReportTest() {}

  @Test
  void theShippedRunWithAFailureFirst() throws Exception {
    System.setProperty("ringback.root", Path.of("..").toAbsolutePath().normalize().toString());
    Path wrong = Files.createDirectories(Path.of("target/report")).resolve("voicemail.yaml");
    String scenario =
        Files.readString(Path.of("../scenarios/results/dialed-call-incomplete.yaml"))
            .replace("../apps/", Path.of("../scenarios/apps").toRealPath() + "/")
            .replace("RecordingDuration: 10", "RecordingDuration: 11");
    Files.writeString(wrong, scenario);
    Path hostile = Path.of("target/report/voicemail-of-a-stranger.yaml");
    Files.writeString(
        hostile,
        scenario.replace("scenario: ", "scenario: </script><script>window.hacked=1</script> "));
    Path report = folder.resolve("report.html");
    Path journals = folder.resolve("journals");
    Commands.Run run =
        Commands.run(
            "run",
            "../scenarios",
            wrong.toString(),
            hostile.toString(),
            "--parallel",
            "2",
            "--html",
            report.toString(),
            "--journal",
            journals.toString());
    System.clearProperty("ringback.root");
    assertEquals(1, run.exit(), run.err());
    long size = Files.size(report);
    System.out.println(size + " bytes of HTML report");
    assertTrue(size < 2_000_000, size + " bytes");

    browser().manage().window().setSize(new Dimension(1400, 900));
    visit(report.toUri().toString());
    sees("2 failed");
    sees("window.hacked=1");
    sees("expected request: record");
    Object top =
        browser()
            .executeScript(
                "return document.querySelector('p.error').getBoundingClientRect().bottom");
    assertTrue(
        ((Number) Objects.requireNonNull(top)).doubleValue() < 400, "the reason is at " + top);
    assertTrue(
        browser().findElements(By.cssSelector(".cases .call")).getFirst().getText().contains("✗"));
    shoot("report");
    browser().executeScript("document.querySelector('.steps .virtual').scrollTop = 100000");
    press(step("→ record"));
    sees("RecordingDuration");
    sees("X-Twilio-Signature");
    hearsTheRecording();
    slide("Time", 1000);
    assertEquals(List.of(), browser().findElements(step("→ record")));
    ConsoleAccessTest.isAccessible("report");
    assertEquals(null, browser().executeScript("return window.hacked"));

    try (Stream<Path> written = Files.list(journals)) {
      Path journal =
          written
              .filter(file -> file.toString().contains("session-success"))
              .findFirst()
              .orElseThrow();
      isServed(journal);
    }
  }

  private static void hearsTheRecording() {
    find(By.tagName("canvas"));
    Awaitility.await()
        .until(() ->
            Boolean.TRUE.equals(
                browser().executeScript("return document.querySelector('audio').duration > 9")));
  }

  /** {@code ringback open}, as a process, until it is ended. */
  private static void isServed(Path journal) throws Exception {
    Process open =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ringback.cli.Ringback",
                "open",
                journal.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String url = open.inputReader().readLine();
      visit(String.valueOf(url));
      sees("Customer and advisor talk");
      press(step("call-answered"));
      sees("SequenceNumber");
    } finally {
      open.destroy();
      open.waitFor();
    }
  }

  @Test
  void whatIsNoJournalIsSaidToBeNone() throws Exception {
    Path file = Files.writeString(folder.resolve("x.jsonl"), "{}\n");
    Commands.Run run = Commands.run("open", file.toString());
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("no journal"), run.err());
    assertEquals(2, Commands.run("open", "nowhere.jsonl").exit());
    assertEquals(2, Commands.run("open", file.toString(), "--port", "70000").exit());
  }
}
