package dev.ringback.capture;

import dev.ringback.replay.JournalFile;
import dev.ringback.replay.RecordedScenario;
import dev.ringback.runner.Wildcards;
import dev.ringback.scenario.Verdict;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.YamlText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A captured call as files. The journal is that of the call as Ringback plays it, against the app
 * as it was captured; where Twilio did otherwise, {@code fidelity} says so in both.
 *
 * @param text of the scenario
 * @param journal as a file
 * @param fidelity a sentence each
 * @param verdict of the scenario, against the app as it was captured
 */
record CapturedScenario(
    String title, String text, String journal, List<String> fidelity, Verdict verdict) {
  /** Headers of Twilio's own. */
  private static final Set<String> TWILIOS =
      Set.of(
          "x-twilio-signature",
          "i-twilio-idempotency-token",
          "x-home-region",
          "user-agent",
          "accept",
          "content-type");

  /**
   * @param file for the scenario
   * @param begin of the call
   * @param captured requests of the call, in order; the first is the voice request
   * @param over whether the call was over; otherwise nothing is said of what came after
   */
  static CapturedScenario of(Path file, Instant begin, StandIns.Replaced captured, boolean over)
      throws BadInput {
    PlayedGuess played = Inference.of(captured.captured(), over);
    List<String> fidelity = played.differences().stream().map(Difference::text).toList();
    String title = RecordedScenario.title(played.rehearsal().record());
    Set<String> unanswered = played.rehearsal().unanswered();
    String text =
        "# Captured between Twilio and the app, %s.\n".formatted(begin)
            + (over
                ? ""
                : "# The capture ended while the call went on; how it ends is not known.\n")
            + "scenario: "
            + YamlText.scalar(title)
            + "\n"
            + (isStrict(played) && unanswered.isEmpty() ? "strict: true\n" : "")
            + list(fidelity)
            + played.guess().text()
            + RecordedScenario.expectations(
                played.rehearsal().settings(),
                played.rehearsal().record(),
                new Wildcards(captured.words()),
                unanswered);
    Rehearsal last = Rehearsal.of(file, text, captured.captured(), over);
    JournalFile.Head head =
        new JournalFile.Head(
            file,
            text,
            title,
            last.file().seed(),
            last.settings().account(),
            new JournalFile.Captured(
                fidelity,
                captured.words(),
                List.copyOf(last.unanswered()),
                captured.captured().stream().map(CapturedScenario::asSent).toList()));
    return new CapturedScenario(
        title,
        text,
        JournalFile.of(head, last.journal()).text(),
        fidelity,
        last.outcome().verdict());
  }

  /** What proxies and tunnels add to it is left out. */
  private static JournalFile.Request asSent(Captured captured) {
    return new JournalFile.Request(
        captured.request().method(),
        captured.request().path(),
        captured.headers().stream()
            .filter(header -> TWILIOS.contains(header.name().toLowerCase(Locale.ROOT)))
            .toList(),
        captured.form().params());
  }

  /** Webhooks of Conversations do not come in an order with those of the call. */
  private static boolean isStrict(PlayedGuess played) {
    return !played.guess().urls().containsKey("preWebhook")
        && !played.guess().urls().containsKey("postWebhook");
  }

  private static String list(List<String> fidelity) {
    return fidelity.isEmpty()
        ? ""
        : "fidelity: # where Twilio did otherwise\n"
            + fidelity.stream()
                .map(line -> "  - " + YamlText.scalar(line) + "\n")
                .collect(Collectors.joining());
  }
}
