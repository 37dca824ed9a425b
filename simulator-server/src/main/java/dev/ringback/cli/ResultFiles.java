package dev.ringback.cli;

import dev.ringback.engine.CallRecord;
import dev.ringback.media.InstalledVoices;
import dev.ringback.media.Voices;
import dev.ringback.play.Player.Performance;
import dev.ringback.replay.JournalFile;
import dev.ringback.runner.JUnitReport;
import dev.ringback.runner.Outcome;
import dev.ringback.runner.Report;
import dev.ringback.runner.Results;
import dev.ringback.viewer.HtmlReport;
import dev.ringback.yaml.BadInput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The files that a run leaves.
 *
 * @param wanted which of them, and where
 * @param again the command that plays a scenario once more
 */
record ResultFiles(ReportOptions wanted, Function<Outcome, String> again) implements Report {

  @Override
  public void ends(Results results) throws BadInput {
    List<Outcome> outcomes = results.outcomes();
    Set<String> taken = new HashSet<>();
    writeRecordings(outcomes, taken);
    if (wanted.report != null) {
      OutputFiles.write(
          "--report",
          wanted.report,
          out ->
              JUnitReport.write(
                  new OutputStreamWriter(out, StandardCharsets.UTF_8), results, again));
    }
    if (wanted.html != null) {
      byte[] page = HtmlReport.of(results).getBytes(StandardCharsets.UTF_8);
      OutputFiles.write("--html", wanted.html, out -> out.write(page));
    }
    if (wanted.journal != null) {
      writeJournals(wanted.journal, outcomes, taken);
    }
  }

  private void writeRecordings(List<Outcome> outcomes, Set<String> taken) throws BadInput {
    Voices voices = InstalledVoices.best();
    for (Outcome outcome : outcomes) {
      for (CallRecord record : outcome.played() ? outcome.last().calls() : List.<CallRecord>of()) {
        // Identifiers are the seed's, so that those of two scenarios may be the same.
        RecordingFiles.write(
            record,
            wanted.recordings,
            voices,
            sid ->
                taken.add(sid + ".wav")
                    ? sid + ".wav"
                    : free(taken, fileName(outcome) + "-" + sid, ".wav"));
      }
    }
  }

  private static void writeJournals(Path folder, List<Outcome> outcomes, Set<String> taken)
      throws BadInput {
    for (Outcome outcome : outcomes) {
      if (outcome.played()) {
        String name = free(taken, fileName(outcome), ".jsonl");
        Performance performance = outcome.last();
        byte[] lines =
            JournalFile.of(
                    JournalFile.Head.of(outcome.file(), performance.settings()),
                    performance.journal())
                .text()
                .getBytes(StandardCharsets.UTF_8);
        OutputFiles.write("--journal", folder.resolve(name), out -> out.write(lines));
      }
    }
  }

  private static String fileName(Outcome outcome) {
    return outcome.file().file().toString().replaceAll("[^A-Za-z0-9._-]+", "_");
  }

  /** The name, or with a number behind it when another file of this run has it. */
  private static String free(Set<String> taken, String name, String ending) {
    String free = name + ending;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "-" + i + ending;
    }
    return free;
  }
}
