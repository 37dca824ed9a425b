package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that is not met says what was expected and what came nearest. */
@Timeout(60)
class VerdictTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  VerdictTest() {}

  private List<Failure> play(String then) throws Exception {
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        answers:
          - path: /voice
            form: {CallStatus: ringing}
            twiml: <Response><Connect action="/after"><Conversation serviceInstanceSid="IS0123456789abcdef0123456789abcdef"/></Connect></Response>
          - {path: /after, twiml: <Response><Hangup/></Response>}
        """);
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(
        file,
        """
        scenario: test
        given:
          conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
          cast: {alice: busy}
          app: app.yaml
        when:
          - call: {from: "+15558675310", to: "+15017122661"}
        """
            + then);
    return new Player(null).play(ScenarioReader.read(file)).verdict().failures();
  }

  @Test
  void aWrongFieldIsMarkedInTheNearestRequest() throws Exception {
    List<Failure> failures =
        play("then: [{request: action, form: {Result: session-success, DialCallStatus: busy}}]");
    assertEquals(1, failures.size());
    assertEquals(
        "request: action, form: {Result: session-success, DialCallStatus: busy}",
        failures.getFirst().expected());
    assertEquals(
        List.of(
            "nearest: action at 0.000s",
            "≠ Result: expected session-success, was 'dialed-call-incomplete'"),
        failures.getFirst().nearest());
  }

  /** What Twilio would have sent and did not: the reason stands below. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{request: session-status, form: {Status: call-answered}} | why: no <Conversation> of the app's has a statusCallback",
        "{request: recording-status} | why: no <Conversation> of the app's has a recordingStatusCallback",
        "{request: dial-status} | why: no answer of the app's had a <Client> or <Number> or <Sip>",
        "{request: gather} | why: no answer of the app's had a <Gather>",
        "{request: dial} | why: no answer of the app's had a <Dial>",
        "{request: fallback} | why: every request for TwiML was answered well, so no fallback was asked",
        "{request: url} | why: the call ended at 0.000s: <Hangup>",
      })
  void whyItDidNotCome(String expectation, String why) throws Exception {
    assertEquals(why, play("then: [" + expectation + "]").getFirst().nearest().getLast());
  }

  @Test
  void whoSubscribesToLessHearsLess() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("less.yaml"),
            """
            scenario: less
            given:
              conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
              app: less-app.yaml
              faults: [{fault: never-sent, request: session-status, form: {Status: call-completed}}]
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then:
              - {request: session-status, form: {Status: call-answered}}
              - {request: session-status, form: {Status: call-completed}}
              - allow: ["32502"]
            """);
    Files.writeString(
        folder.resolve("less-app.yaml"),
        """
        answers:
          - path: /voice
            twiml: <Response><Connect action="/after"><Conversation serviceInstanceSid="IS0123456789abcdef0123456789abcdef" statusCallback="/status" statusCallbackEvent="initiated call-completed"/></Connect></Response>
          - {path: /after, twiml: <Response><Hangup/></Response>}
        """);
    List<Failure> failures = new Player(null).play(ScenarioReader.read(file)).verdict().failures();
    assertEquals(
        "why: statusCallbackEvent of <Conversation> is 'initiated call-completed', without call-answered",
        failures.get(0).nearest().getLast());
    assertTrue(
        failures.get(1).nearest().stream().anyMatch(l -> l.startsWith("why: a fault struck: ")),
        failures.get(1)::toString);
  }

  @Test
  void everyMatcherCanFail() throws Exception {
    for (String matcher :
        List.of(
            "{DialCallStatus: absent}",
            "{DialCallDuration: present}",
            "{Result: /success/}",
            "{CallSid: {between: [1, 2]}}",
            "{RecordingUrl: {equals: absent}}")) {
      assertEquals(1, play("then: [{request: action, form: " + matcher + "}]").size(), matcher);
    }
    for (String matcher :
        List.of(
            "{DialCallStatus: present}",
            "{DialCallDuration: absent}",
            "{Result: /incomplete$/}",
            "{DialCallStatus: busy}")) {
      assertEquals(0, play("then: [{request: action, form: " + matcher + "}]").size(), matcher);
    }
  }

  @Test
  void everyExpectationCanFail() throws Exception {
    for (String expectation :
        List.of(
            "{request: url}",
            "{request: action, method: GET}",
            "{request: action, at: 3s}",
            "{request: action, answer: {verbs: [Say]}}",
            "{request: action, answer: {status: 500}}",
            "{never: {request: action}}",
            "{call: {ends: busy}}",
            "{alert: 12100}")) {
      assertEquals(1, play("then: [" + expectation + "]").size(), expectation);
    }
  }

  /** Whatever was expected before it, and wherever it stands. */
  @Test
  void whatIsNeverToHappenIsLookedForEverywhere() throws Exception {
    for (String harmless :
        List.of(
            "{request: url}",
            "{request: pre-webhook}",
            "{request: action, form: {DialCallStatus: no-answer}}",
            "{request: action, at: 3s}",
            "{request: voice, method: GET}")) {
      assertEquals(
          List.of(),
          play("then: [{never: " + harmless + "}, {request: voice}, {request: action}]"),
          harmless);
    }
    for (String then :
        List.of(
            "[{never: {request: voice}}]",
            "[{request: voice}, {request: action}, {never: {request: voice}}]",
            "[{never: {request: action}}, {request: voice}]",
            "[{request: action}, {never: {request: action, form: {DialCallStatus: busy}}}]")) {
      List<Failure> failures = play("then: " + then);
      assertEquals(1, failures.size(), then);
      assertTrue(failures.getFirst().expected().startsWith("never: request: "), then);
      assertEquals(List.of("it came at 0.000s"), failures.getFirst().nearest(), then);
    }
  }

  @Test
  void theOrderCounts() throws Exception {
    assertEquals(0, play("then: [{request: voice}, {request: action}]").size());
    List<Failure> failures = play("then: [{request: action}, {request: voice}]");
    assertTrue(failures.getFirst().nearest().getFirst().contains("before the request expected"));
  }

  @Test
  @Fact({"content.no-type-is-11200", "errors.code-11200"})
  void aCannedAnswerHasTheContentTypeItIsGivenOrNone() throws Exception {
    Files.writeString(folder.resolve("bare.yaml"), "answers: [{path: /voice, body: hello}]");
    Path file = folder.resolve("bare-scenario.yaml");
    Files.writeString(
        file,
        """
        scenario: no content type
        given: {app: bare.yaml}
        when: [{call: {from: "+15558675310", to: "+15017122661"}}]
        then: [{request: voice, answer: {status: 200}}, {alert: 11200}]
        """);
    assertEquals(List.of(), new Player(null).play(ScenarioReader.read(file)).verdict().failures());
  }

  @Test
  void strictAllowsNoOtherRequest() throws Exception {
    assertEquals(0, play("strict: true\nthen: [{request: voice}, {request: action}]").size());
    assertEquals(1, play("strict: true\nthen: [{request: action}]").size());
    assertEquals(1, play("strict: true\nthen: [{request: voice}]").size());
  }
}
