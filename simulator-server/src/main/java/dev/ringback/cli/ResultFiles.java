package dev.ringback.cli;

import dev.ringback.engine.CallRecord;
import dev.ringback.json.JournalJson;
import dev.ringback.media.InstalledVoices;
import dev.ringback.media.Voices;
import dev.ringback.play.Player.Performance;
import dev.ringback.report.JUnitXml;
import dev.ringback.yaml.BadInput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run leaves.
 *
 * @param report null: none is written
 * @param journals folder of the journals; null: none is written
 * @param recordings folder of the recordings; null: none is written
 */
record ResultFiles(@Nullable Path report, @Nullable Path journals, @Nullable Path recordings) {

  /**
   * @param took on the wall, all in
   */
  void write(List<Performance> performances, Duration took) throws BadInput {
    Set<String> taken = new HashSet<>();
    writeRecordings(performances, taken);
    if (report != null) {
      writeReport(report, performances, took);
    }
    if (journals != null) {
      writeJournals(journals, performances, taken);
    }
  }

  private void writeRecordings(List<Performance> performances, Set<String> taken) throws BadInput {
    Voices voices = InstalledVoices.best();
    for (Performance performance : performances) {
      for (CallRecord record : performance.calls()) {
        // Identifiers are the seed's, so that those of two scenarios may be the same.
        RecordingFiles.write(
            record,
            recordings,
            voices,
            sid ->
                taken.add(sid + ".wav")
                    ? sid + ".wav"
                    : free(taken, fileName(performance) + "-" + sid, ".wav"));
      }
    }
  }

  private static void writeReport(Path file, List<Performance> performances, Duration took)
      throws BadInput {
    List<JUnitXml.Case> cases =
        performances.stream()
            .map(p ->
                new JUnitXml.Case(
                    p.file().file().toString(), p.file().name(), p.took(), Verdicts.failures(p)))
            .toList();
    OutputFiles.write(
        "--report",
        file,
        out -> JUnitXml.write(new OutputStreamWriter(out, StandardCharsets.UTF_8), took, cases));
  }

  private static void writeJournals(Path folder, List<Performance> performances, Set<String> taken)
      throws BadInput {
    for (Performance performance : performances) {
      String name = free(taken, fileName(performance), ".jsonl");
      byte[] lines =
          performance.journal().stream()
              .map(entry -> JournalJson.write(entry) + "\n")
              .collect(Collectors.joining())
              .getBytes(StandardCharsets.UTF_8);
      OutputFiles.write("--journal", folder.resolve(name), out -> out.write(lines));
    }
  }

  private static String fileName(Performance performance) {
    return performance.file().file().toString().replaceAll("[^A-Za-z0-9._-]+", "_");
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
