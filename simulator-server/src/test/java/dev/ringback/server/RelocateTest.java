package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Act;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Role;
import dev.ringback.cast.StageDirection;
import dev.ringback.cast.Troupe;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.FakeApp;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.Worlds;
import dev.ringback.files.JournalJson;
import dev.ringback.id.Sid;
import dev.ringback.journal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call is serialised in mid-scenario, built again from its journal in another world, and goes on;
 * it must not notice.
 */
@Timeout(60)
class RelocateTest {
  private static FakeApp app() {
    return new FakeApp()
        .at(
            "/voice",
            Worlds.connect(
                "url=\"/whisper\" statusCallback=\"/status\" statusCallbackEvent=\"call-initiated"
                    + " call-ringing call-answered call-completed\" record=\"record-from-ringing\""
                    + " recordingStatusCallback=\"http://app.test/recording\""))
        .at("/whisper", "<Response><Say>A customer calls you now</Say></Response>")
        .at(
            "/action",
            "<Response><Say>Leave a message</Say><Record"
                + " recordingStatusCallback=\"/voicemail\" action=\"/last\"/></Response>")
        .at("/last", "<Response><Hangup/></Response>");
  }

  private static Placement placement() {
    return new Placement.ByCustomer(
        Worlds.CUSTOMER,
        Worlds.NUMBER,
        new Troupe(
            Map.of(
                Worlds.WORKER,
                new Cast.Answers(Duration.ofSeconds(4), Duration.ofSeconds(9), false)),
            new Caller(Duration.ofSeconds(6), false),
            List.of(
                new StageDirection(
                    Duration.ofSeconds(23),
                    new StageDirection.Does(Role.CUSTOMER, new Act.Press("5"))))));
  }

  private static World world(FakeApp app) {
    Worlds worlds = new Worlds();
    worlds.clock = new ClockMode.Stepped();
    return worlds.with(app).start();
  }

  private static List<String> lines(World world, Sid call) {
    return world.call(call).join().orElseThrow().entries().stream()
        .map(e -> JournalJson.write(new Entry(0, e.at(), e.call(), e.callNumber(), e.fact())))
        .toList();
  }

  /**
   * Seconds at which it moves: ringing, in the whisper, talking, recording, waiting for the file.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 8, 14, 17, 21, 23})
  void theCallDoesNotNotice(int movesAt) {
    List<String> undisturbed;
    Sid call;
    try (World world = world(app())) {
      call = ((Placed.Ringing) world.place(placement()).join()).call();
      world.advance(Duration.ofMinutes(10)).join();
      undisturbed = lines(world, call);
    }
    List<String> luggage;
    try (World world = world(app())) {
      world.place(placement()).join();
      world.advance(Duration.ofSeconds(movesAt)).join();
      luggage =
          world.call(call).join().orElseThrow().entries().stream().map(JournalJson::write).toList();
    }
    assertTrue(luggage.size() < undisturbed.size(), "the call was over before it moved");
    FakeApp app = app();
    try (World world = world(app)) {
      world.adopt(luggage.stream().map(JournalJson::read).toList()).join();
      world.advance(Duration.ofMinutes(10)).join();
      List<String> relocated = lines(world, call);
      for (int i = 0; i < Math.min(undisturbed.size(), relocated.size()); i++) {
        assertEquals(undisturbed.get(i), relocated.get(i), "line " + (i + 1));
      }
      assertEquals(undisturbed.size(), relocated.size());
      assertTrue(world.call(call).join().orElseThrow().call().over());
    }
  }
}
