package dev.ringback.engine;

import dev.ringback.account.JsonText;
import dev.ringback.call.Call;
import dev.ringback.conversation.Change;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.Sid;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Act;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
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
  /** Faults that can stand at a time. */
  public static final int MAX_FAULTS = FaultInjector.MAX_RULES;

  private final WorldSettings settings;
  private final Wire wire;
  private final ApiRequests api;
  private final ApiLog apiLog = new ApiLog();
  private final Inbox inbox = new Inbox();
  private final Journal journal = new Journal(Journal.CAPACITY);
  private final LoopWatch watch = new LoopWatch(inbox);
  private final WorldLoop loop;
  private volatile Egress egress;

  /**
   * @param wire requests go this way
   * @param json reads and writes the JSON that the account itself has to do with
   */
  public World(WorldSettings settings, Wire wire, JsonText json) {
    this(settings, wire, json, History.NONE, null);
  }

  /**
   * @param history is told of all that it takes from outside from now on
   * @param past what it has lived through, to be lived again by {@link #relive}; null: nothing
   */
  public World(
      WorldSettings settings, Wire wire, JsonText json, History history, @Nullable Past past) {
    this.settings = settings;
    this.wire = wire;
    this.api = new ApiRequests(inbox);
    this.loop =
        new WorldLoop(
            settings,
            WorldState.Ground.of(
                settings,
                new WorldState.Outside(new Sendings(wire, inbox, watch), json, api),
                inbox,
                journal),
            watch,
            new WorldLoop.Life(history, past));
    this.egress = settings.identity().network().egress().of(settings);
    wire.restrict(egress);
  }

  private WorldState state() {
    return loop.state();
  }

  public WorldSettings settings() {
    return settings;
  }

  public Journal journal() {
    return journal;
  }

  public LoopWatch watch() {
    return watch;
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

  /** Its scripts send REST requests by that client; without one they cannot. */
  public void sendsApiRequestsBy(ApiClient client) {
    api.by(client);
  }

  /** Places a call. */
  public CompletableFuture<Placed> place(Placement placement) {
    return inbox.promise(future -> {
      inbox.disturb();
      state().place(placement, future::complete);
    });
  }

  /**
   * Places a call in a while.
   *
   * @param in the world's time from now on
   */
  public CompletableFuture<Placed> place(Placement placement, Duration in) {
    return inbox.promise(future -> {
      WorldState now = state();
      now.time
          .agenda()
          .enter(now.time.now().plus(in), () -> now.place(placement, future::complete));
    });
  }

  /** Lets time pass in which nothing is done from outside; completes at its end. */
  public CompletableFuture<Instant> pass(Duration by) {
    return inbox.promise(future -> {
      Instant end = state().time.now().plus(by);
      state().time.agenda().enter(end, () -> future.complete(end));
    });
  }

  /** What the app asked of its REST API. */
  public ApiLog apiLog() {
    return apiLog;
  }

  /** Looks at the account; nothing may be changed. */
  public <T> CompletableFuture<T> ask(Function<Account, T> question) {
    return inbox.ask(() -> question.apply(new Account(state())));
  }

  /** Changes the account, without webhooks. */
  public <T> CompletableFuture<T> change(Function<Account, T> change) {
    return inbox.change(() -> change.apply(new Account(state())));
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
      AccountChanges changes = state().changes;
      Change<T> made = change.apply(new Account(state()));
      ChangeProcess.Outcome<T> outcome =
          ChangeProcess.Outcome.of(future::complete, future::completeExceptionally);
      if (webhooks) {
        changes.make(() -> made, outcome);
      } else {
        changes.makeSilently(made, outcome);
      }
    });
  }

  /**
   * Asks Frontline's integration service, as the Frontline app does.
   *
   * @return how the request ended
   */
  public CompletableFuture<Landing> integrate(Target target, Map<String, String> parameters) {
    return inbox.promise(future -> {
      inbox.disturb();
      state()
          .webhooks
          .send(
              state().account,
              new Webhooks.Notice(RequestKind.INTEGRATION, target, null, parameters),
              ended -> future.complete(ended.answer()));
    });
  }

  /**
   * Adds a fault.
   *
   * @return its identifier; fails when there are too many
   */
  public CompletableFuture<String> addFault(FaultRule rule) {
    return inbox.change(() -> state().faults.add(rule));
  }

  /** The faults that stand, by identifier, with how often each has struck. */
  public CompletableFuture<List<ActiveFault>> faults() {
    return inbox.ask(() -> state().faults.standing());
  }

  /** Takes a fault back; false when there is none of that identifier. */
  public CompletableFuture<Boolean> removeFault(String id) {
    return inbox.change(() -> state().faults.remove(id));
  }

  /** Takes all faults back. */
  public CompletableFuture<Boolean> removeFaults() {
    return inbox.change(() -> {
      state().faults.clear();
      return true;
    });
  }

  /** What the Debugger keeps, the newest last. */
  public CompletableFuture<List<LoggedAlert>> debugger() {
    return inbox.ask(() -> state().debugger.entries());
  }

  /**
   * Lets a person do something on a leg.
   *
   * @return empty when it is done; otherwise why it is impossible now
   */
  public CompletableFuture<Optional<String>> act(Sid leg, Act act) {
    return inbox.change(() -> state().acts.actByHand(leg, act));
  }

  /**
   * Sends a request of a call's once more.
   *
   * @return how it ended; empty: no call has made it
   */
  public CompletableFuture<Optional<Landing>> resend(ExchangeId id) {
    return inbox.promise(future -> state().resending.resend(id, future::complete));
  }

  /** Ends a leg as the REST API does; false when there is no such leg, or it has ended. */
  public CompletableFuture<Boolean> endByApi(Sid leg, boolean cancel) {
    return inbox.change(() -> state().acts.endByApi(leg, cancel));
  }

  /** The newest call first. */
  public CompletableFuture<List<Call>> calls() {
    return inbox.ask(() -> state().live.all());
  }

  /** The call with that leg, or empty. */
  public CompletableFuture<Optional<CallRecord>> call(Sid leg) {
    return inbox.ask(() -> Optional.ofNullable(state().live.ofLeg(leg)).map(LiveCall::record));
  }

  /** Completes when the call is over, with all that happened; null: no such call. */
  public CompletableFuture<@Nullable CallRecord> whenOver(Sid leg) {
    return inbox.promise(
        true,
        future -> {
          LiveCall call = state().live.ofLeg(leg);
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
    return inbox.change(() -> {
      if (!state().live.isEmpty() || !settings.clock().virtual()) {
        throw new IllegalStateException("only a virtual world without calls can adopt one");
      }
      return state().adopt(entries);
    });
  }

  public CompletableFuture<ClockView> clock() {
    return inbox.ask(() -> ClockView.of(state()));
  }

  /**
   * Real clock: at another speed from now on; false in the future: it is virtual.
   *
   * @param speed world seconds in a second of the wall's, above 0
   */
  public CompletableFuture<Boolean> run(double speed) {
    return inbox.change(() -> state().time.clock().run(speed));
  }

  /**
   * Stepped clock: grants time; completes when all that was due by then is done.
   *
   * @throws IllegalStateException in the future, when the clock is not stepped
   */
  public CompletableFuture<Instant> advance(Duration by) {
    return inbox.promise(future -> {
      Instant target = loop.grant(by);
      inbox.keepWhen(() -> loop.reached(target), future, () -> target);
    });
  }

  /** Virtual time: holds the clock, for at most {@code lease} of the wall's time. */
  public CompletableFuture<List<Holds.Hold>> hold(String name, Duration lease) {
    return inbox.change(() -> state().time.holds().take(name, lease));
  }

  /** Lets go; false when nothing holds by that name. */
  public CompletableFuture<Boolean> release(String name) {
    return inbox.change(() -> state().time.holds().release(name));
  }

  /** The world as configured; nothing of before is left, nothing is still in flight. */
  public CompletableFuture<Boolean> reset() {
    return inbox.change(() -> {
      loop.reset();
      return true;
    });
  }

  /** Takes it down as it is, and makes it so again. */
  public WorldSnapshots snapshots() {
    return new WorldSnapshots(loop, inbox);
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

  /**
   * Closes it here; callers that wait are told why.
   *
   * @param why such as "the server is shutting down"
   */
  public void shutDown(String why) {
    close(new WorldGone(WorldGone.Why.SHUT_DOWN, "the world is closed: " + why));
  }

  private void close(WorldGone why) {
    inbox.close(why);
    wire.abandon();
  }

  /**
   * Does again what its past says, on this thread and without a request leaving, and takes up what
   * had not ended: requests that nobody had answered leave once more.
   *
   * @param downtime whether the wall's time since then has passed here, too, on a real clock
   * @throws HistoryBroken when it cannot have lived so
   */
  public World relive(boolean downtime) throws InterruptedException {
    loop.relive(downtime);
    return this;
  }

  /** Starts the loop on a thread of its own. */
  public World start() {
    loop.start();
    return this;
  }

  /** Runs the loop on this thread until nothing is left to do; for worlds without a thread. */
  public void runUntilIdle() {
    loop.runUntilIdle();
  }

  /**
   * The same, and then waits for messages until there was none for so long on the wall.
   *
   * @param quiet zero: as {@link #runUntilIdle}
   */
  public void runUntilQuiet(Duration quiet) {
    loop.runUntilQuiet(quiet);
  }
}
