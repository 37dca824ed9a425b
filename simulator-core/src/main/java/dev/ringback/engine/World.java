package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.account.JsonText;
import dev.ringback.call.Act;
import dev.ringback.call.Alert;
import dev.ringback.call.Call;
import dev.ringback.call.CallMachine;
import dev.ringback.call.Landing;
import dev.ringback.call.Recording;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.callback.Forms;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Participant;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One Twilio account: a clock, an agenda, a directory, calls, a journal, and the one loop that owns
 * them. The loop takes the next input, steps the call it concerns, writes the journal and performs
 * the effects, which answer later as inputs. Every public method only posts to the inbox; its
 * future is completed by the loop, or fails when the world is closed or reset.
 */
public final class World implements AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(365);

  /** Faults that can stand at a time. */
  public static final int MAX_FAULTS = Faults.MAX_ORDERS;

  private final WorldSettings settings;
  private final Wire wire;
  private final JsonText json;
  private final CallMachine machine;
  private final RequestWriter writer;
  private final Inbox inbox = new Inbox();
  private final Journal journal = new Journal(Journal.DEFAULT_CAPACITY);
  private final boolean virtual;
  private final boolean stepped;

  /** Owned by the loop. */
  private WorldState state;

  private volatile Egress egress;

  /**
   * @param wire requests go this way
   * @param json reads and writes the JSON that the account itself has to do with
   */
  public World(WorldSettings settings, Wire wire, JsonText json) {
    this.settings = settings;
    this.wire = wire;
    this.json = json;
    this.virtual = settings.clock().virtual();
    this.stepped = settings.clock() instanceof ClockMode.Stepped;
    this.machine =
        new CallMachine(
            settings.behaviour(), new RememberingReader(settings.behaviour().wrongAttribute()));
    this.writer =
        new RequestWriter(
            new Forms(settings.publicUrl()),
            new Signature(settings.authToken()),
            settings.map(),
            settings.behaviour().signedGetParameters());
    this.state = newEra();
    this.egress = settings.egress().of(settings);
    wire.restrict(egress);
  }

  private WorldState newEra() {
    return new WorldState(settings, machine, writer, wire, json, inbox, journal);
  }

  // From outside: calls

  public WorldSettings settings() {
    return settings;
  }

  public Journal journal() {
    return journal;
  }

  /** Where its requests may go. */
  public Egress egress() {
    return egress;
  }

  /**
   * Its REST API is answered on that port, so that nothing but recordings is fetched from there.
   */
  public void servedAt(int port) {
    egress = egress.servedAt(port);
    wire.restrict(egress);
  }

  /** Places a call. */
  public CompletableFuture<Placed> place(Placement placement) {
    return inbox.promise(future -> {
      inbox.disturb();
      state.place(placement, future::complete);
    });
  }

  /**
   * Places a call in a while.
   *
   * @param in the world's time from now on
   */
  public CompletableFuture<Placed> place(Placement placement, Duration in) {
    return inbox.promise(future -> {
      WorldState now = state;
      now.agenda.enter(now.clock.read().plus(in), () -> now.place(placement, future::complete));
    });
  }

  // From outside: the account

  /** Looks at the account; nothing may be changed. */
  public <T> CompletableFuture<T> ask(Function<Account, T> question) {
    return inbox.ask(() -> question.apply(new Account(state)));
  }

  /** Changes the account, and nobody is asked before. */
  public <T> CompletableFuture<T> order(Function<Account, T> order) {
    return inbox.order(() -> order.apply(new Account(state)));
  }

  /**
   * Makes a change of the conversations. The future fails with an {@link
   * dev.ringback.account.ApiError} when it is refused.
   *
   * @param webhooks whether the app is asked before and told afterwards
   */
  public <T> CompletableFuture<T> make(Function<Account, Change<T>> change, boolean webhooks) {
    return inbox.promise(future -> {
      inbox.disturb();
      WorldState now = state;
      now.frontDesk.make(
          now.desk,
          change.apply(new Account(now)),
          webhooks,
          new FrontDesk.Outcome<T>() {
            @Override
            public void made(T result) {
              future.complete(result);
            }

            @Override
            public void refused(ApiError why) {
              future.completeExceptionally(why);
            }
          });
    });
  }

  /**
   * Asks Frontline's integration service, as the Frontline app does.
   *
   * @return what came of it
   */
  public CompletableFuture<Landing> integrate(Target target, Map<String, String> parameters) {
    return inbox.promise(future -> {
      inbox.disturb();
      state.frontDesk.send(
          state.desk,
          RequestKind.INTEGRATION,
          target,
          null,
          parameters,
          (input, landing) -> future.complete(landing));
    });
  }

  // From outside: trouble

  /**
   * Orders a fault.
   *
   * @return its identifier; fails when there are too many
   */
  public CompletableFuture<String> order(FaultRule order) {
    return inbox.order(() -> state.faults.order(order));
  }

  /** The faults that stand, by identifier, with how often each has struck. */
  public CompletableFuture<List<StandingFault>> faults() {
    return inbox.ask(() -> state.faults.standing());
  }

  /** Takes an order back; false when there is none of that identifier. */
  public CompletableFuture<Boolean> removeFault(String id) {
    return inbox.order(() -> state.faults.remove(id));
  }

  /** Takes all orders back. */
  public CompletableFuture<Boolean> removeFaults() {
    return inbox.order(() -> {
      state.faults.clear();
      return true;
    });
  }

  /** What the Debugger keeps, the newest last. */
  public CompletableFuture<List<LoggedAlert>> debugger() {
    return inbox.ask(() -> state.debugger.entries());
  }

  /**
   * Lets a person do something on a leg.
   *
   * @return empty when it is done; otherwise why it is impossible now
   */
  public CompletableFuture<Optional<String>> act(Sid leg, Act act) {
    return inbox.order(() -> state.calls.act(leg, act));
  }

  /** Ends a leg as the REST API does; false when there is no such leg, or it has ended. */
  public CompletableFuture<Boolean> endByApi(Sid leg, boolean cancel) {
    return inbox.order(() -> state.calls.endByApi(leg, cancel));
  }

  /** Adds a worker to a conversation, as the REST API does; false when it is refused. */
  public CompletableFuture<Boolean> addWorker(Sid conversation, String worker) {
    return inbox.promise(future -> {
      inbox.disturb();
      state.frontDesk.addWorker(
          conversation,
          worker,
          new FrontDesk.Outcome<>() {
            @Override
            public void made(Participant participant) {
              future.complete(true);
            }

            @Override
            public void refused(ApiError why) {
              future.complete(false);
            }
          });
    });
  }

  /** The newest call first. */
  public CompletableFuture<List<Call>> calls() {
    return inbox.ask(() -> state.calls.all());
  }

  /** The call with that leg, or empty. */
  public CompletableFuture<Optional<CallRecord>> call(Sid leg) {
    return inbox.ask(() -> Optional.ofNullable(state.calls.ofLeg(leg)).map(LiveCall::record));
  }

  /** The recording of that SID, as it is now. */
  public CompletableFuture<Optional<Recording>> recording(Sid sid) {
    return inbox.ask(() ->
        state.calls.all().stream()
            .flatMap(call -> call.facts().recordings().stream())
            .filter(recording -> recording.sid().equals(sid))
            .findFirst());
  }

  /** Completes when the call is over, with all that happened; null: no such call. */
  public CompletableFuture<@Nullable CallRecord> whenOver(Sid leg) {
    return inbox.promise(future -> {
      LiveCall call = state.calls.ofLeg(leg);
      if (call == null) {
        future.complete(null);
      } else {
        inbox.keepWhen(call::over, future, call::record);
      }
    });
  }

  /**
   * Builds a call of another world from its journal and goes on with it. Only a virtual world
   * without calls can do that.
   *
   * @param entries all of that call's, in order
   */
  public CompletableFuture<Sid> adopt(List<JournalEntry> entries) {
    return inbox.order(() -> {
      if (!state.calls.isEmpty() || !virtual) {
        throw new IllegalStateException("only a virtual world without calls can adopt one");
      }
      Sid adopted = state.calls.adopt(entries);
      state.granted = state.clock.now();
      return adopted;
    });
  }

  // From outside: time

  public CompletableFuture<ClockView> clock() {
    return inbox.ask(() ->
        new ClockView(
            settings.clock(),
            state.clock.read(),
            state.requests.inAir(),
            state.holds.active(),
            state.agenda.nextDue()));
  }

  /** Completes when nothing is due, in flight or held. */
  public CompletableFuture<Instant> whenIdle() {
    return inbox.promise(future -> inbox.keepWhen(this::idle, future, () -> state.clock.now()));
  }

  /**
   * Stepped clock: grants time; completes when all that was due by then is done.
   *
   * @throws IllegalStateException in the future, when the clock is not stepped
   */
  public CompletableFuture<Instant> advance(Duration by) {
    return inbox.promise(future -> {
      if (!stepped) {
        throw new IllegalStateException("the clock is not stepped");
      }
      state.granted = state.granted.plus(by);
      Instant target = state.granted;
      inbox.keepWhen(() -> reached(target), future, () -> target);
    });
  }

  private boolean reached(Instant target) {
    Instant next = state.agenda.nextDue();
    return !state.requests.anyInAir()
        && !state.clock.now().isBefore(target)
        && (next == null || next.isAfter(target));
  }

  /** Virtual time: holds the clock, for at most {@code lease} of the wall's time. */
  public CompletableFuture<List<Holds.Hold>> hold(String name, Duration lease) {
    return inbox.order(() -> {
      state.holds.take(name, lease);
      return state.holds.active();
    });
  }

  /** Lets go; false when nobody holds by that name. */
  public CompletableFuture<Boolean> release(String name) {
    return inbox.order(() -> state.holds.release(name));
  }

  /** The world as configured; nothing of before is left, nothing is still in flight. */
  public CompletableFuture<Boolean> reset() {
    return inbox.order(() -> {
      state.requests.abandon();
      inbox.breakWaits(new WorldGone(WorldGone.Why.RESET, "the world was reset"));
      journal.clear();
      state = newEra();
      return true;
    });
  }

  /** Whether nothing is answered any more. */
  public boolean isClosed() {
    return inbox.isClosed();
  }

  /** Why its loop has died, in a sentence; empty: it has not. */
  public Optional<String> death() {
    return Optional.ofNullable(inbox.gone())
        .filter(gone -> gone.why() == WorldGone.Why.DIED)
        .map(WorldGone::getMessage);
  }

  @Override
  public void close() {
    close(new WorldGone(WorldGone.Why.CLOSED, "the world is closed"));
  }

  /** Closes it because the server that it is in ends; whoever waits is told that. */
  public void shutDown() {
    close(
        new WorldGone(WorldGone.Why.SHUT_DOWN, "the world is closed: the server is shutting down"));
  }

  private void close(WorldGone why) {
    inbox.close(why);
    wire.abandon();
  }

  // The loop

  /** Starts the loop on a thread of its own. */
  public World start() {
    Thread.ofPlatform().daemon().name("world-" + settings.account()).start(this::loop);
    return this;
  }

  private void loop() {
    try {
      while (!inbox.isClosed()) {
        try {
          if (!turn()) {
            rest();
          }
        } catch (RuntimeException | StackOverflowError e) {
          // One thing failed; the world goes on.
          Alert alert = new Alert(null, Level.ERROR, "internal-error: Ringback failed: " + e, null);
          state.journalWriter.write(null, new Fact.Alerted(alert));
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
  public void runUntilIdle() {
    try {
      while (!inbox.isClosed()) {
        if (turn()) {
          continue;
        }
        boolean waitsForGrant =
            stepped
                && inbox.isEmpty()
                && !state.requests.anyInAir()
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
  public void runUntilQuiet(Duration quiet) {
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
  private boolean turn() {
    if (inbox.dealWithNext()) {
      return true;
    }
    state.clock.read();
    state.requests.landWave();
    if (virtual && state.requests.anyInAir()) {
      return !inbox.isEmpty();
    }
    Agenda.Item item = state.agenda.takeDue(state.clock.now());
    if (item == null) {
      return false;
    }
    item.task().run();
    if (item.owner() == null || item.owner().over()) {
      boolean unused = inbox.keepPromises();
    }
    return true;
  }

  /** Nothing is to be done now: keeps promises, waits for the inbox, or moves time. */
  private void rest() throws InterruptedException {
    Duration held = virtual ? state.holds.untilFirstEnds() : null;
    boolean frozen = held != null || (virtual && state.requests.anyInAir());
    if (inbox.keepPromises() || (!frozen && moveToGrant())) {
      return;
    }
    Instant next = state.agenda.nextDue();
    if (frozen || next == null) {
      inbox.waitFor(held == null ? FOREVER : held);
      return;
    }
    switch (settings.clock()) {
      case ClockMode.Real real -> inbox.waitFor(state.clock.wallUntil(next));
      case ClockMode.Skipping skipping -> {
        if (inbox.isQuietFor(settings.settle())) {
          state.clock.moveTo(next);
        }
      }
      case ClockMode.Stepped clock -> {
        if (nothingIsDueWithinTheGrant()) {
          inbox.waitFor(FOREVER);
        } else {
          state.clock.moveTo(next);
        }
      }
    }
  }

  private boolean nothingIsDueWithinTheGrant() {
    Instant next = state.agenda.nextDue();
    return next == null || next.isAfter(state.granted);
  }

  /** Stepped clock: goes to the end of what is granted, when nothing is due before. */
  private boolean moveToGrant() {
    boolean moves =
        stepped && state.clock.now().isBefore(state.granted) && nothingIsDueWithinTheGrant();
    if (moves) {
      state.clock.moveTo(state.granted);
    }
    return moves;
  }

  private boolean idle() {
    return inbox.isEmpty()
        && !state.requests.anyInAir()
        && state.agenda.nextDue() == null
        && state.holds.active().isEmpty();
  }
}
