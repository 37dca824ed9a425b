package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of the scenario language holds when it is so, and fails when it is not. */
@Timeout(60)
class LanguageTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  LanguageTest() {}

  @BeforeEach
  void app() throws Exception {
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        answers:
          - path: /voice
            twiml: >-
              <Response><Connect action="/after?step=2"><Conversation
              serviceInstanceSid="IS0123456789abcdef0123456789abcdef" record="record-from-answer"
              recordingStatusCallback="{app}/recorded" inboundTimeout="20"
              statusCallback="/status" statusCallbackEvent="call-initiated call-ringing call-answered call-completed"
              /></Connect></Response>
          - {path: /after, twiml: "<Response><Say>Good</Say><Say voice='alice'>Bye now</Say><Hangup/></Response>"}
        """);
  }

  private Path write(String rest) throws Exception {
    return Files.writeString(
        folder.resolve("scenario.yaml"),
        """
        scenario: test
        given:
          conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
          cast: {alice: {answers: {after: 4s, talks: 30s}}}
          app: app.yaml
        when:
          - call: {from: "+15558675310", to: "+15017122661"}
        """
            + rest);
  }

  private List<Failure> play(String then) throws Exception {
    return new Player(null).play(ScenarioReader.read(write(then))).verdict().failures();
  }

  private void refuses(String file, String... said) throws Exception {
    BadInput e = assertThrows(BadInput.class, () -> ScenarioReader.readAll(write(file)), file);
    for (String part : said) {
      assertTrue(
          String.valueOf(e.getMessage()).contains(part),
          () -> part + " is not in " + String.valueOf(e.getMessage()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{request: action, form: {Result: {oneOf: [session-success, internal-error]}}}",
        "{request: action, form: {From: {contains: '867'}}}",
        "{request: action, form: {CallSid: {contains: CA}}, query: {step: 2}}",
        "{request: action, within: 40s}",
        "{request: action, at: 34s, attempts: 1, times: 1}",
        "{request: session-status, times: 4}",
        "{request: session-status, times: {between: [2, 6]}}",
        "{request: url, times: 0}",
        "{request: action, answer: {type: text/xml, says: Bye now, within: 10s}}",
        "{request: action, answer: {says: /^Good/}}",
        "{request: action, answer: {attributes: {Say.voice: alice, Say.language: absent}}}",
        "{request: action, answer: {elements: [Say, Say, Hangup], attributes: {'Say[2].voice': alice, 'Say[2].text': Bye now}}}",
        "{request: action, answer: {attributes: {'Say[3].voice': absent, 'Say[1].text': Good}}}",
        "{request: voice, answer: {attributes: {Conversation.inboundTimeout: 20, Connect.action: /step/}}}",
        "{inAnyOrder: [{request: session-status, form: {Status: call-completed}}, {request: session-status, form: {Status: call-initiated}}]}",
        "{inAnyOrder: [{request: session-status}, {request: session-status, form: {Status: call-initiated}}]}",
        "{conversation: {customer: '+15558675310', number: '+15017122661', state: active, participants: 2}}",
        "{conversation: {worker: alice, messages: {between: [0, 3]}, attributes: {contains: call_ended}}, times: 1}",
        "{participant: {identity: alice}}",
        "{participant: {address: '+15558675310', proxyAddress: present}, times: 1}",
        "{recording: {channels: 1, status: completed, duration: 30, source: DialVerb, silence: 0}}",
        "{never: {recording: {status: absent}}}",
        "{never: {conversation: {state: closed}}}",
        "{never: {api: {post: /Calls/}}}",
        "{api: {get: /Calls/}, times: 0}",
      })
  void isSo(String then) throws Exception {
    assertEquals(List.of(), play("then: [" + then + "]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{request: action, form: {Result: {oneOf: [no-other-participants, internal-error]}}}",
        "{request: action, form: {From: {contains: '999'}}}",
        "{request: action, query: {step: 3}}",
        "{request: action, within: 30s}",
        "{request: action, attempts: 2}",
        "{request: action, times: 2}",
        "{request: session-status, times: 3}",
        "{request: session-status, times: {between: [5, 6]}}",
        "{request: voice, times: 0}",
        "{request: action, answer: {type: application/xml}}",
        "{request: action, answer: {says: Bye}}",
        "{request: voice, answer: {says: present}}",
        "{request: action, answer: {attributes: {Say.voice: man}}}",
        "{request: action, answer: {elements: [Say, Hangup]}}",
        "{request: action, answer: {elements: [Say, Say, Hangup]}}",
        "{request: action, answer: {attributes: {'Say[2].text': Bye}}}",
        "{request: action, answer: {attributes: {Say.language: present}}}",
        "{request: voice, answer: {attributes: {Conversation.inboundTimeout: 21}}}",
        "{inAnyOrder: [{request: session-status, form: {Status: call-completed}}, {request: url}]}",
        "{inAnyOrder: [{request: action}, {request: action}]}",
        "{conversation: {customer: '+15558675311'}}",
        "{conversation: {state: closed}}",
        "{conversation: {state: active}, times: 2}",
        "{participant: {identity: bob}}",
        "{recording: {channels: 2}}",
        "{recording: {duration: 29}}",
        "{never: {recording: {status: completed}}}",
        "{never: {participant: {identity: alice}}}",
        "{api: {post: /Calls/}}",
      })
  void isNotSo(String then) throws Exception {
    assertEquals(1, play("then: [" + then + "]").size(), then);
  }

  @Test
  void whatIsCapturedIsKnownFurtherDown() throws Exception {
    String captures = "{request: voice, capture: {call: CallSid, caller: From}}";
    assertEquals(
        List.of(),
        play(
            "then: [%s, {request: action, form: {CallSid: \"${call}\", From: {contains: \"${caller}\"}, Caller: \"/^${caller}$/\"}}, {recording: {call: \"${call}\"}}]"
                .formatted(captures)));
    List<Failure> failures =
        play("then: [%s, {request: action, form: {To: \"${caller}\"}}]".formatted(captures));
    assertEquals(
        "≠ To: expected +15558675310, was '+15017122661'", failures.getFirst().nearest().get(1));
    assertEquals(
        List.of("≠ ParentCallSid: captured as p, was absent"),
        play("then: [{request: action, capture: {p: ParentCallSid}}]").getFirst().nearest());
  }

  /** What was captured from no request is no value, and nothing can be well by it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{request: url, times: {between: [0, 3]}, capture: {rec: CallSid}}",
        "{inAnyOrder: [{request: action, capture: {rec: ParentCallSid}}]}",
        "{request: action, times: 1, capture: {rec: ParentCallSid}}",
      })
  void whatWasNotCapturedIsNoValue(String capture) throws Exception {
    for (String use :
        List.of(
            "{never: {request: action, form: {CallSid: \"${rec}\"}}}",
            "{never: {recording: {sid: \"${rec}\"}}}",
            "{request: action, form: {From: \"/^${rec}/\"}}",
            "{request: action, form: {CallSid: {oneOf: [\"${rec}\"]}}}")) {
      List<Failure> failures = play("then: [" + capture + ", " + use + "]");
      boolean said =
          failures.stream()
              .flatMap(f -> f.nearest().stream())
              .anyMatch(line ->
                  line.contains("${rec}: no request has given it a value")
                      || line.contains("captured as rec, was absent"));
      assertTrue(said, () -> capture + " " + use + ": " + failures);
    }
  }

  @Test
  void aVariableThatNothingGivesAValueIsRefused() throws Exception {
    refuses(
        "then: [{request: action, form: {CallSid: \"${cal}\"}}, {request: voice, capture: {call: CallSid}}]",
        "scenario.yaml:8",
        "nothing is called ${cal} here");
    refuses(
        "then: [{request: voice, capture: {call: CallSid}}, {request: action, form: {CallSid: \"${cal}\"}}]",
        "did you mean 'call'?");
    refuses(
        "  - customer: {at: 3s, act: press, digits: \"${x}\"}\nthen: [{request: voice}]",
        "scenario.yaml:8",
        "nothing is called ${x} here; under when: a variable is a key of examples:");
  }

  @Test
  void aTableOfExamplesIsAScenarioARow() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("table.yaml"),
            """
            scenario: "the worker ${cast}: ${status}"
            tags: [table, slow]
            examples:
              - {cast: busy, status: busy}
              - {cast: ignores, status: no-answer}
              - {cast: declines, status: completed}
            given:
              conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
              cast: {alice: "${cast}"}
              app: app.yaml
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then: [{request: action, form: {DialCallStatus: "${status}"}}]
            """);
    List<ScenarioFile> rows = ScenarioReader.readAll(file);
    assertEquals(
        List.of(
            "the worker busy: busy",
            "the worker ignores: no-answer",
            "the worker declines: completed"),
        rows.stream().map(ScenarioFile::name).toList());
    assertEquals(Set.of("table", "slow"), rows.getFirst().tags());
    Player player = new Player(null);
    assertTrue(player.play(rows.get(0)).verdict().passed());
    assertTrue(player.play(rows.get(1)).verdict().passed());
    assertEquals(
        "action: DialCallStatus: expected completed, was 'busy'",
        player.play(rows.get(2)).verdict().cause());
  }

  @Test
  void aTableSaysWhatIsWrongWithIt() throws Exception {
    refuses(
        "examples: [{a: 1}, {b: 2}]\nthen: [{request: \"${a}\"}]",
        "examples[0].b: 'b' is missing",
        "examples[1].a: 'a' is missing",
        "${b} stands nowhere in the scenario");
    refuses("examples: []\nthen: [{request: voice}]", "examples: must be a list of rows");
  }

  @Test
  void sharedPartsAreUsedAndOwnOnesGoBeforeThem() throws Exception {
    Files.writeString(
        folder.resolve("shared.yaml"),
        """
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
        cast: {alice: busy, bob: ignores}
        workers: [{identity: alice}, {identity: bob}]
        app: app.yaml
        """);
    String scenario =
        """
        scenario: test
        given: {use: shared.yaml%s}
        when: [{call: {from: "+15558675310", to: "+15017122661"}}]
        then: [{request: action, form: {DialCallStatus: %s}}]
        """;
    for (List<String> own :
        List.of(List.of("", "busy"), List.of(", cast: {alice: ignores}", "no-answer"))) {
      Path file =
          Files.writeString(
              folder.resolve("user.yaml"), scenario.formatted(own.get(0), own.get(1)));
      assertEquals(
          List.of(), new Player(null).play(ScenarioReader.read(file)).verdict().failures());
    }
    Files.writeString(folder.resolve("shared.yaml"), "conversatons: []\n");
    Path file = Files.writeString(folder.resolve("user.yaml"), scenario.formatted("", "busy"));
    BadInput e = assertThrows(BadInput.class, () -> ScenarioReader.read(file));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("shared.yaml:1: conversatons: unknown key 'conversatons'"),
        String.valueOf(e.getMessage()));
    Files.delete(folder.resolve("shared.yaml"));
    e = assertThrows(BadInput.class, () -> ScenarioReader.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).contains("there is no such file"),
        String.valueOf(e.getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{request: action, form: {Result: {oneOf: []}}}",
        "{request: action, form: {Result: {oneOf: [session-succes]}}}",
        "{request: action, form: {Result: {contains: succez}}}",
        "{request: action, form: {Result: {contans: success}}}",
        "{request: action, form: {Result: {contains: a, equals: b}}}",
        "{request: action, at: 3s, within: 4s}",
        "{request: action, within: soon}",
        "{request: action, times: -1}",
        "{request: action, times: often}",
        "{request: action, answer: {attributes: {Conversation.inboundTimout: 20}}}",
        "{request: action, answer: {attributes: {inboundTimeout: 20}}}",
        "{request: action, answer: {sais: Bye}}",
        "{inAnyOrder: []}",
        "{inAnyOrder: [{request: action, times: 2}]}",
        "{inAnyOrder: [{never: {request: action}}]}",
        "{conversation: {custmer: '+15558675310'}}",
        "{recording: {channel: 2}}",
        "{participant: {identity: alice}, time: 1}",
        "{request: voice, capture: {call: CalSid}}",
        "{never: {request: action, at: {between: [60s, 1s]}}}",
        "{never: {request: action, times: 2}}",
        "{never: {recording: {channels: 2}, times: 2}}",
        "{allow: ['11200']}",
        "{request: action, form: {From: {oneOf: [present, x]}}}",
        "{request: action, answer: {attributes: {Say[2].colour: x}}}",
      })
  void whatCanNeverBeMetIsRefused(String then) throws Exception {
    refuses("then: [" + then + "]", "scenario.yaml:8");
  }

  /** What is forgotten cannot have been missed: such a scenario fails, whatever it expects. */
  @Test
  void aScenarioThatDoesNotFitFails() throws Exception {
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        answers:
          - path: /voice
            twiml: "<Response><!-- %s --><Redirect>/voice</Redirect></Response>"
        """
            .formatted("x".repeat(60_000)));
    String call = "  - call: {from: '+15558675310', to: '+15017122661'}\n";
    Path file = write(call.repeat(5) + "then: [{never: {request: action}}]");
    List<Failure> failures = new Player(null).play(ScenarioReader.read(file)).verdict().failures();
    assertTrue(failures.getFirst().toString().contains("journal: its first"), failures::toString);
    assertTrue(failures.getFirst().toString().contains("24 MiB"), failures::toString);
  }
}
