package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.config.FaultReader;
import dev.ringback.fidelity.Fact;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.RecordMode;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped scenarios pass against the shipped app, over real HTTP. */
@Timeout(60)
class ScenariosTest {
  private static final Path SCENARIOS = Path.of("..", "scenarios");

  private static HttpServer app;

  @BeforeAll
  static void startApp() throws IOException {
    app = AdvisorLine.start(0);
  }

  @AfterAll
  static void stopApp() {
    app.stop(0);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") && !f.toString().contains("apps"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  @Fact({
    "call-status.action-after-the-caller-left",
    "call-status.action-while-the-caller-is-there",
    "call-status.answered-event",
    "call-status.first-request-inbound",
    "connect.action-has-no-default",
    "connect.apps-branch-on-incomplete",
    "connect.apps-branch-on-nobody",
    "connect.apps-record-dual-untrimmed",
    "connect.apps-use-get-and-post",
    "connect.conversation-has-a-method",
    "connect.failing-status-callback-is-32503",
    "connect.no-answer-is-no-result",
    "connect.stream-blocks",
    "connect.worker-calls-come-to-an-application",
    "conversation-calls.action-after-a-talk",
    "conversation-calls.caller-becomes-participant",
    "conversation-calls.declined-or-unanswered",
    "conversation-calls.log-is-told",
    "conversation-calls.state",
    "conversation-calls.unknown-callers",
    "conversation-errors.32500",
    "conversation-errors.32501",
    "conversation-errors.32502",
    "conversation-errors.32503",
    "conversation-errors.32506",
    "conversation-webhooks.binding-type-lower-case",
    "conversation-webhooks.customer-added",
    "conversation-webhooks.on-conversation-add",
    "conversation-webhooks.on-conversation-added",
    "dial.completed-and-not-bridged",
    "dial.dial-call-sid",
    "dial.first-to-answer-wins",
    "dial.queue-parameters",
    "dial.queue-url-parameters",
    "dial.record",
    "dial.sip-parameters",
    "dial.whisper-runs-on-the-child-leg",
    "dial.without-action-the-next-verb",
    "encoding.absent-is-left-out",
    "enqueue.wait-document-verbs",
    "enqueue.wait-url-parameters",
    "errors.code-16101",
    "errors.code-16102",
    "errors.code-16104",
    "errors.code-32500",
    "errors.code-32501",
    "errors.code-32502",
    "errors.code-32503",
    "errors.code-32506",
    "errors.code-48010",
    "fallback.error-code",
    "fallback.error-url",
    "fallback.is-asked-after-a-fatal-error",
    "fallback.none-is-an-apology",
    "frontline-routing.failure-is-48010",
    "frontline-routing.nobody-in-time",
    "frontline-routing.not-routed",
    "frontline-routing.timeout-is-five-seconds",
    "frontline-routing.worker-in-time-is-dialled",
    "frontline-voice.app-sends-conversation-sid",
    "frontline-voice.incoming-webhook",
    "frontline-voice.method-attribute",
    "frontline-voice.one-url-for-both",
    "frontline-voice.status-callback-of-app-and-number",
    "frontline-voice.status-events-are-four",
    "frontline-voice.worker-calls-as-client",
    "gather.finished-on-key-and-msg",
    "gather.no-input-goes-to-the-next-verb",
    "known-problems.voicemail-example",
    "lifecycle.pause-first-delays-the-answer",
    "lifecycle.reject-first-never-answers",
    "lifecycle.reject-is-no-answer-or-busy",
    "lifecycle.voice-url-while-ringing",
    "parameters.application-sid",
    "parameters.caller-copies-from",
    "parameters.client-calls-are-inbound",
    "parameters.client-calls-from",
    "parameters.client-calls-have-an-application",
    "parameters.client-calls-to-is-empty",
    "parameters.direction",
    "parameters.from-and-to-are-clients",
    "parameters.of-the-client-sdk",
    "parameters.parent-call-sid",
    "participants.no-voice-binding",
    "record.action-parameters",
    "record.finish-on-key",
    "record.hang-up-still-asks-the-action",
    "record.status-callback",
    "record.transcribe-callback",
    "record.without-action-is-a-loop",
    "recording-status.channels",
    "recording-status.error-code",
    "recording-status.no-standard-parameters",
    "recording-status.silent-is-absent",
    "recording-status.status",
    "recordings.source",
    "recordings.source-of-start",
    "redirect.hangup-ends-it",
    "redirect.leave-goes-to-the-action",
    "redirect.method-and-text",
    "redirect.reject-never-answers",
    "redirect.reject-reason",
    "refer.sip-legs-only",
    "sids.stream",
    "status-callbacks.dialled-leg-reports-by-itself",
    "status-callbacks.duration-in-minutes",
    "status-callbacks.number-reports-any-end",
    "status-callbacks.number-reports-once-at-the-end",
    "status-callbacks.parent-call-sid",
    "status-callbacks.session-counts-from-one",
    "stream.events",
    "stream.start-recording-is-dual",
    "stream.start-recording-source",
    "stream.status-parameters",
    "stream.url-and-name"
  })
  void passes(Path file) throws Exception {
    Performance performance =
        new Player("http://localhost:" + app.getAddress().getPort())
            .play(ScenarioReader.read(file));
    assertEquals(List.of(), performance.verdict().failures());
  }

  @Test
  void theVoicemailPassesAgainstItsCannedAppToo() throws Exception {
    Performance performance =
        new Player(null)
            .play(ScenarioReader.read(SCENARIOS.resolve("results/dialed-call-incomplete.yaml")));
    assertEquals(List.of(), performance.verdict().failures());
  }

  /** A file for each Result, DialCallStatus, verb, fault and value of record. */
  @Test
  void thereIsAFileForEach() throws IOException {
    for (Result result : Result.values()) {
      assertTrue(Files.exists(SCENARIOS.resolve("results/" + result.wireName() + ".yaml")));
    }
    for (DialCallStatus status : DialCallStatus.values()) {
      if (status == DialCallStatus.ANSWERED) {
        continue; // of conferences, see scenarios/verbs
      }
      assertTrue(
          Files.exists(SCENARIOS.resolve("dial-call-status/" + status.wireName() + ".yaml")));
    }
    for (String verb : Grammar.VERBS.keySet()) {
      String name =
          verb.equals("Start") || verb.equals("Stop")
              ? "start-stop"
              : verb.toLowerCase(Locale.ROOT);
      try (Stream<Path> verbs = Files.list(SCENARIOS.resolve("verbs"))) {
        assertTrue(
            verbs.anyMatch(f -> f.getFileName().toString().matches(name + "(-.*)?\\.yaml")), verb);
      }
    }
    for (String fault : FaultReader.NAMES) {
      if (fault.equals("wrong-signature")) {
        continue; // the sample app checks no signature, see explore's forged-request
      }
      assertTrue(Files.exists(SCENARIOS.resolve("faults/" + fault + ".yaml")), fault);
    }
    for (RecordMode mode : RecordMode.values()) {
      String name = "attributes/record-" + mode.wireName().replace("record-", "") + ".yaml";
      assertTrue(Files.exists(SCENARIOS.resolve(name)), name);
    }
  }
}
