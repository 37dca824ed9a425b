package dev.ringback.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fidelity.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** REST requests of a script: any of them, at a second of virtual time. */
@Timeout(60)
class ApiRequestsTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  ApiRequestsTest() {}

  @BeforeEach
  void app() throws Exception {
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        answers:
          - path: /voice
            twiml: <Response><Connect action="/after"><Conversation serviceInstanceSid="IS0123456789abcdef0123456789abcdef" record="record-from-answer" recordingStatusCallback="{app}/recorded"/></Connect></Response>
          - {path: /after, twiml: <Response><Hangup/></Response>}
          - {path: /elsewhere, twiml: <Response><Say>Hello</Say><Hangup/></Response>}
          - {path: /called, twiml: <Response><Hangup/></Response>}
        """);
  }

  private Run run(String when, String then) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            scenario: by the API
            given:
              conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
              workers: [{identity: alice}, {identity: bob}]
              cast: {alice: {answers: {after: 2s, talks: 30s}}}
              app: app.yaml
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
              - api: {%s}
            then:
              - request: voice
              - %s
            """
                .formatted(when, then));
    return Commands.run("run", file.toString());
  }

  private void passes(String when, String then) throws Exception {
    Run run = run(when, then);
    assertEquals(0, run.exit(), run::said);
  }

  @Test
  @Fact("calls.redirect-interrupts")
  void aCallIsRedirected() throws Exception {
    passes(
        "at: 7s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}.json\", form: {Url: \"http://app.test/elsewhere\"}",
        "{request: redirect, at: 7s, answer: {verbs: [Say, Hangup]}}");
  }

  @Test
  @Fact("recordings.pause-behavior")
  void aRecordingIsPausedAndSilentUntilTheEnd() throws Exception {
    passes(
        "at: 12s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json\", form: {Status: paused, PauseBehavior: silence}",
        "{recording: {duration: 30, silence: 20}}");
  }

  @Test
  void aCallIsCreated() throws Exception {
    passes(
        "at: 5s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls.json\", form: {To: \"+15558675399\", From: \"+15017122661\", Url: \"http://app.test/called\"}",
        "{request: voice, form: {Direction: outbound-api, To: \"+15558675399\"}, at: {between: [5s, 9s]}}");
  }

  @Test
  void aParticipantIsAdded() throws Exception {
    passes(
        "at: 5s, post: \"/conversations/v1/Conversations/{ConversationSid}/Participants\", form: {Identity: bob}",
        "{participant: {identity: bob}}");
  }

  @Test
  void whatIsRefusedFailsTheScenario() throws Exception {
    String nothing = "{call: {ends: completed}}";
    Run run =
        run(
            "at: 5s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/CA00000000000000000000000000000000.json\", form: {Status: completed}",
            nothing);
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("impossible then: the API answered 404: "), run.out());
    passes(
        "at: 5s, answers: 404, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/CA00000000000000000000000000000000.json\", form: {Status: completed}",
        nothing);
    Run early = run("at: 0s, get: \"/x/{RecordingSid}\"", nothing);
    assertTrue(
        early.out().contains("impossible then: there is no {RecordingSid} yet"), early.out());
    assertEquals(2, run("at: 5s, post: /a, get: /b", nothing).exit());
    assertEquals(2, run("post: /a", nothing).exit());
    assertEquals(2, run("at: 5s, post: a", nothing).exit());
  }

  @Test
  void twoRunsAreTheSame() throws Exception {
    passes(
        "at: 7s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}.json\", form: {Url: \"http://app.test/elsewhere\"}",
        "{request: redirect}");
    Run run = Commands.run("run", folder.resolve("scenario.yaml").toString(), "--repeat", "5");
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().contains("5 times the same"), run.out());
  }
}
