package dev.ringback.behaviour.conference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.TwoCallers;
import dev.ringback.voice.Act;
import dev.ringback.voice.Sound;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where calls meet: {@code <Conference>}. */
class ConferenceTest extends TwoCallers {
  @Test
  @Fact({
    "dial.conference-events",
    "dial.conference-wait-url",
    "dial.dial-call-status-of-a-conference",
    "sids.conference"
  })
  void aConferenceFromTheFirstToTheLast() {
    String conference =
        "<Dial action='/after'><Conference statusCallback='/conf' "
            + "statusCallbackEvent='start end join leave' waitUrl='/wait'>room</Conference></Dial>";
    answers(conference, conference);
    app.at("/wait", "<Response><Say>Please wait for the others</Say></Response>");
    play(5, List.of(does(20, new Act.HangUp())), List.of(does(10, new Act.HangUp())));
    assertEquals(
        List.of(
            "participant-join",
            "conference-start",
            "participant-join",
            "participant-leave",
            "participant-leave",
            "conference-end"),
        all("/conf", "StatusCallbackEvent"));
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), all("/conf", "SequenceNumber"));
    assertEquals("room", form("/conf", "FriendlyName"));
    assertTrue(form("/conf", "ConferenceSid").startsWith("CF"));
    assertEquals("last-participant-left", form("/conf", "ReasonConferenceEnded"));
    assertEquals(List.of("answered", "answered"), all("/after", "DialCallStatus"));
    // 2 s of words; the second time the conference cuts in.
    assertEquals(3, app.to("/wait").size());
    assertTrue(form("/wait", "ConferenceSid").startsWith("CF"));
  }

  @Test
  @Fact({"dial.conference-defaults", "dial.dial-call-status-of-a-conference"})
  void endConferenceOnExitEndsItForAll() {
    answers(
        "<Dial action='/after'><Conference>room</Conference></Dial>",
        "<Dial><Conference endConferenceOnExit='true'>room</Conference></Dial>");
    play(5, List.of(), List.of(does(10, new Act.HangUp())));
    assertEquals("answered", form("/after", "DialCallStatus"));
    assertEquals("in-progress", form("/after", "CallStatus"));
  }

  @Test
  @Fact("dial.conference-defaults")
  void whatHasNotStartedIsNotEnded() {
    String waits =
        "<Conference startConferenceOnEnter='false' endConferenceOnExit='%s' "
            + "statusCallback='/conf' statusCallbackEvent='start end join leave'>room</Conference>";
    answers(
        "<Dial action='/after'>" + waits.formatted("false") + "</Dial>",
        "<Dial>" + waits.formatted("true") + "</Dial>");
    play(5, List.of(does(30, new Act.HangUp())), List.of(does(10, new Act.HangUp())));
    assertEquals(
        List.of(
            "participant-join",
            "participant-join",
            "participant-leave",
            "participant-leave",
            "conference-end"),
        all("/conf", "StatusCallbackEvent"));
    assertEquals("last-participant-left", form("/conf", "ReasonConferenceEnded"));
    assertEquals("completed", form("/after", "CallStatus"));
  }

  @Test
  void theStarLeavesAndTheConferenceGoesOn() {
    answers(
        "<Dial action='/after' hangupOnStar='true'><Conference>room</Conference></Dial>",
        "<Dial action='/other'><Conference>room</Conference></Dial>");
    play(1, List.of(does(10, new Act.Press("*"))), List.of(does(20, new Act.HangUp())));
    assertEquals("in-progress", form("/after", "CallStatus"));
    assertEquals("completed", form("/other", "CallStatus"));
  }

  @Test
  @Fact("errors.code-13238")
  void verbsThatAreNotForWaitDocuments() {
    String conference = "<Dial><Conference waitUrl='/wait'>room</Conference></Dial>";
    answers(conference, conference);
    app.at("/wait", "<Response><Gather/><Record/><Say>wait</Say></Response>");
    play(1, List.of(does(5, new Act.HangUp())), List.of(does(5, new Act.HangUp())));
    assertTrue(world.journal().after(0, 1000).toString().contains("CONFERENCE_INVALID_WAIT_VERB"));
  }

  @Test
  @Fact("dial.conference-defaults")
  void maxParticipants() {
    String conference =
        "<Dial action='/after'><Conference maxParticipants='1'>room</Conference></Dial>";
    answers(conference, conference);
    play(1, List.of(does(5, new Act.HangUp())), List.of());
    assertEquals(List.of("failed", "answered"), all("/after", "DialCallStatus"));
  }

  @Test
  @Fact({
    "dial.conference-recording",
    "recording-status.conference-sid",
    "recordings.conference-sid",
    "recordings.source"
  })
  void aConferenceIsRecordedFromItsStartUntilWhoAskedForItLeaves() {
    answers(
        "<Dial><Conference>room</Conference></Dial>",
        "<Dial><Conference record='record-from-start' trim='do-not-trim' "
            + "recordingStatusCallback='/recorded'>room</Conference></Dial>");
    play(5, List.of(does(10, new Act.Press("5"))), List.of(does(10, new Act.HangUp())));
    assertEquals(1, app.to("/recorded").size());
    assertEquals("Conference", form("/recorded", "RecordingSource"));
    assertEquals("completed", form("/recorded", "RecordingStatus"));
    assertEquals("10", form("/recorded", "RecordingDuration"));
    assertTrue(form("/recorded", "ConferenceSid").startsWith("CF"));
    assertTrue(
        recorded(form("/recorded", "RecordingSid")).contains(new Sound.Keys("5")),
        "what the other one pressed");
  }

  @Test
  void recordOfADialIsNotThatOfAConference() {
    answers(
        "<Dial record='record-from-answer' recordingStatusCallback='/recorded'>"
            + "<Conference>room</Conference></Dial>",
        "<Dial><Conference>room</Conference></Dial>");
    play(1, List.of(does(5, new Act.HangUp())), List.of(does(9, new Act.HangUp())));
    assertEquals(0, app.to("/recorded").size());
    assertTrue(world.journal().after(0, 1000).toString().contains("use the <Conference>'s own"));
  }
}
