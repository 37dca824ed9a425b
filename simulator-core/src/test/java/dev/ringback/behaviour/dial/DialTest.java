package dev.ringback.behaviour.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Act;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code <Dial>} and its nouns, from the caller's side and the called party's. */
class DialTest {
  private static final String A = "+15558675311";
  private static final String B = "+15558675312";

  private static CallFixture dial(String attributes, String nouns) {
    return new CallFixture()
        .at("/voice", "<Dial action='/after' %s>%s</Dial>".formatted(attributes, nouns));
  }

  @Test
  @Fact({
    "call-status.action-while-the-caller-is-there",
    "dial.dial-bridged",
    "dial.dial-call-duration",
    "dial.dial-call-sid",
    "dial.dial-call-status",
    "dial.recording-url",
    "encoding.absent-is-left-out",
    "gather.actions-are-the-standard-set-and-the-verbs-own",
    "parameters.of-verbs"
  })
  void bothTalkAndTheActionHearsOfIt() {
    CallFixture stage = dial("", A).cast(A, CallFixture.answers(3, 20)).play();
    assertEquals("completed", stage.form("/after", "DialCallStatus"));
    assertEquals("20", stage.form("/after", "DialCallDuration"));
    assertEquals("true", stage.form("/after", "DialBridged"));
    assertTrue(stage.form("/after", "DialCallSid").startsWith("CA"));
    assertEquals("in-progress", stage.form("/after", "CallStatus"));
    assertEquals("absent", stage.form("/after", "RecordingUrl"));
    assertEquals(List.of(23.0), stage.times("/after"));
  }

  @ParameterizedTest
  @CsvSource({
    "busy, busy, 0.0",
    "declines, busy, 4.0",
    "unreachable, failed, 0.0",
    "ignores, no-answer, 12.0"
  })
  @Fact({"dial.dial-bridged", "dial.dial-call-duration", "dial.dial-call-status", "dial.timeout"})
  void whoDoesNotAnswer(String how, String status, double at) {
    Cast cast =
        switch (how) {
          case "busy" -> new Cast.Busy();
          case "declines" -> new Cast.Declines(Duration.ofSeconds(4));
          case "unreachable" -> new Cast.Unreachable();
          default -> new Cast.Ignores();
        };
    CallFixture stage = dial("timeout='12'", A).cast(A, cast).play();
    assertEquals(status, stage.form("/after", "DialCallStatus"));
    assertEquals("false", stage.form("/after", "DialBridged"));
    assertEquals("absent", stage.form("/after", "DialCallDuration"));
    assertEquals(List.of(at), stage.times("/after"));
  }

  @Test
  @Fact({
    "call-status.answered-event",
    "call-status.of-webhooks",
    "connect.sequence-numbers-of-sessions",
    "dial.caller-id-is-the-callers",
    "dial.child-callbacks",
    "dial.dial-call-sid",
    "dial.first-to-answer-wins",
    "dial.number-events",
    "parameters.direction",
    "parameters.parent-call-sid",
    "status-callbacks.call-duration-in-seconds",
    "status-callbacks.completed-is-any-end",
    "status-callbacks.dialled-leg-events-by-space",
    "status-callbacks.dialled-leg-reports-by-itself",
    "status-callbacks.duration-in-minutes",
    "status-callbacks.parent-call-sid",
    "status-callbacks.sequence-from-zero",
    "status-callbacks.sip-404-and-487"
  })
  void theFirstToAnswerWinsAndTheOthersAreCanceled() {
    String nouns =
        "<Number statusCallback='/a' statusCallbackEvent='initiated ringing answered completed'>%s</Number>"
                .formatted(A)
            + "<Number statusCallback='/b' statusCallbackEvent='initiated ringing answered completed'>%s</Number>"
                .formatted(B);
    CallFixture stage =
        dial("", nouns)
            .cast(A, CallFixture.answers(9, 5))
            .cast(B, CallFixture.answers(4, 5))
            .play();
    assertEquals(
        List.of("initiated", "ringing", "canceled"),
        stage.app.to("/a").stream().map(r -> r.form().value("CallStatus").orElse("")).toList());
    assertEquals("0", stage.form("/a", "CallDuration"));
    assertEquals("0", stage.form("/a", "Duration"));
    assertEquals("487", stage.form("/a", "SipResponseCode"));
    assertEquals(
        List.of("initiated", "ringing", "in-progress", "completed"),
        stage.app.to("/b").stream().map(r -> r.form().value("CallStatus").orElse("")).toList());
    assertEquals(
        List.of("0", "1", "2", "3"),
        stage.app.to("/b").stream().map(r -> r.form().value("SequenceNumber").orElse("")).toList());
    assertEquals("outbound-dial", stage.form("/b", "Direction"));
    assertEquals(WorldFixture.CUSTOMER, stage.form("/b", "From"));
    assertEquals(stage.form("/voice", "CallSid"), stage.form("/b", "ParentCallSid"));
    assertEquals("5", stage.form("/b", "CallDuration"));
    assertEquals("1", stage.form("/b", "Duration"));
    assertEquals(stage.form("/b", "CallSid"), stage.form("/after", "DialCallSid"));
  }

