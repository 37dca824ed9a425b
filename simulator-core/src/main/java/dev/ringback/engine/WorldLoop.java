package dev.ringback.engine;

import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.journal.Newest;
import dev.ringback.snapshot.GraphReader;
import dev.ringback.snapshot.GraphWriter;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that owns a world: it takes messages from the inbox and what is due from the agenda,
 * and moves time when nothing is left to do at this instant, nothing is in flight and nothing holds
 * it back.
 */
final class WorldLoop implements Reliving.Steps {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final WorldSettings settings;
  private final WorldState.Ground ground;
  private final Inbox inbox;
  private final LoopWatch watch;
  private final boolean virtual;
  private final boolean stepped;
  private final Life life;

  /** Null: it is over, or there was none. */
  private @Nullable Past past;

  /** Replaced by a reset. */
  private WorldState state;

  /**
   * @param past null: this is the first time; or it is over
   */
  record Life(History history, @Nullable Past past) {}

  WorldLoop(WorldSettings settings, WorldState.Ground ground, LoopWatch watch, Life life) {
    this.settings = settings;
    this.ground = ground;
    this.inbox = ground.inbox();
    this.watch = watch;
    this.virtual = settings.clock().virtual();
    this.stepped = settings.clock() instanceof ClockMode.Stepped;
    this.life = life;
    this.past = life.past();
    this.state = first();
    inbox.beforeEach(this::takes, life.history().isKept());
  }

  /** What it begins with. */
  private WorldState first() {
    WorldSnapshot snapshot = past == null ? null : past.snapshots().first();
    if (snapshot == null) {
      return new WorldState(settings, ground, begin());
    }
    Kept kept = read(snapshot);
    sendings().goOnWith(kept.sendings());
    ground.journal().restore(kept.journal());
    kept.state().time.holds().renew();
    return kept.state();
  }

  /** How its time begins, as it did then or now. */
  private WorldInput.Began begin() {
    WorldInput.Began then = past == null ? null : past.began();
    if (then != null) {
      return then;
    }
    Instant wall = Instant.now();
    Instant start = settings.time().start();
    if (start == null) {
      start = virtual ? WorldSettings.VIRTUAL_START : wall;
    }
    WorldInput.Began began = new WorldInput.Began(start, wall);
    life.history().took(start, began);
    return began;
  }

  /** A message is about to be dealt with. */
  private void takes(Inbox.Message message) {
    state.time.clock().read();
    if (message.input() != null) {
      life.history().took(state.time.now(), message.input());
    }
  }

  /** On the loop only. */
  @Override
  public WorldState state() {
    return state;
  }

  @Override
  public Sendings sendings() {
    return ground.outside().sendings();
  }

  /**
   * Does again what its past says, and takes up what had not ended; before it is started.
   *
   * @param downtime whether the time that has passed on the wall meanwhile passes here, too, on a
   *     real clock
   */
  void relive(boolean downtime) throws InterruptedException {
    Past lived = past;
    if (lived == null) {
      return;
    }
    sendings().relive();
    new Reliving(lived, inbox, this).run();
    past = null;
    WorldClock clock = state.time.clock();
    Instant wall = Instant.now();
    WorldInput.Resumed resumed =
        new WorldInput.Resumed(downtime ? clock.wouldBe(wall) : clock.now(), wall);
    life.history().took(clock.now(), resumed);
    sendings().tellThatTheyLeaveAgain();
    clock.resume(resumed);
    catchUp(resumed.start());
    clock.goOn();
    sendings().leave();
  }

  /** Does what fell due while nobody ran, each at its time. */
  private void catchUp(Instant until) {
    for (Instant next = state.time.agenda().nextDue();
        !virtual && next != null && !next.isAfter(until);
        next = state.time.agenda().nextDue()) {
      state.time.clock().moveTo(next);
      guarded(this::doNext);
      while (!inbox.isEmpty()) {
        guarded(inbox::dealWithNext);
      }
    }
  }

