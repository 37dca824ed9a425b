package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.play.Player.Performance;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that can never be met, people who are not there, directions that come to nothing. */
@Timeout(60)
class StrictScenarioTest {
  private static final String APP =
      """
      answers:
        - path: /voice
          twiml: |
            <Response>
              <Connect action="{app}/action?step=%s">
                <Conversation serviceInstanceSid="IS0123456789abcdef0123456789abcdef"
                  routingAssignmentTimeout="20"/>
              </Connect>
            </Response>
        - {path: /action, twiml: <Response><Hangup/></Response>}
      """
          .formatted("2");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  StrictScenarioTest() {}

  private Path scenario(String yaml) throws IOException {
    Files.writeString(folder.resolve("app.yaml"), APP);
    return Files.writeString(folder.resolve("scenario.yaml"), yaml);
  }

  private List<Failure> play(String yaml) throws Exception {
    Performance played = new Player(null).play(ScenarioReader.read(scenario(yaml)));
    return played.verdict().failures();
  }

  private List<String> problems(String yaml) throws IOException {
    Path file = scenario(yaml);
    return assertThrows(BadInput.class, () -> ScenarioReader.read(file)).problems().stream()
        .map(Problem::toString)
        .map(text -> text.replace(file.toString(), "scenario.yaml"))
        .toList();
  }

  private static final String WITH_ALICE =
      """
      scenario: s
      given:
        app: app.yaml
        workers: [{identity: alice@example.com}]
        cast: {%s}
      when:
        - call: {from: "+15558675310", to: "+15017122661"}
        %s
      then:
        - %s
      """;

