package dev.ringback.behaviour.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's example: the worker does not answer, the customer leaves a voicemail. */
class VoicemailTest {
  @Test
  @Fact({
    "connect.apps-branch-on-incomplete",
    "connect.no-answer-is-no-result",
    "conversation-calls.declined-or-unanswered",
    "known-problems.voicemail-example"
  })
  void noAnswerAfterTwentySecondsThenSayAndRecord() {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("inboundTimeout=\"20\""))
            .at(
                "/action",
                "<Response><Say>Please leave a message.</Say><Record"
                    + " recordingStatusCallback=\"http://app.test/voicemail\"/></Response>");
    World world = new WorldFixture().with(app);
    world.place(
        new Placement.ByCustomer(
            WorldFixture.CUSTOMER,
            WorldFixture.NUMBER,
            new Script(
                Map.of(WorldFixture.WORKER, new Cast.Ignores()),
                new Caller(Duration.ofSeconds(10), true))));
    world.runUntilIdle();
    var action = app.to("/action").getFirst().form();
    assertEquals("dialed-call-incomplete", action.value("Result").orElseThrow());
    assertEquals("no-answer", action.value("DialCallStatus").orElseThrow());
    assertEquals(
        "10", app.to("/voicemail").getFirst().form().value("RecordingDuration").orElseThrow());
  }
}