  @Override
  public void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | StackOverflowError e) {
      failed(e);
    }
  }

  /** One thing failed; the world goes on. */
  private void failed(Throwable e) {
    Alert alert = new Alert(null, Level.ERROR, "internal-error: Ringback failed: " + e, null);
    state.journal.write(null, new Fact.Alerted(alert));
  }

  /** The world as configured; nothing of before is left, nothing is still in flight. */
  void reset() {
    state.delivery.abandon();
    inbox.breakWaits(new WorldGone(WorldGone.Why.RESET, "the world was reset"));
    ground.journal().clear();
    state = new WorldState(settings, ground, begin());
  }

  // Snapshots

  /** All that a snapshot has. */
  record Kept(WorldState state, Sendings.Kept sendings, Newest<JournalEntry> journal) {}

  WorldSnapshot snapshot() {
    if (ground.outside().api().anyOpen()) {
      throw new IllegalStateException("a script waits for an answer of the REST API");
    }
    Kept kept = new Kept(state, sendings().kept(), ground.journal().kept());
    return new WorldSnapshot(state.time.now(), GraphWriter.write(kept, ground.fixed(settings)));
  }

  /** On any thread. */
  Kept read(WorldSnapshot snapshot) {
    return (Kept) GraphReader.read(snapshot.bytes(), ground.fixed(settings));
  }

  @Override
  public void restore(WorldSnapshot snapshot, WorldInput.Restored restored) {
    restore(read(snapshot), restored);
  }

  Instant restore(Kept kept, WorldInput.Restored restored) {
    state.delivery.abandon();
    inbox.breakWaits(
        new WorldGone(WorldGone.Why.RESET, "the world has become what a snapshot was"));
    ground.journal().restore(kept.journal());
    state = kept.state();
    state.time.holds().renew();
    sendings().restore(kept.sendings());
    sendings().tellThatTheyLeaveAgain();
    WorldClock clock = state.time.clock();
    clock.resume(new WorldInput.Resumed(clock.now(), restored.wall()));
    if (sendings().isReliving()) {
      clock.stand();
    } else {
      clock.goOn();
      sendings().leave();
    }
    return clock.now();
  }

  /** Stepped clock: grants time; gives the instant up to which it may go. */
  Instant grant(Duration by) {
    if (!stepped) {
      throw new IllegalStateException("the clock is not stepped");
    }
    state.granted = state.granted.plus(by);
    return state.granted;
  }

  /** Whether everything that was due by then is done. */
  boolean reached(Instant target) {
    Instant next = state.time.agenda().nextDue();
    return !state.delivery.anyInFlight()
        && !state.time.now().isBefore(target)
        && (next == null || next.isAfter(target));
  }

  /** Starts the loop on a thread of its own. */
  void start() {
    Thread.ofPlatform().daemon().name("world-" + settings.account()).start(this::loop);
  }

  private void loop() {
    try {
      while (!inbox.isClosed()) {
        try {
          if (!step()) {
            rest();
          }
        } catch (RuntimeException | StackOverflowError e) {
          failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      // Not one thing, but the ground it all stands on: no input is taken any more.
      inbox.close(
          new WorldGone(
              WorldGone.Why.DIED,
              "the loop of the world %s has died: %s; restart Ringback, or delete the world"
                  .formatted(settings.account(), e)));
      throw e; // the JVM prints where
    } finally {
      inbox.close(new WorldGone(WorldGone.Why.CLOSED, "the world is closed"));
    }
  }

  /** Runs the loop on this thread until nothing is left to do; for worlds without a thread. */
  void runUntilIdle() {
    try {
      while (!inbox.isClosed()) {
        if (step()) {
          continue;
        }
        boolean waitsForGrant =
            stepped
                && inbox.isEmpty()
                && !state.delivery.anyInFlight()
                && nothingIsDueWithinTheGrant();
        if (!waitsForGrant && !idle()) {
          rest();
        } else if (!moveToGrant() && !inbox.keepPromises()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The same, and then waits for messages until there was none for so long on the wall.
   *
   * @param quiet zero: as {@link #runUntilIdle}
   */
  void runUntilQuiet(Duration quiet) {
    runUntilIdle();
    try {
      while (quiet.isPositive() && !inbox.isClosed() && inbox.waitsFor(quiet)) {
        runUntilIdle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does one thing; false when there is nothing to do at this instant. */
  private boolean step() {
    if (inbox.dealWithNext()) {
      watch.live(state.live.countGoing());
      return true;
    }
    state.time.clock().read();
    if (state.delivery.isSettled()) {
      life.history().took(state.time.now(), new WorldInput.Settled());
      state.delivery.settle();
    }
    if (virtual && state.delivery.anyInFlight()) {
      return !inbox.isEmpty();
    }
    return doNext();
  }

  /** Does the next thing that is due; false when there is none. */
  private boolean doNext() {
    Agenda.Item item = state.time.agenda().takeDue(state.time.now());
    if (item == null) {
      return false;
    }
    life.history().took(state.time.now(), new WorldInput.Due());
    watch.did(item, state.time.clock());
    item.task().run();
    watch.live(state.live.countGoing());
    if (item.owner() == null || item.owner().over()) {
      inbox.keepPromises();
    }
    return true;
  }

  /** Nothing is to be done now: keeps promises, waits for the inbox, or moves time. */
  private void rest() throws InterruptedException {
    watch.live(state.live.countGoing());
    Duration held = virtual ? state.time.holds().untilFirstEnds() : null;
    boolean frozen = held != null || (virtual && state.delivery.anyInFlight());
    if (inbox.keepPromises() || (!frozen && moveToGrant())) {
      return;
    }
    Instant next = state.time.agenda().nextDue();
    if (frozen || next == null) {
      inbox.waitFor(held == null ? FOREVER : held);
      return;
    }
    switch (state.time.clock().mode()) {
      case ClockMode.Real real -> inbox.waitFor(state.time.clock().wallUntil(next));
      case ClockMode.Skipping skipping -> {
        if (inbox.isQuietFor(settings.time().settle())) {
          state.time.clock().moveTo(next);
        }
      }
      case ClockMode.Stepped clock -> {
        if (nothingIsDueWithinTheGrant()) {
          inbox.waitFor(FOREVER);
        } else {
          state.time.clock().moveTo(next);
        }
      }
    }
  }

  private boolean nothingIsDueWithinTheGrant() {
    Instant next = state.time.agenda().nextDue();
    return next == null || next.isAfter(state.granted);
  }

  /** Stepped clock: goes to the end of what is granted, when nothing is due before. */
  private boolean moveToGrant() {
    boolean moves =
        stepped && state.time.clock().now().isBefore(state.granted) && nothingIsDueWithinTheGrant();
    if (moves) {
      state.time.clock().moveTo(state.granted);
    }
    return moves;
  }

  /** Whether nothing is due, in flight or held. */
  private boolean idle() {
    return inbox.isEmpty()
        && !state.delivery.anyInFlight()
        && state.time.agenda().nextDue() == null
        && state.time.holds().active().isEmpty();
  }
}