  @Test
  void wrongWordsAreFoundAllAtOnce() throws Exception {
    assertEquals(
        List.of(
            "scenario.yaml:5: given.cast.alcie@example.com: nobody is called"
                + " 'alcie@example.com'; did you mean 'alice@example.com'? Write"
                + " client:alcie@example.com for a client that the app's own TwiML dials",
            "scenario.yaml:10: then[0].form.Rezult: no action request carries 'Rezult'; did you"
                + " mean 'Result'?",
            "scenario.yaml:10: then[0].form.DialCalStatus: no action request carries"
                + " 'DialCalStatus'; did you mean 'DialCallStatus'?",
            "scenario.yaml:11: then[1].never.form.Result: Result is never"
                + " 'dialled-call-incomplete'; did you mean 'dialed-call-incomplete'?"),
        problems(
            WITH_ALICE.formatted(
                "alcie@example.com: ignores",
                "",
                """
                {request: action, form: {Rezult: absent, DialCalStatus: absent}}
                  - never: {request: action, form: {Result: dialled-call-incomplete}}\
                """)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "request: action, form: {DialCallStatus: no_answer} | did you mean 'no-answer'?",
        "request: session-status, form: {Status: completed} | it is one of call-initiated, call-ringing, call-answered",
        "request: session-status, form: {Result: session-success} | no session-status request"
            + " carries 'Result'",
        "request: action, form: {step: 2} | expected under query:",
        "request: actoin | did you mean 'action'?",
        "request: post-webhook, form: {EventType: onConversationAddd} | did you mean"
            + " 'onConversationAdded'?",
        "request: action, answer: {verbs: [Hangupp]} | did you mean 'Hangup'?",
        "request: action, answer: nothing | must be one of none",
        "request: action, form: {DialCallStatus: answered} | DialCallStatus is never 'answered'",
        "request: action, form: {Result: /dialled-/} | is found in no value of Result",
        "request: action, form: {DialCallDuration: 10s} | must be a number, not '10s'",
        "request: action, form: {DialCallSid: CH123} | must be a SID",
        "request: action, form: {DialCallDuration: {between: [22, 18]}} | the smaller first",
        "request: pre-webhook, form: {EventType: onConversationAdded} | did you mean"
            + " 'onConversationAdd'?",
        "request: action, answer: {status: 5xx} | must be a status of HTTP such as 500",
        "call: {ends: complete} | did you mean 'completed'?",
        "alert: 11299 | there is no alert '11299'; did you mean",
        "allow: [eleven] | there is no error 'eleven'",
        "request: action, form: {WorkerInitiated: yes} | it is one of true, false",
      })
  void aWordThatCanNeverBeMetIsAnError(String expectation, String message) throws Exception {
    String said = problems(WITH_ALICE.formatted("", "", "{" + expectation + "}")).getFirst();
    assertTrue(said.contains(message), said);
    assertTrue(said.startsWith("scenario.yaml:10: then[0]"), said);
  }

  @Test
  void aWorkerWhoIsNotThereCannotJoinOrCall() throws Exception {
    String said =
        problems(
                WITH_ALICE.formatted(
                    "", "- joins: {at: 1s, worker: alicia@example.com}", "{request: action}"))
            .getFirst();
    assertTrue(said.contains("joins.worker: nobody is called 'alicia@example.com'"), said);
    assertTrue(said.contains("did you mean 'alice@example.com'?"), said);
  }

  /** Whom only the app can name is known when the play is over. */
  @Test
  void aClientNobodyCalledFails() throws Exception {
    List<Failure> failures = play(WITH_ALICE.formatted("joey: ignores", "", "{request: action}"));
    assertEquals("a call to the client 'joey', who has a cast", failures.getFirst().expected());
    assertEquals(5, failures.getFirst().line());
  }

  @Test
  void wordsThatNobodySaysFailUnlessTheyMay() throws Exception {
    String press = "- customer: {on: /never said/, act: press, digits: \"1\"%s}";
    List<Failure> failures =
        play(WITH_ALICE.formatted("", press.formatted(""), "{request: action}"));
    assertEquals("on hearing /never said/ the customer presses 1", failures.getFirst().expected());
    assertEquals(
        List.of(),
        play(WITH_ALICE.formatted("", press.formatted(", maybe: true"), "{request: action}")));
    String late = "- worker: {at: 1h, act: answer%s}";
    failures = play(WITH_ALICE.formatted("", late.formatted(""), "{request: action}"));
    assertEquals("the worker answers", failures.getFirst().expected().replaceAll("^at .*: ", ""));
    assertEquals(
        List.of(),
        play(WITH_ALICE.formatted("", late.formatted(", maybe: true"), "{request: action}")));
  }

  @Test
  void onlyWhatRingsIsCanceled() throws Exception {
    List<Failure> failures =
        play(
            WITH_ALICE.formatted(
                "", "- api: {at: 7s, status: canceled, leg: worker}", "{request: action}"));
    assertEquals(
        "at 7.000s: the API ends the worker's leg with Status=canceled",
        failures.getFirst().expected());
    assertEquals(8, failures.getFirst().line());
  }

  /** An app that refuses the signature refuses the pre-webhook, too: somebody must expect it. */
  @Test
  void aPreWebhookThatSaysNoIsExpectedOrAFailure() throws Exception {
    String refused =
        """
        scenario: s
        given: {app: app.yaml, urls: {preWebhook: /pre}}
        when: [{call: {from: "+15558675310", to: "+15017122661"}}]
        then: [{request: voice}, {call: {ends: completed}}%s]
        """;
    Path file = scenario(refused.formatted(""));
    Files.writeString(folder.resolve("app.yaml"), APP + "  - {path: /pre, status: 403}\n");
    List<Failure> failures = new Player(null).play(ScenarioReader.read(file)).verdict().failures();
    assertEquals(1, failures.size(), failures.toString());
    assertTrue(failures.getFirst().nearest().getFirst().contains("answered HTTP 403"));
    for (String expectation :
        List.of(
            "request: pre-webhook, answer: {status: 403}",
            "alert: 50057",
            "request: action, form: {Result: failed-create-conversation}")) {
      Files.writeString(
          file,
          refused.formatted(", {" + expectation + "}").replace("{call: {ends: completed}}, ", ""));
      assertEquals(
          List.of(),
          new Player(null).play(ScenarioReader.read(file)).verdict().failures(),
          expectation);
    }
  }

  @Test
  void theAppsOwnParametersAreExpectedUnderQuery() throws Exception {
    assertEquals(
        List.of(), play(WITH_ALICE.formatted("", "", "{request: action, query: {step: 2}}")));
    List<Failure> failures =
        play(WITH_ALICE.formatted("", "", "{request: action, query: {step: 3}}"));
    assertEquals("≠ query.step: expected 3, was '2'", failures.getFirst().nearest().get(1));
    assertEquals(10, failures.getFirst().line());
  }

  private static final String JOINS =
      """
      scenario: A worker joins by hand while a pre-webhook is asked
      given:
        frontline: {routing: {mode: none}}
        workers: [{identity: w@example.com, cast: {answers: {after: 2s, talks: 5s}}}]
        urls: {voice: /voice, preWebhook: /pre}
        app: app.yaml
      when:
        - call: {from: "+15558675310", to: "+15017122661"}
        - joins: {at: 2s, worker: w@example.com}
      """;

  /** Whether somebody joins is known when the pre-webhook has answered, not before. */
  @Test
  void joiningWaitsForThePreWebhook() throws Exception {
    String joined =
        JOINS
            + "then: [{request: action, form: {Result: session-success}}, {call: {ends: completed}}]";
    assertEquals(List.of(), play(joined));
    Path file = scenario(JOINS + "allow: [32506, 50057]\nthen: [{request: voice}]");
    Files.writeString(
        folder.resolve("app.yaml"),
        APP
            + "  - {path: /pre, form: {EventType: onParticipantAdd, Identity: w@example.com}, status: 403}\n");
    List<Failure> failures = new Player(null).play(ScenarioReader.read(file)).verdict().failures();
    assertEquals(1, failures.size(), failures.toString());
    assertEquals("at 2.000s: w@example.com joins the conversation", failures.getFirst().expected());
    assertTrue(failures.getFirst().nearest().getFirst().contains("answered HTTP 403"));
  }
}
