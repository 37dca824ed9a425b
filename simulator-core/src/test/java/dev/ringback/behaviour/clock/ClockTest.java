package dev.ringback.behaviour.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Cast;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Wire;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual time: when it moves, and who holds it. */
@Timeout(30)
class ClockTest {
  private static final Duration SOON = Duration.ofMillis(200);

  /** Keeps requests until the test lets them land. */
  private static final class HeldWire implements Wire {
    private final List<Runnable> held = new ArrayList<>();
    private final FakeApp app;

    HeldWire(FakeApp app) {
      this.app = app;
    }

    @Override
    public synchronized void send(WebRequest request, Receiver receiver) {
      held.add(() -> app.send(request, receiver));
      notifyAll();
    }

    @Override
    public void abandon() {}

    synchronized Runnable take() throws InterruptedException {
      while (held.isEmpty()) {
        wait();
      }
      return held.removeFirst();
    }

    synchronized boolean isEmpty() {
      return held.isEmpty();
    }
  }

  private static FakeApp app() {
    return new FakeApp()
        .at("/voice", WorldFixture.connect("inboundTimeout=\"20\""))
        .at("/action", "<Response><Hangup/></Response>");
  }

  private static WorldFixture ignoring(ClockMode clock) {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = clock;
    worlds.casts.put(WorldFixture.WORKER, new Cast.Ignores());
    return worlds;
  }

  private static Sid place(World world) {
    return ((Placed.Ringing) world.place(WorldFixture.call()).join()).call();
  }

  @Test
  void timeStandsStillWhileARequestIsInFlight() throws Exception {
    HeldWire wire = new HeldWire(app());
    try (World world = ignoring(new ClockMode.Skipping()).with(wire).start()) {
      Sid call = place(world);
      Runnable voice = wire.take();
      assertEquals(WorldSettings.VIRTUAL_START, world.clock().join().now());
      assertEquals(1, world.clock().join().inFlight());
      voice.run();
      Runnable action = wire.take();
      Instant asked = world.clock().join().now();
      assertEquals(WorldSettings.VIRTUAL_START.plusSeconds(20), asked);
      assertEquals(asked, world.clock().join().now());
      action.run();
      wire.take().run(); // the number's status callback
      world.whenOver(call).get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aCommandDuringAFlightIsServedAtTheFrozenInstant() throws Exception {
    HeldWire wire = new HeldWire(app());
    try (World world = ignoring(new ClockMode.Skipping()).with(wire).start()) {
      Sid call = place(world);
      Runnable voice = wire.take();
      assertTrue(world.endByApi(call, false).join());
      assertEquals(
          WorldSettings.VIRTUAL_START,
          world.call(call).join().orElseThrow().call().facts().leg().endedAt());
      voice.run();
      wire.take().run();
      world.whenOver(call).get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aHoldStopsTheClockUntilItIsReleased() throws Exception {
    FakeApp app = app();
    try (World world = ignoring(new ClockMode.Skipping()).with(app).start()) {
      world.hold("queue worker", Duration.ofMinutes(1)).join();
      Sid call = place(world);
      var over = world.whenOver(call);
      assertThrows(TimeoutException.class, () -> over.get(SOON.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals("queue worker", world.clock().join().holds().getFirst().name());
      assertEquals(WorldSettings.VIRTUAL_START, world.clock().join().now());
      assertTrue(world.release("queue worker").join());
      over.get(5, TimeUnit.SECONDS);
      assertFalse(world.release("queue worker").join());
    }
  }

  @Test
  void aLeaseEndsAForgottenHold() throws Exception {
    try (World world = ignoring(new ClockMode.Skipping()).with(app()).start()) {
      world.hold("forgotten", SOON).join();
      world.whenOver(place(world)).get(5, TimeUnit.SECONDS);
      assertEquals(List.of(), world.clock().join().holds());
    }
  }

  @Test
  void aSteppedClockGoesExactlyAsFarAsItIsGranted() throws Exception {
    FakeApp app = app();
    try (World world = ignoring(new ClockMode.Stepped()).with(app).start()) {
      Sid call = place(world);
      Instant start = WorldSettings.VIRTUAL_START;
      assertEquals(start.plusSeconds(19), world.advance(Duration.ofSeconds(19)).join());
      assertEquals(0, app.to("/action").size());
      assertEquals(start.plusSeconds(20), world.advance(Duration.ofSeconds(1)).join());
      assertEquals(1, app.to("/action").size());
      assertEquals(start.plusSeconds(20), world.clock().join().now());
      world.whenOver(call).get(5, TimeUnit.SECONDS);
      assertEquals(start.plusSeconds(3620), world.advance(Duration.ofHours(1)).join());
    }
  }

  @Test
  void onlyASteppedClockIsAdvanced() {
    try (World world = ignoring(new ClockMode.Skipping()).with(app()).start()) {
      CompletionException e =
          assertThrows(
              CompletionException.class, () -> world.advance(Duration.ofSeconds(1)).join());
      assertTrue(String.valueOf(e.getCause()).contains("not stepped"));
    }
  }

  @Test
  @Fact({"overrides.fifteen-seconds", "overrides.late-is-noted-then-the-fallback"})
  void anEndpointThatNeverAnswersCostsFifteenSecondsOfTheWorldsTime() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                request ->
                    new Landing.Failed(
                        TwilioError.HTTP_RETRIEVAL_FAILURE,
                        "did not answer",
                        false,
                        Duration.ofSeconds(15)))
            .at("/fallback", "<Response><Hangup/></Response>");
    WorldFixture worlds = new WorldFixture();
    worlds.fallback = true;
    World world = worlds.with(app);
    var placed = world.place(WorldFixture.call());
    world.runUntilIdle();
    Sid call = ((Placed.Ringing) placed.join()).call();
    var record = world.call(call);
    world.runUntilIdle();
    assertEquals(
        WorldSettings.VIRTUAL_START.plusSeconds(15),
        record.join().orElseThrow().call().facts().leg().endedAt());
    assertEquals("11200", app.to("/fallback").getFirst().form().value("ErrorCode").orElseThrow());
  }

  @Test
  void aLatencyIsPaidInTheWorldsTime() {
    FakeApp app = app();
    WorldFixture worlds = ignoring(new ClockMode.Skipping());
    worlds.latency = Duration.ofMillis(250);
    World world = worlds.with(app);
    world.place(WorldFixture.call());
    world.runUntilIdle();
    var clock = world.clock();
    world.runUntilIdle();
    // voice 250 ms, ringing 20 s, action 250 ms; then the status callback's 250 ms
    assertEquals(WorldSettings.VIRTUAL_START.plusMillis(20_750), clock.join().now());
  }

  @Test
  void afterAResetNothingOfBeforeIsLeft() throws Exception {
    HeldWire wire = new HeldWire(app());
    try (World world = ignoring(new ClockMode.Skipping()).with(wire).start()) {
      Sid before = place(world);
      Runnable late = wire.take();
      world.reset().join();
      late.run();
      assertEquals(List.of(), world.calls().join());
      assertEquals(0, world.journal().last());
      assertEquals(before, place(world), "the same seed makes the same call again");
      wire.take().run();
      wire.take().run();
      wire.take().run();
      world.whenOver(before).get(5, TimeUnit.SECONDS);
      assertTrue(wire.isEmpty());
    }
  }
}