  @Test
  @Fact("status-callbacks.sequence-counts-what-is-sent")
  void reportsAreCountedAndEventsAreNot() {
    CallFixture stage =
        dial(
                "",
                "<Number statusCallback='/a' statusCallbackEvent='ringing completed'>%s</Number>"
                    .formatted(A))
            .cast(A, CallFixture.answers(3, 5))
            .play();
    assertEquals(
        List.of("ringing 0", "completed 1"),
        stage.app.to("/a").stream()
            .map(r ->
                r.form().value("CallStatus").orElse("")
                    + " "
                    + r.form().value("SequenceNumber").orElse(""))
            .toList());
  }

  @Test
  @Fact("status-callbacks.twiml-in-the-answer-is-ignored")
  void twimlThatAnswersAReportIsNotRun() {
    CallFixture stage =
        dial(
                "",
                "<Number statusCallback='/a' statusCallbackEvent='answered'>%s</Number>"
                    .formatted(A))
            .at("/a", "<Redirect>/never</Redirect>")
            .cast(A, CallFixture.answers(3, 5))
            .play();
    assertEquals(1, stage.app.to("/a").size());
    assertEquals(List.of(), stage.app.to("/never"));
    assertEquals("true", stage.form("/after", "DialBridged"));
    assertEquals(List.of(), stage.codes());
  }

  @Test
  @Fact("dial.sequential")
  void oneAfterTheOther() {
    CallFixture stage =
        dial(
                "sequential='true' timeout='10'",
                "<Number>%s</Number><Number>%s</Number>".formatted(A, B))
            .cast(A, new Cast.Ignores())
            .cast(B, CallFixture.answers(2, 3))
            .play();
    assertEquals("completed", stage.form("/after", "DialCallStatus"));
    assertEquals(List.of(15.0), stage.times("/after"));
  }

  @Test
  @Fact({
    "dial.completed-and-not-bridged",
    "dial.whisper-end-connects",
    "dial.whisper-hangup-declines",
    "dial.whisper-runs-on-the-child-leg",
    "dial.whisper-verbs"
  })
  void theCalledPartyIsScreened() {
    CallFixture accepts =
        dial("", "<Number url='/screen'>%s</Number>".formatted(A))
            .at(
                "/screen",
                "<Gather action='/screened' numDigits='1'><Say>Press 1 to accept</Say></Gather><Hangup/>")
            .at("/screened", "<Response/>")
            .cast(A, CallFixture.answers(1, 5))
            .on(CallParty.WORKER, "Press 1", new Act.Press("1"))
            .play();
    assertEquals("completed", accepts.form("/after", "DialCallStatus"));
    assertEquals("true", accepts.form("/after", "DialBridged"));
    assertEquals("outbound-dial", accepts.form("/screen", "Direction"));
    assertEquals(accepts.form("/after", "DialCallSid"), accepts.form("/screen", "CallSid"));
    CallFixture refuses =
        dial("", "<Number url='/screen'>%s</Number>".formatted(A))
            .at("/screen", "<Gather numDigits='1'><Say>Press 1 to accept</Say></Gather><Hangup/>")
            .cast(A, CallFixture.answers(1, 5))
            .play();
    assertEquals("completed", refuses.form("/after", "DialCallStatus"));
    assertEquals("false", refuses.form("/after", "DialBridged"));
  }

