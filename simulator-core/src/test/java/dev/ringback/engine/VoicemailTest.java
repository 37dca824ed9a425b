package dev.ringback.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's example: the worker does not answer, the customer leaves a voicemail. */
class VoicemailTest {
  @Test
  void noAnswerAfterTwentySecondsThenSayAndRecord() {
    FakeApp app =
        new FakeApp()
            .at("/voice", Worlds.connect("inboundTimeout=\"20\""))
            .at(
                "/action",
                "<Response><Say>Please leave a message.</Say><Record"
                    + " recordingStatusCallback=\"http://app.test/voicemail\"/></Response>");
    World world = new Worlds().with(app);
    world.place(
        new Placement.ByCustomer(
            Worlds.CUSTOMER,
            Worlds.NUMBER,
            new Script(
                Map.of(Worlds.WORKER, new Cast.Ignores()),
                new Caller(Duration.ofSeconds(10), true))));
    world.runUntilIdle();
    var action = app.to("/action").getFirst().form();
    assertEquals("dialed-call-incomplete", action.value("Result").orElseThrow());
    assertEquals("no-answer", action.value("DialCallStatus").orElseThrow());
    assertEquals(
        "10", app.to("/voicemail").getFirst().form().value("RecordingDuration").orElseThrow());
  }
}
