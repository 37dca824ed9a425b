package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Troupe;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.Worlds;
import dev.ringback.files.JournalJson;
import dev.ringback.journal.Entry;
import dev.ringback.wire.HttpWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Same seed, same scenario, an endpoint that answers after random delays: the same journal. */
@Timeout(60)
class DeterminismTest {
  private static final String EVENTS =
      "statusCallback=\"/status\" statusCallbackEvent=\"call-initiated call-ringing call-answered"
          + " call-completed\" record=\"record-from-ringing\" recordingStatusCallback=\"/recording\""
          + " recordingStatusCallbackEvent=\"in-progress completed\"";

  private static MockResponse late(MockResponse answer) {
    return answer
        .newBuilder()
        .headersDelay(ThreadLocalRandom.current().nextInt(15), TimeUnit.MILLISECONDS)
        .build();
  }

  private static WebApp jitteryApp() {
    return new WebApp()
        .at("/voice", (RecordedRequest r) -> late(WebApp.twiml(Worlds.connect(EVENTS))))
        .at(
            "/action",
            (RecordedRequest r) ->
                late(WebApp.twiml("<Response><Say>Bye</Say><Record action='/last'/></Response>")))
        .at("/last", (RecordedRequest r) -> late(WebApp.twiml("<Response/>")))
        .at("/status", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()))
        .at("/recording", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()))
        .at(
            "/call-status",
            (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()));
  }

  private static List<String> journal(WebApp app) {
    Worlds worlds = new Worlds();
    worlds.base = app.url();
    try (HttpWire wire = new HttpWire();
        World world = worlds.with(wire)) {
      for (int i = 0; i < 5; i++) {
        Cast cast = new Cast.Answers(Duration.ofSeconds(i % 3), Duration.ofSeconds(5), false);
        world.place(
            new Placement.ByCustomer(
                Worlds.CUSTOMER,
                Worlds.NUMBER,
                new Troupe(Map.of(Worlds.WORKER, cast), Caller.DEFAULT)));
      }
      world.runUntilIdle();
      return world.journal().after(0, 100_000).stream().map(JournalJson::write).toList();
    }
  }

  @Test
  void twoRunsGiveTheSameJournalByteForByte() {
    try (WebApp app = jitteryApp()) {
      List<String> first = journal(app);
      List<String> second = journal(app);
      assertTrue(first.size() > 200, "only " + first.size() + " lines");
      assertEquals(String.join("\n", first), String.join("\n", second));
    }
  }

  @Test
  void theJournalGoesToJsonAndBack() {
    try (WebApp app = jitteryApp()) {
      for (String line : journal(app)) {
        Entry entry = JournalJson.read(line);
        assertEquals(line, JournalJson.write(entry));
      }
    }
  }
}
