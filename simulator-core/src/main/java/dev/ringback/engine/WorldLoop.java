package dev.ringback.engine;

import dev.ringback.journal.Fact;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import java.time.Duration;
import java.time.Instant;

/**
 * The one loop that owns a world: it takes messages from the inbox and what is due from the agenda,
 * and moves time when nothing is left to do at this instant, nothing is in flight and nothing holds
 * it back.
 */
final class WorldLoop {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final WorldSettings settings;
  private final WorldState.Ground ground;
  private final Inbox inbox;
  private final LoopWatch watch;
  private final boolean virtual;
  private final boolean stepped;

  /** Replaced by a reset. */
  private WorldState state;

  WorldLoop(WorldSettings settings, WorldState.Ground ground, LoopWatch watch) {
    this.settings = settings;
    this.ground = ground;
    this.inbox = ground.inbox();
    this.watch = watch;
    this.virtual = settings.clock().virtual();
    this.stepped = settings.clock() instanceof ClockMode.Stepped;
    this.state = new WorldState(settings, ground);
  }

  /** On the loop only. */
  WorldState state() {
    return state;
  }

  /** The world as configured; nothing of before is left, nothing is still in flight. */
  void reset() {
    state.delivery.abandon();
    inbox.breakWaits(new WorldGone(WorldGone.Why.RESET, "the world was reset"));
    ground.journal().clear();
    state = new WorldState(settings, ground);
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
          // One thing failed; the world goes on.
          Alert alert = new Alert(null, Level.ERROR, "internal-error: Ringback failed: " + e, null);
          state.journal.write(null, new Fact.Alerted(alert));
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
    state.delivery.settle();
    if (virtual && state.delivery.anyInFlight()) {
      return !inbox.isEmpty();
    }
    Agenda.Item item = state.time.agenda().takeDue(state.time.clock().now());
    if (item == null) {
      return false;
    }
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
