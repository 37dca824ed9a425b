package dev.ringback.viewer;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.WorldSettings;
import dev.ringback.media.InstalledVoices;
import dev.ringback.media.RecordingAudio;
import dev.ringback.media.Voices;
import dev.ringback.report.TimelineReader;
import dev.ringback.runner.FailureText;
import dev.ringback.runner.Outcome;
import dev.ringback.runner.TerminalReport;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.yaml.Durations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One scenario of a report, or the journal of one.
 *
 * @param detail a line below the name
 * @param cause why it failed; empty: it has not
 * @param failures expectation by expectation
 * @param calls as {@link CallViews#timeline} has them, with {@code moments} and {@code exchanges}
 */
public record ReportCase(
    String name,
    boolean passed,
    String detail,
    String cause,
    List<String> failures,
    List<Map<String, Object>> calls) {

  /**
   * Of a scenario that was played, or was to be.
   *
   * @param heard whether with its recordings
   */
  static ReportCase of(Outcome outcome, boolean heard) {
    List<CallRecord> records = outcome.played() ? outcome.last().calls() : List.of();
    return new ReportCase(
        outcome.file().name(),
        outcome.passed(),
        "%s, %s%s"
            .formatted(
                outcome.file().file(),
                Durations.text(TerminalReport.worldTime(outcome)),
                outcome.flaky() ? ", flaky" : ""),
        outcome.passed() ? "" : FailureText.cause(outcome),
        FailureText.lines(outcome),
        outcome.played() ? timelines(outcome.last().settings(), records, heard) : List.of());
  }

  /**
   * Of calls that took place.
   *
   * @param settings of the world in which they did
   */
  public static ReportCase of(
      String name, String detail, WorldSettings settings, List<CallRecord> records) {
    return new ReportCase(name, true, detail, "", List.of(), timelines(settings, records, true));
  }

  private static List<Map<String, Object>> timelines(
      WorldSettings settings, List<CallRecord> records, boolean heard) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (CallRecord record : records) {
      Map<String, Object> view = CallViews.timeline(TimelineReader.read(record));
      view.put("moments", Moments.of(settings, record));
      view.put("exchanges", ExchangeViews.all(settings, record));
      if (heard) {
        view.put("audio", audio(record));
      }
      views.add(view);
    }
    return views;
  }

  /** By SID: MP3, in base64. */
  private static Map<String, String> audio(CallRecord record) {
    Voices voices = InstalledVoices.best();
    Map<String, String> files = new LinkedHashMap<>();
    for (Recording recording : record.call().facts().recordings()) {
      if (recording.status() == RecordingStatus.COMPLETED) {
        ByteArrayOutputStream mp3 = new ByteArrayOutputStream();
        try {
          new RecordingAudio(recording, voices, recording.channels()).writeMp3(mp3);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        files.put(recording.sid().value(), Base64.getEncoder().encodeToString(mp3.toByteArray()));
      }
    }
    return files;
  }
}
