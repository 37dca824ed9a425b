package dev.ringback.behaviour.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.Form;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do when nobody tells them otherwise. */
class PeopleTest {
  private static final String MOBILE = "+33199998888";

  private final WorldFixture worlds = new WorldFixture();

  private World play(FakeApp app, Script script) {
    World world = worlds.with(app);
    var placed =
        world.place(new Placement.ByCustomer(WorldFixture.CUSTOMER, WorldFixture.NUMBER, script));
    world.runUntilIdle();
    assertTrue(placed.join() instanceof Placed.Ringing);
    return world;
  }

  private static Recording recording(World world) {
    var calls = world.calls();
    world.runUntilIdle();
    return calls.join().getFirst().facts().recordings().getFirst();
  }

  /** The page's example: a message of 5 s, and the caller hangs up, as in life. */
  @Test
  @Fact({"record.action-parameters", "record.hang-up-still-asks-the-action"})
  void theVoicemailExampleEndsByItself() {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("inboundTimeout=\"20\""))
            .at(
                "/action",
                "<Response><Say>Please leave a message.</Say>"
                    + "<Record recordingStatusCallback=\"/voicemail\"/></Response>");
    World world =
        play(app, new Script(Map.of(WorldFixture.WORKER, new Cast.Ignores()), Caller.DEFAULT));
    assertEquals(1, app.to("/voicemail").size());
    Form record =
        app.requests.stream()
            .filter(request -> request.kind() == RequestKind.RECORD)
            .findFirst()
            .orElseThrow()
            .form();
    assertEquals("hangup", record.value("Digits").orElseThrow());
    assertEquals("5", record.value("RecordingDuration").orElseThrow());
    assertEquals(5, recording(world).seconds());
    assertTrue(app.requests.size() < 6, app.requests.size() + " requests");
  }

  @Test
  void theTwoTalkByTurnsSoThatBothChannelsAreHeard() {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("record=\"record-from-answer-dual\""))
            .at("/action", "<Response/>");
    Recording recording = recording(play(app, Script.NO_DIRECTIONS));
    List<HeardSound> sounds =
        recording.sounds().stream().sorted(Comparator.comparing(HeardSound::from)).toList();
    assertTrue(sounds.stream().anyMatch(HeardSound::far), "the worker");
    assertTrue(sounds.stream().anyMatch(sound -> !sound.far()), "the caller");
    for (int i = 1; i < sounds.size(); i++) {
      HeardSound before = sounds.get(i - 1);
      HeardSound next = sounds.get(i);
      assertTrue(!next.from().isBefore(before.to()), () -> next + " overlaps " + before);
    }
  }

  @Test
  void whoIsNotTalkedToIsSilent() {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("record=\"record-from-answer-dual\""))
            .at("/action", "<Response/>");
    Cast silent = new Cast.Answers(Duration.ofSeconds(1), Duration.ofSeconds(8), true);
    Script script = new Script(Map.of(WorldFixture.WORKER, silent), Caller.DEFAULT);
    assertEquals(List.of(), recording(play(app, script)).sounds());
  }

  @Test
  void whatIsSaidOfClientsConcernsNoNumber() {
    worlds.casts.put(MOBILE, CallFixture.answers(3, 7));
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Response><Dial action=\"/dialled\">" + MOBILE + "</Dial></Response>")
            .at("/dialled", "<Response/>");
    World world =
        play(app, new Script(Map.of(Script.ANY_CLIENT, new Cast.Ignores()), Caller.DEFAULT));
    assertEquals("no-answer", app.to("/action").getFirst().form().value("DialCallStatus").get());
    assertEquals("completed", app.to("/dialled").getFirst().form().value("DialCallStatus").get());
    assertEquals("7", app.to("/dialled").getFirst().form().value("DialCallDuration").get());
    var calls = world.calls();
    world.runUntilIdle();
    assertEquals(CallStatus.COMPLETED, calls.join().getFirst().facts().leg().status());
  }
}
