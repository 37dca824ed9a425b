package dev.ringback.behaviour.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Conversation;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.voice.Act;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Sound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The legs that a session or a {@code <Dial>} calls: how long they ring, what ends them, what stays
 * of them.
 */
class DialledLegsTest {
  private static final String A = "+15558675311";
  private static final String B = "+15558675312";
  private static final Cast IGNORES = new Cast.Ignores();

  private static CallFixture session(String attributes) {
    return new CallFixture()
        .at("/voice", WorldFixture.connect(attributes))
        .at("/action", "<Hangup/>");
  }

  private static CallFixture dial(String attributes, String nouns) {
    return new CallFixture()
        .at("/voice", "<Dial action='/after' %s>%s</Dial>".formatted(attributes, nouns));
  }

  private static List<String> all(CallFixture stage, String path, String name) {
    return stage.app.to(path).stream().map(r -> r.form().value(name).orElse("absent")).toList();
  }

  private static List<Recording> recordings(CallFixture stage) {
    var calls = stage.world().calls();
    stage.world().runUntilIdle();
    return calls.join().getFirst().facts().recordings();
  }

  /** When it rings in the recording, in seconds from its beginning. */
  private static List<String> rings(CallFixture stage) {
    Recording recording = recordings(stage).getFirst();
    Instant start = recording.startedAt();
    return recording.sounds().stream()
        .filter(sound -> sound.sound() instanceof Sound.Ring)
        .map(sound -> seconds(start, sound))
        .toList();
  }

  private static String seconds(Instant start, HeardSound sound) {
    return Duration.between(start, sound.from()).toSeconds()
        + "-"
        + Duration.between(start, sound.to()).toSeconds();
  }

  // What ends them

