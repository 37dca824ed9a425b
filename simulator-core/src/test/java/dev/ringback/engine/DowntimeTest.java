package dev.ringback.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.CallEvent;
import dev.ringback.callback.WebRequest;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a world does about the time in which nobody ran it, and about what nobody had answered. */
@Timeout(60)
class DowntimeTest {
  private static final Duration DOWN = Duration.ofMinutes(5);

  private final WorldFixture worlds = new WorldFixture();
  private final List<History.Entry> history = new CopyOnWriteArrayList<>();

  /** The requests of its past: a call. */
  private static final class OneCall implements Past.Requests {
    private World world;

    @SuppressWarnings("NullAway.Init")
    OneCall() {}

    @Override
    public void again(long number) {
      Thread.ofVirtual().start(() -> place(world));
    }

    @Override
    public boolean mayComeEarly(long number) {
      return true;
    }
  }

  private static void place(World world) {
    Origin.enter(new Origin(true, () -> 1L));
    world.place(WorldFixture.call());
    Origin.enter(null);
  }

  /** Runs a real world until that many inputs were written down. */
  private void live(Wire wire, int inputs) throws Exception {
    worlds.clock = new ClockMode.Real(1);
    var enough = new CountDownLatch(inputs);
    try (World world =
        worlds
            .with(
                wire,
                (at, input) -> {
                  history.add(new History.Entry(at, input));
                  enough.countDown();
                },
                null)
            .start()) {
      place(world);
      enough.await();
    }
  }

  /** The same world, as if it had begun so much earlier on the wall. */
  private World again(Wire wire, Duration earlier, boolean downtime) throws Exception {
    List<History.Entry> past = new ArrayList<>(history);
    WorldInput.Began began = (WorldInput.Began) past.getFirst().input();
    past.set(
        0,
        new History.Entry(
            past.getFirst().at(),
            new WorldInput.Began(began.start(), began.wall().minus(earlier))));
    OneCall calls = new OneCall();
    calls.world =
        worlds.with(
            wire,
            (at, input) -> {},
            new Past(past.iterator(), calls, Duration.ofSeconds(20), Past.Snapshots.NONE));
    return calls.world.relive(downtime);
  }

  private static Stream<JournalEntry> ended(World world) {
    return world.journal().all().stream()
        .filter(e -> e.fact() instanceof Fact.Happened(CallEvent.CallEnded end));
  }

  @Test
  void whatFellDueMeanwhileHappensAndReportsItsOwnTime() throws Exception {
    FakeApp app = new FakeApp().at("/voice", "<Response><Pause length='30'/></Response>");
    live(app, 3); // began, the call, the answer
    World world = again(app, DOWN, true);
    JournalEntry end = ended(world).findFirst().orElseThrow();
    Instant answered =
        world.journal().all().stream()
            .filter(e -> e.fact() instanceof Fact.Happened(CallEvent.DocumentRead read))
            .findFirst()
            .orElseThrow()
            .at();
    assertEquals(Duration.ofSeconds(30), Duration.between(answered, end.at()));
    var clock = world.clock();
    world.runUntilIdle();
    assertTrue(
        Duration.between(end.at(), clock.join().now()).compareTo(Duration.ofMinutes(4)) > 0,
        "the time in which nobody ran has passed");
  }

  @Test
  void timeStandsStillWhereItIsToldTo() throws Exception {
    FakeApp app = new FakeApp().at("/voice", "<Response><Pause length='30'/></Response>");
    live(app, 3);
    World world = again(app, DOWN, false).start();
    assertEquals(0, ended(world).count());
    Instant now = world.clock().join().now();
    world.close();
    assertTrue(
        Duration.between(history.getLast().at(), now).compareTo(Duration.ofSeconds(20)) < 0,
        now::toString);
  }

  /** An app that has not answered. */
  private static final class SilentApp implements Wire {
    final List<WebRequest> requests = new ArrayList<>();

    @Override
    public synchronized void send(WebRequest request, Receiver receiver) {
      requests.add(request);
    }

    @Override
    public void abandon() {}
  }

  @Test
  @dev.ringback.fidelity.Fact("headers.idempotency-token-stays")
  void whatNobodyAnsweredLeavesOnceMoreTheSame() throws Exception {
    SilentApp before = new SilentApp();
    live(before, 2); // began, the call
    SilentApp after = new SilentApp();
    World world = again(after, Duration.ZERO, true);
    assertEquals(before.requests, after.requests);
    WebRequest request = after.requests.getFirst();
    assertTrue(
        request.headers().stream().anyMatch(h -> h.name().equals("I-Twilio-Idempotency-Token")),
        request::toString);
    assertEquals(
        List.of(1, 2),
        world.journal().all().stream()
            .map(JournalEntry::fact)
            .filter(Fact.Requested.class::isInstance)
            .map(fact -> ((Fact.Requested) fact).attempt())
            .toList());
  }
}
