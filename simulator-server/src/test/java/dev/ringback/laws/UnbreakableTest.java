package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.server.WebApp;
import dev.ringback.voice.RequestKind;
import dev.ringback.wire.HttpWire;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody might do to a world, and how it lives on. */
@Timeout(60)
class UnbreakableTest {
  private static Sid place(World world, Placement placement) {
    return ((Placed.Ringing) world.place(placement).join()).call();
  }

  @Test
  void aWaitOfAThousandYearsDoesNotStopARealClock() throws Exception {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Real(1000);
    FakeApp app = new FakeApp().at("/voice", WorldFixture.connect("inboundTimeout=\"1\""));
    try (World world = worlds.with(app).start()) {
      Cast endless = new Cast.Answers(Duration.ZERO, Duration.ofDays(365_000), false);
      place(
          world,
          new Placement.ByCustomer(
              WorldFixture.CUSTOMER,
              WorldFixture.NUMBER,
              new Script(Map.of(WorldFixture.WORKER, endless), Caller.DEFAULT)));
      Instant now = world.clock().get(5, TimeUnit.SECONDS).now();
      assertTrue(world.clock().get(5, TimeUnit.SECONDS).now().compareTo(now) >= 0);
    }
  }

  @Test
  void aDocumentFullOfVerbsThatAreSkippedIsSkipped() throws Exception {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("url=\"/whisper\""))
            .at("/whisper", "<Response>" + "<Reject/>".repeat(990) + "</Response>")
            .at(
                "/action",
                "<Response>" + "<Connect><Conversation/></Connect>".repeat(490) + "</Response>");
    try (World world = new WorldFixture().with(app).start()) {
      world.whenOver(place(world, WorldFixture.call())).get(20, TimeUnit.SECONDS);
      assertEquals(1, app.to("/whisper").size());
    }
  }

  @Test
  void aClosedWorldKeepsNobodyWaiting() {
    for (int i = 0; i < 50; i++) {
      WorldFixture worlds = new WorldFixture();
      worlds.clock = new ClockMode.Stepped();
      World world = worlds.with(new FakeApp()).start();
      CompletableFuture<?> hold = world.hold("me", Duration.ofHours(1));
      CompletableFuture<?> advance = world.advance(Duration.ofHours(1));
      world.close();
      CompletableFuture<?> late = world.clock();
      for (CompletableFuture<?> future : List.of(advance, late)) {
        ExecutionException e =
            assertThrows(ExecutionException.class, () -> future.get(5, TimeUnit.SECONDS));
        assertTrue(String.valueOf(e.getCause()).contains("the world is closed"));
      }
      assertTrue(hold.isDone());
    }
  }

  @Test
  void aSteppedClockDoesNotMoveWhileItIsHeld() throws Exception {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    try (World world = worlds.with(new FakeApp()).start()) {
      world.hold("me", Duration.ofMinutes(1)).join();
      CompletableFuture<Instant> advanced = world.advance(Duration.ofSeconds(60));
      assertThrows(TimeoutException.class, () -> advanced.get(200, TimeUnit.MILLISECONDS));
      assertEquals(WorldSettings.VIRTUAL_START, world.clock().join().now());
      world.release("me").join();
      assertEquals(WorldSettings.VIRTUAL_START.plusSeconds(60), advanced.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void aResetEndsEveryWait() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    FakeApp app = new FakeApp().at("/voice", WorldFixture.connect(""));
    try (World world = worlds.with(app).start()) {
      CompletableFuture<?> over = world.whenOver(place(world, WorldFixture.call()));
      world.reset().join();
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> over.get(5, TimeUnit.SECONDS));
      assertTrue(String.valueOf(e.getCause()).contains("the world was reset"));
    }
  }

  @Test
  void manyCallsLeaveABoundedWorld() {
    FakeApp app = new FakeApp().at("/voice", "<Response><Reject/></Response>");
    World world = new WorldFixture().with(app);
    for (int i = 0; i < 2_500; i++) {
      CompletableFuture<Placed> unused = world.place(WorldFixture.call());
      world.runUntilIdle();
      app.requests.clear();
    }
    var calls = world.calls();
    world.runUntilIdle();
    assertEquals(2_000, calls.join().size());
  }

  /** A status callback that cannot be delivered never disturbs the call. */
  @Test
  void inRealTimeAnUnreachableStatusCallbackDelaysTheActionByLittle() throws Exception {
    try (WebApp app = new WebApp();
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      app.at(
              "/voice",
              WorldFixture.connect(
                  "statusCallback=\"http://127.0.0.1:%d/\"".formatted(full.getLocalPort())))
          .at("/action", "<Response><Hangup/></Response>");
      WorldFixture worlds = new WorldFixture();
      worlds.base = app.url();
      worlds.clock = new ClockMode.Real(1);
      Cast cast = new Cast.Answers(Duration.ZERO, Duration.ofMillis(1), false);
      try (HttpWire wire = new HttpWire(Duration.ofSeconds(2), Duration.ofSeconds(2));
          World world = worlds.with(wire).start()) {
        Sid call =
            place(
                world,
                new Placement.ByCustomer(
                    WorldFixture.CUSTOMER,
                    WorldFixture.NUMBER,
                    new Script(Map.of(WorldFixture.WORKER, cast), Caller.DEFAULT)));
        var record = world.whenOver(call).get(20, TimeUnit.SECONDS);
        List<Exchange> exchanges = Exchanges.of(Objects.requireNonNull(record).entries());
        Instant status = at(RequestKind.SESSION_STATUS, exchanges);
        Duration delay = Duration.between(status, at(RequestKind.ACTION, exchanges));
        assertTrue(delay.toMillis() < 1000, "the action left after " + delay);
      }
    }
  }

  private static Instant at(RequestKind kind, List<Exchange> exchanges) {
    return exchanges.stream()
        .filter(e -> e.request().kind() == kind)
        .findFirst()
        .orElseThrow()
        .leftAt();
  }

  /** In real time too, requests of a call leave in the order in which they were made. */
  @Test
  void inRealTimeTheStatusEventsLeaveBeforeTheAction() throws Exception {
    try (WebApp app = new WebApp()) {
      app.at(
              "/voice",
              WorldFixture.connect(
                  "statusCallback=\"/status\" statusCallbackEvent=\"call-initiated call-ringing"
                      + " call-answered call-completed\""))
          .at(
              "/status",
              (RecordedRequest r) ->
                  new MockResponse.Builder()
                      .code(204)
                      .headersDelay(300, TimeUnit.MILLISECONDS)
                      .build())
          .at("/action", "<Response><Hangup/></Response>");
      WorldFixture worlds = new WorldFixture();
      worlds.base = app.url();
      worlds.clock = new ClockMode.Real(20);
      try (HttpWire wire = new HttpWire();
          World world = worlds.with(wire).start()) {
        for (int i = 0; i < 5; i++) {
          app.requests.clear();
          Cast cast = new Cast.Answers(Duration.ZERO, Duration.ofMillis(1), false);
          long start = System.nanoTime();
          world
              .whenOver(
                  place(
                      world,
                      new Placement.ByCustomer(
                          WorldFixture.CUSTOMER,
                          WorldFixture.NUMBER,
                          new Script(Map.of(WorldFixture.WORKER, cast), Caller.DEFAULT))))
              .get(20, TimeUnit.SECONDS);
          List<String> order = app.requests.stream().map(r -> r.getUrl().encodedPath()).toList();
          assertEquals(
              List.of(
                  "/voice", "/status", "/status", "/status", "/status", "/action", "/call-status"),
              order);
          long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
          assertTrue(took < 1100, "four slow callbacks delayed the call: " + took + " ms");
        }
      }
    }
  }
}