  /** What was answered can be ended, and not canceled any more (docs/voice/api/call-resource). */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Fact("calls.canceled-while-ringing-only")
  void whatWasAnsweredIsNotCanceled(boolean own) {
    CallFixture session = session("statusCallback='/s' statusCallbackEvent='call-answered'");
    CallFixture dial =
        dial(
            "",
            "<Number statusCallback='/s' statusCallbackEvent='answered'>%s</Number>".formatted(A));
    for (CallFixture stage : List.of(session, dial)) {
      stage.app.at(
          "/s",
          r -> {
            String leg =
                own
                    ? stage.form("/voice", "CallSid")
                    : r.form().value("DialCallSid").or(() -> r.form().value("CallSid")).orElse("");
            var unused = stage.world().endByApi(new Sid(leg), true);
            return new Landing.Answered(204, null, "");
          });
    }
    session.cast(WorldFixture.WORKER, CallFixture.answers(1, 20)).play();
    assertEquals("20", session.form("/action", "DialCallDuration"));
    assertEquals(List.of(21.0), session.times("/action"));
    dial.cast(A, CallFixture.answers(1, 20)).play();
    assertEquals("20", dial.form("/after", "DialCallDuration"));
    assertEquals(List.of(21.0), dial.times("/after"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Fact("calls.completed-in-any-state")
  void whatRingsIsCanceledByTheApi(boolean cancel) {
    CallFixture session =
        session("")
            .cast(WorldFixture.WORKER, IGNORES)
            .happens(5, new ScriptStep.EndedByApi(CallParty.WORKER, cancel))
            .play();
    assertEquals("canceled", session.form("/action", "DialCallStatus"));
    assertEquals(List.of(5.0), session.times("/action"));
    CallFixture dial =
        dial("", A)
            .cast(A, IGNORES)
            .happens(5, new ScriptStep.EndedByApi(CallParty.WORKER, cancel))
            .play();
    assertEquals("canceled", dial.form("/after", "DialCallStatus"));
    assertEquals(List.of(5.0), dial.times("/after"));
  }

  /** The timer of a leg that was declined is not that of the next one. */
  @Test
  void everyLegRingsItsOwnTime() {
    CallFixture session =
        new CallFixture()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Pause length='50'/><Redirect>/second</Redirect>")
            .at("/second", WorldFixture.connect("").replace("/action", "/after"))
            .cast(WorldFixture.WORKER, IGNORES)
            .worker(5, new Act.Decline())
            .play();
    assertEquals(List.of(5.0), session.times("/action"));
    assertEquals(List.of(115.0), session.times("/after"));
    CallFixture dial =
        new CallFixture()
            .at(
                "/voice",
                "<Dial timeout='30'>%s</Dial><Pause length='20'/><Dial action='/after' timeout='30'>%s</Dial>"
                    .formatted(A, B))
            .cast(A, IGNORES)
            .cast(B, IGNORES)
            .worker(5, new Act.Decline())
            .play();
    assertEquals(List.of(55.0), dial.times("/after"));
  }

  @Test
  void whoeverIsNextInLineRingsTheWholeTime() {
    CallFixture stage =
        dial(
                "sequential='true' timeout='10'",
                "<Number>%s</Number><Number>%s</Number>".formatted(A, B))
            .cast(A, IGNORES)
            .cast(B, IGNORES)
            .play();
    assertEquals(List.of(20.0), stage.times("/after"));
    assertEquals("no-answer", stage.form("/after", "DialCallStatus"));
  }

  // What is recorded of them

  @Test
  void theRingingIsHeardUntilTheAnswer() {
    CallFixture session =
        session("record='record-from-ringing'")
            .cast(WorldFixture.WORKER, CallFixture.answers(7, 10))
            .play();
    assertEquals(List.of("0-2", "6-7"), rings(session));
    CallFixture dial =
        dial("record='record-from-ringing'", A).cast(A, CallFixture.answers(7, 10)).play();
    assertEquals(List.of("0-2", "6-7"), rings(dial));
  }

  @Test
  void theRingingIsHeardUntilItIsGivenUp() {
    CallFixture session =
        session("record='record-from-ringing' inboundTimeout='13'")
            .cast(WorldFixture.WORKER, IGNORES)
            .play();
    assertEquals(List.of("0-2", "6-8", "12-13"), rings(session));
    CallFixture dial = dial("record='record-from-ringing' timeout='13'", A).cast(A, IGNORES).play();
    assertEquals(List.of("0-2", "6-8", "12-13"), rings(dial));
  }

  /** The time that a customer's phone rings is not the one that a worker's does. */
  @Test
  void aCustomersPhoneIsHeardRingingAsLongAsItRings() {
    CallFixture stage = new CallFixture();
    stage.worlds.casts.put(WorldFixture.CUSTOMER, CallFixture.answers(7, 10));
    Sid conversation = new Sid("CH" + "0123456789abcdef".repeat(2));
    stage.worlds.conversations.clear();
    stage.worlds.conversations.add(
        new KnownConversation(
            conversation,
            null,
            WorldFixture.CUSTOMER,
            WorldFixture.NUMBER,
            WorldFixture.WORKER,
            false));
    stage
        .at("/outgoing", WorldFixture.connect("record='record-from-ringing' inboundTimeout='1'"))
        .at("/action", "<Hangup/>");
    World world = stage.worlds.with(stage.app);
    stage.on(world);
    world.place(
        new Placement.ByWorker(WorldFixture.WORKER, conversation.value(), null, stage.script()));
    world.runUntilIdle();
    assertEquals("session-success", stage.form("/action", "Result"));
    assertEquals(List.of("0-2", "6-7"), rings(stage));
  }

  @Test
  @Fact({"dial.recording-status-callback", "recording-status.status"})
  void whatWasToBeRecordedFromTheAnswerIsAbsentWithoutOne() {
    CallFixture session =
        session("record='record-from-answer' recordingStatusCallback='http://app.test/rec'")
            .cast(WorldFixture.WORKER, new Cast.Busy())
            .play();
    CallFixture dial =
        dial(
                "record='record-from-answer' recordingStatusCallback='/rec' "
                    + "recordingStatusCallbackEvent='absent'",
                A)
            .cast(A, new Cast.Busy())
            .play();
    for (CallFixture stage : List.of(session, dial)) {
      assertEquals(List.of("absent"), all(stage, "/rec", "RecordingStatus"));
      assertEquals(1, recordings(stage).size());
      assertEquals(List.of(), stage.codes());
    }
    CallFixture nobody = dial("record='record-from-answer' callerId='+15558675399'", A);
    nobody.worlds.callerIds = Set.of();
    nobody.play();
    assertEquals(0, recordings(nobody).size(), "nobody was called");
  }

  // What is written of them

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void onlyWhatWasAnsweredIsInTheLogOfTheConversation(boolean answers, int entries) {
    CallFixture stage =
        session("")
            .cast(WorldFixture.WORKER, answers ? CallFixture.answers(2, 30) : new Cast.Busy())
            .play();
    var all = stage.world().ask(a -> a.conversations().all(WorldFixture.SERVICE));
    stage.world().runUntilIdle();
    Conversation conversation = all.join().getFirst();
    assertEquals(entries, conversation.attributes().split("call_ended", -1).length - 1);
    assertTrue(answers || conversation.attributes().equals("{}"), conversation.attributes());
  }
}