  @Test
  @Fact({"dial.whisper-dial-is-13201", "errors.code-13201"})
  void aDialInTheScreenIs13201() {
    CallFixture stage =
        dial("", "<Number url='/screen'>%s</Number>".formatted(A))
            .at("/screen", "<Dial>%s</Dial>".formatted(B))
            .cast(A, CallFixture.answers(1, 5))
            .play();
    assertEquals(List.of("13201"), stage.codes());
    assertEquals("true", stage.form("/after", "DialBridged"));
  }

  @Test
  @Fact("dial.whisper-runs-no-other-verbs")
  void otherVerbsInTheScreenArePassedOver() {
    CallFixture stage =
        dial("", "<Number url='/screen'>%s</Number>".formatted(A))
            .at(
                "/screen",
                "<Record/><Enqueue>q</Enqueue><Start><Recording/></Start><Reject/>"
                    + "<Connect><Conversation serviceInstanceSid='%s'/></Connect>"
                        .formatted(WorldFixture.SERVICE))
            .cast(A, CallFixture.answers(1, 5))
            .play();
    assertEquals(List.of("12200", "12200", "12200", "12200", "12200"), stage.codes());
    assertEquals("true", stage.form("/after", "DialBridged"));
    assertEquals(List.of(6.0), stage.times("/after"));
  }

  @Test
  @Fact("dial.number-attributes")
  void digitsAreSentBeforeTheTwoAreConnected() {
    CallFixture stage =
        dial("", "<Number sendDigits='WW12'>%s</Number>".formatted(A))
            .cast(A, CallFixture.answers(1, 5))
            .play();
    assertEquals(List.of(8.4), stage.times("/after"));
    assertEquals("true", stage.form("/after", "DialBridged"));
  }

  @Test
  @Fact({"call-status.action-while-the-caller-is-there", "dial.hangup-on-star", "dial.time-limit"})
  void limitsAndTheStarEndTheDialledLegOnly() {
    CallFixture limited = dial("timeLimit='7'", A).cast(A, CallFixture.answers(1, 60)).play();
    assertEquals(List.of(8.0), limited.times("/after"));
    assertEquals("in-progress", limited.form("/after", "CallStatus"));
    CallFixture starred =
        dial("hangupOnStar='true'", A)
            .cast(A, CallFixture.answers(1, 60))
            .customer(5, new Act.Press("*"))
            .play();
    assertEquals(List.of(5.0), starred.times("/after"));
    assertEquals("completed", starred.form("/after", "DialCallStatus"));
    CallFixture without =
        dial("", A).cast(A, CallFixture.answers(1, 60)).customer(5, new Act.Press("*")).play();
    assertEquals(List.of(61.0), without.times("/after"));
  }

  @Test
  @Fact({
    "call-status.action-after-the-caller-left",
    "dial.caller-hang-up-still-asks-the-action",
    "dial.dial-call-status",
    "gather.actions-are-the-standard-set-and-the-verbs-own"
  })
  void theCallerWhoGoesStillHasAnAction() {
    CallFixture ringing =
        dial("", A).cast(A, new Cast.Ignores()).customer(6, new Act.HangUp()).play();
    assertEquals("canceled", ringing.form("/after", "DialCallStatus"));
    assertEquals("completed", ringing.form("/after", "CallStatus"));
    CallFixture talking =
        dial("", A).cast(A, CallFixture.answers(1, 60)).customer(6, new Act.HangUp()).play();
    assertEquals("completed", talking.form("/after", "DialCallStatus"));
    assertEquals("5", talking.form("/after", "DialCallDuration"));
    assertEquals("completed", talking.form("/after", "CallStatus"));
  }

