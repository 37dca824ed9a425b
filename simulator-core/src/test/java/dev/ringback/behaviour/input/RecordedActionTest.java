package dev.ringback.behaviour.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the app is told of a recording: in the request of the action, and in a callback. */
class RecordedActionTest {
  private static final String A = "+15558675311";

  private final CallFixture fixture = new CallFixture();

  private void isToldOfTheRecording(String path) {
    String sid = fixture.form("/recorded", "RecordingSid");
    assertTrue(sid.startsWith("RE"), sid);
    assertTrue(fixture.form(path, "RecordingUrl").endsWith("/Recordings/" + sid));
    assertEquals(fixture.form("/recorded", "RecordingUrl"), fixture.form(path, "RecordingUrl"));
    assertEquals(sid, fixture.form(path, "RecordingSid"));
    assertEquals("5", fixture.form(path, "RecordingDuration"));
    assertEquals("5", fixture.form("/recorded", "RecordingDuration"));
  }

  @Test
  @Fact({
    "dial.recording-sid",
    "dial.recording-sid-and-duration",
    "dial.recording-url",
    "recording-status.sids-and-url",
    "sids.recording"
  })
  void theActionOfADialIsToldOfItsRecording() {
    fixture
        .at(
            "/voice",
            "<Dial action='/after' record='record-from-answer' recordingStatusCallback='/recorded'>%s</Dial>"
                .formatted(A))
        .cast(A, CallFixture.answers(3, 5))
        .play();
    isToldOfTheRecording("/after");
  }

  @Test
  @Fact("record.action-has-the-recording-sid")
  void theActionOfARecordIsToldOfItsRecording() {
    fixture
        .at("/voice", "<Record action='/after' recordingStatusCallback='/recorded'/>")
        .caller(5, false, "")
        .play();
    isToldOfTheRecording("/after");
  }

  @Test
  void theActionOfASessionIsToldOfItsRecording() {
    fixture
        .at(
            "/voice",
            WorldFixture.connect(
                "record='record-from-answer' recordingStatusCallback='http://app.test/recorded'"))
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, CallFixture.answers(3, 5))
        .play();
    isToldOfTheRecording("/action");
  }

  @Test
  @Fact({"encoding.space-of-recordings-is-twenty", "recording-status.spaces"})
  void aRecordingsCallbackWritesASpaceAsTwenty() {
    fixture
        .at(
            "/voice",
            "<Dial action='/after' record='record-from-answer' recordingStatusCallback='/recorded'>%s</Dial>"
                .formatted(A))
        .cast(A, CallFixture.answers(3, 5))
        .play();
    String body = fixture.app.to("/recorded").getLast().body();
    assertTrue(body.contains("%20") && !body.contains("+"), body);
  }

  @Test
  void aRedirectThatBringsTheParametersAlongGetsThemOnce() {
    fixture.app.at(
        "/voice",
        request ->
            new Landing.Answered(
                302,
                null,
                "",
                List.of(new Landing.Header("location", "/next?CallSid=CA1&x=1")),
                Duration.ZERO));
    fixture.at("/next", "<Hangup/>").play();
    assertEquals(
        List.of("http://app.test/next?CallSid=CA1&x=1"),
        fixture.app.to("/next").stream().map(r -> r.url()).toList());
  }

  @Test
  void anAddressThatIsRequestedWithGetGetsTheParametersHoweverItLooks() {
    fixture
        .at("/voice", "<Redirect method='GET'>/next?CallSid=CA1</Redirect>")
        .at("/next", "<Hangup/>")
        .play();
    String url = fixture.app.to("/next").getFirst().url();
    assertTrue(url.startsWith("http://app.test/next?CallSid=CA1&AccountSid="), url);
  }
}
