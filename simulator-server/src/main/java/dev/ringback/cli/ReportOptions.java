package dev.ringback.cli;

import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run leaves and prints. */
final class ReportOptions {
  @Option(names = "--report", paramLabel = "FILE.xml", description = "write a JUnit XML report")
  @Nullable Path report;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write an HTML report with every call: one file that opens without a server")
  @Nullable Path html;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "write each scenario's journal there, a line of JSON an entry")
  @Nullable Path journal;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "write the calls' recordings there, as WAV files")
  @Nullable Path recordings;

  @Option(names = "--timeline", description = "print every call's timeline, not only the failed")
  boolean timelines;

  @Option(names = "--json", description = "print the verdicts as JSON")
  boolean json;

  @Option(names = "--tap", description = "print the verdicts as TAP, version 14")
  boolean tap;

  void prepare() throws BadInput {
    if (json && tap) {
      throw WorldOptions.wrong("--tap", "and --json exclude each other");
    }
    OutputFiles.prepareFile("--report", report);
    OutputFiles.prepareFile("--html", html);
    OutputFiles.prepareFolder("--journal", journal);
    OutputFiles.prepareFolder("--recordings", recordings);
  }
}