  @Test
  @Fact({"dial.action-and-method", "dial.without-action-the-next-verb"})
  void withoutAnActionTheNextVerbFollows() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Dial>%s</Dial><Redirect>/next</Redirect>".formatted(A))
            .cast(A, new Cast.Busy())
            .play();
    assertEquals(1, stage.app.to("/next").size());
  }

  @Test
  @Fact("dial.with-action-the-rest-is-replaced")
  void withAnActionTheVerbsAfterItAreNotRun() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Dial action='/after'>%s</Dial><Redirect>/next</Redirect>".formatted(A))
            .at("/after", "<Say>one two three four five</Say><Redirect>/left</Redirect>")
            .cast(A, new Cast.Busy())
            .play();
    assertEquals(List.of(0.0), stage.times("/after"));
    assertEquals(List.of(2.0), stage.times("/left"));
    assertEquals(List.of(), stage.times("/next"));
  }

  @Test
  @Fact({
    "dial.answer-on-bridge",
    "lifecycle.dial-and-connect-answer",
    "status-callbacks.number-reports-any-end"
  })
  void answerOnBridgeAnswersTheCallerWithTheCalledParty() {
    CallFixture stage =
        dial(
                "answerOnBridge='true'",
                "<Number statusCallback='/s' statusCallbackEvent='ringing'>%s</Number>"
                    .formatted(A))
            .cast(A, CallFixture.answers(5, 10))
            .play();
    assertEquals("10", stage.form("/call-status", "CallDuration"));
    CallFixture at = dial("", A).cast(A, CallFixture.answers(5, 10)).play();
    assertEquals("15", at.form("/call-status", "CallDuration"));
    CallFixture gone =
        dial("answerOnBridge='true'", A)
            .cast(A, new Cast.Ignores())
            .customer(3, new Act.HangUp())
            .play();
    assertEquals("canceled", gone.form("/call-status", "CallStatus"));
  }

  @Test
  @Fact({
    "dial.record",
    "dial.recording-sid-and-duration",
    "dial.recording-url",
    "parameters.of-verbs",
    "recording-status.duration",
    "recording-status.error-code-of-success",
    "recording-status.source",
    "recording-status.start-time-is-rfc-2822",
    "recordings.source"
  })
  void recordingsOfADial() {
    CallFixture stage =
        dial(
                "record='record-from-ringing-dual' recordingTrack='both' recordingStatusCallback='/rec'",
                A)
            .cast(A, CallFixture.answers(4, 10))
            .play();
    assertEquals("DialVerb", stage.form("/rec", "RecordingSource"));
    assertEquals("2", stage.form("/rec", "RecordingChannels"));
    assertEquals("14", stage.form("/rec", "RecordingDuration"));
    assertEquals("Thu, 01 Jan 2026 09:00:00 +0000", stage.form("/rec", "RecordingStartTime"));
    assertEquals("0", stage.form("/rec", "ErrorCode"));
    assertEquals("14", stage.form("/after", "RecordingDuration"));
    assertTrue(stage.form("/after", "RecordingUrl").endsWith(stage.form("/rec", "RecordingSid")));
  }

  @Test
  @Fact({
    "dial.client-attributes",
    "dial.sip-attributes",
    "dial.sip-parameters",
    "dial.sip-uri-headers",
    "parameters.from-and-to-are-sip-addresses"
  })
  void clientsAndSipAddresses() {
    CallFixture client =
        dial(
                "callerId='+15017122661'",
                "<Client><Identity>bob</Identity><Parameter name='a' value='b'/></Client>")
            .play();
    assertEquals("completed", client.form("/after", "DialCallStatus"));
    CallFixture sip =
        dial("", "<Sip statusCallback='/s'>sip:bob@example.com?X-Ref=1</Sip>")
            .cast("sip:bob@example.com?X-Ref=1", new Cast.Busy())
            .play();
    assertEquals("486", sip.form("/after", "DialSipResponseCode"));
    assertTrue(sip.form("/after", "DialSipCallId").contains("@"));
    assertEquals("sip:bob@example.com?X-Ref=1", sip.form("/s", "To"));
  }

  /** docs/voice/twiml/number: North American numbers as they are written there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(500) 555-0111",
        "<Number>500.555.0111</Number>",
        "<Number>1 500 555 0111</Number>",
        "<Number>+1 (500) 555-0111</Number>"
      })
  void aNumberOfNorthAmericaIsCalledInE164(String written) {
    CallFixture stage = dial("", written).play();
    assertEquals(List.of(), stage.codes());
    assertEquals("completed", stage.form("/after", "DialCallStatus"));
    assertTrue(stage.journal().toString().contains("to=+15005550111"), stage.journal().toString());
  }

  @Test
  @Fact({"errors.codes-number", "errors.codes-sip"})
  void nobodyCanBeCalled() {
    CallFixture wrong = dial("", "<Number>12</Number>").play();
    assertEquals(List.of("13224"), wrong.codes());
    assertEquals("failed", wrong.form("/after", "DialCallStatus"));
    assertEquals("absent", wrong.form("/after", "DialCallSid"));
    CallFixture letters = dial("", "<Number>call me</Number>").play();
    assertEquals(List.of("13223"), letters.codes());
    CallFixture uri = dial("", "<Sip>nonsense</Sip>").play();
    assertEquals(List.of("13243"), uri.codes());
  }

  @Test
  @Fact("errors.code-13247")
  void aWithheldCallerNeedsACallerId() {
    CallFixture stage = dial("", A);
    World world = stage.worlds.with(stage.app);
    world.place(
        new Placement.ByCustomer(
            "anonymous", WorldFixture.NUMBER, dev.ringback.cast.Script.NO_DIRECTIONS));
    world.runUntilIdle();
    assertEquals("failed", stage.form("/after", "DialCallStatus"));
    assertTrue(world.journal().after(0, 1000).toString().contains("DIAL_UNUSABLE_FROM"));
  }

  @Test
  @Fact({
    "status-callbacks.completed-is-any-end",
    "status-callbacks.sip-404-and-487",
    "status-callbacks.sip-response-at-the-end"
  })
  void theSipResponseBehindAnEnd() {
    String number = "<Number statusCallback='/leg'>%s</Number>".formatted(A);
    assertEquals(
        "200",
        dial("", number).cast(A, CallFixture.answers(1, 2)).play().form("/leg", "SipResponseCode"));
    assertEquals(
        "486", dial("", number).cast(A, new Cast.Busy()).play().form("/leg", "SipResponseCode"));
    assertEquals(
        "487", dial("", number).cast(A, new Cast.Ignores()).play().form("/leg", "SipResponseCode"));
    assertEquals(
        "404",
        dial("", number).cast(A, new Cast.Unreachable()).play().form("/leg", "SipResponseCode"));
  }

  @Test
  @Fact("calls.completed-in-any-state")
  void aCallEndedByTheApiBeforeItsAnswerIsCompleted() {
    CallFixture stage = dial("answerOnBridge='true'", A).cast(A, new Cast.Ignores());
    stage.app.at(
        "/voice",
        r -> {
          stage
              .world()
              .endByApi(new dev.ringback.id.Sid(r.form().value("CallSid").orElseThrow()), false);
          return FakeApp.twiml("<Response><Dial answerOnBridge='true'>" + A + "</Dial></Response>");
        });
    stage.play();
    assertEquals("completed", stage.form("/call-status", "CallStatus"));
  }

  @Test
  void aRecordingOfTheWholeCallHearsTheRinging() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Start><Recording trim='trim-silence'/></Start><Dial timeout='20'>"
                    + A
                    + "</Dial>")
            .cast(A, new Cast.Ignores())
            .play();
    var calls = stage.world().calls();
    stage.world().runUntilIdle();
    var recording = calls.join().getFirst().facts().recordings().getFirst();
    assertEquals(4, recording.sounds().size());
    assertEquals(20, recording.seconds());
  }

  /** As a session does: the cast of a worker is that of the identity. */
  @Test
  @Fact("frontline-voice.client-identity-is-the-worker")
  void aClientOfAWorkersIdentityRingsTheWorker() {
    CallFixture stage =
        dial("", "<Client statusCallback='/s'>alice@example.com</Client>")
            .cast(WorldFixture.WORKER, CallFixture.answers(2, 10))
            .play();
    assertEquals("client:alice@example.com", stage.form("/s", "To"));
    assertEquals("10", stage.form("/after", "DialCallDuration"));
    assertEquals(List.of(12.0), stage.times("/after"));
  }
}
