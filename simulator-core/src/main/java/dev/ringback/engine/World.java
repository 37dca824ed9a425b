package dev.ringback.engine;

import dev.ringback.call.Act;
import dev.ringback.call.Alert;
import dev.ringback.call.Call;
import dev.ringback.call.CallFacts.Line;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallMachine;
import dev.ringback.call.CallStatus;
import dev.ringback.call.Callback;
import dev.ringback.call.Direction;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.Effect;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.Leg;
import dev.ringback.call.Possible;
import dev.ringback.call.Step;
import dev.ringback.call.Target;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Forms;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Casting;
import dev.ringback.cast.StageDirection;
import dev.ringback.cast.Troupe;
import dev.ringback.engine.Flights.Flight;
import dev.ringback.engine.Flights.Landed;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.journal.Entry;
import dev.ringback.journal.Fact;
import dev.ringback.journal.Journal;
import dev.ringback.twiml.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One Twilio account: a clock, an agenda, a directory, calls, a journal, and the one loop that owns
 * them. The loop takes the next input, steps the call it concerns, writes the journal and performs
 * the effects, which answer later as inputs. Every public method only posts to the inbox.
 */
public final class World implements AutoCloseable {
  /** Calls that are over are forgotten, oldest first, beyond this number of calls. */
  static final int MAX_CALLS = 2_000;

  private static final Duration FOREVER = Duration.ofDays(365);

  /** A call that takes more inputs at one instant is going in a circle. */
  static final int MAX_INPUTS_PER_INSTANT = 10_000;

  private final WorldSettings settings;
  private final Wire wire;
  private final CallMachine machine;
  private final RequestWriter writer;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final Journal journal = new Journal(Journal.DEFAULT_CAPACITY);
  private final boolean virtual;

  // Owned by the loop.
  private final Agenda agenda = new Agenda();
  private final Flights flights = new Flights();
  private final Holds holds = new Holds(System::nanoTime);
  private final Map<Sid, LiveCall> calls = new LinkedHashMap<>();
  private final Map<Sid, Sid> rootOfLeg = new HashMap<>();
  private final Map<Sid, Sid> waitingForWorker = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private WorldClock clock;
  private Directory directory;
  private long entryNumber;
  private long minted;
  private int epoch;
  private Instant granted;

  private final Set<CompletableFuture<?>> promised = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** How often something came from outside that may change what happens. */
  private long disturbances;

  /** Somebody outside who waits for something to become true. */
  private record Waiter(
      BooleanSupplier condition, CompletableFuture<?> future, Runnable complete) {}

  public World(WorldSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
    this.virtual = settings.clock().virtual();
    this.machine = new CallMachine(settings.behaviour(), new RememberingReader());
    this.writer =
        new RequestWriter(
            new Forms(settings.publicUrl()), new Signature(settings.authToken()), settings.map());
    this.clock = newClock();
    this.granted = clock.now();
    this.directory = newDirectory();
  }

  private WorldClock newClock() {
    Instant start = settings.start();
    if (start == null) {
      start = virtual ? WorldSettings.VIRTUAL_START : Instant.now();
    }
    return new WorldClock(settings.clock(), start, System::nanoTime);
  }

  private Directory newDirectory() {
    minted = 2; // the account's SID and token came first
    return new Directory(settings, () -> mint().sid(SidKind.CONVERSATION));
  }

  private SidMint mint() {
    return new SidMint(settings.seed(), minted++);
  }

  // From outside

  public WorldSettings settings() {
    return settings;
  }

  public Journal journal() {
    return journal;
  }

  /** Places a call. */
  public CompletableFuture<Placed> place(Placement placement) {
    return order(() -> doPlace(placement));
  }

  /**
   * Lets a person do something on a leg.
   *
   * @return empty when it is done; otherwise why it is impossible now
   */
  public CompletableFuture<Optional<String>> act(Sid leg, Act act) {
    return order(() -> doAct(leg, act));
  }

  /** Ends a leg as the REST API does; false when there is no such leg, or it has ended. */
  public CompletableFuture<Boolean> endByApi(Sid leg, boolean cancel) {
    return order(() -> doEndByApi(leg, cancel));
  }

  /** Adds a worker to a conversation, as the REST API does; false when there is no such one. */
  public CompletableFuture<Boolean> addWorker(Sid conversation, String worker) {
    return order(() -> doAddWorker(conversation, worker));
  }

  /** The newest call first. */
  public CompletableFuture<List<Call>> calls() {
    return ask(() -> calls.values().stream().map(live -> live.call).toList().reversed());
  }

  /** The call with that leg, or empty. */
  public CompletableFuture<Optional<CallRecord>> call(Sid leg) {
    return ask(() -> Optional.ofNullable(live(leg)).map(LiveCall::record));
  }

  public CompletableFuture<ClockView> clock() {
    return ask(() ->
        new ClockView(
            settings.clock(), clock.read(), flights.count(), holds.active(), agenda.nextDue()));
  }

  /** Completes when the call is over, with all that happened; null: no such call. */
  public CompletableFuture<@Nullable CallRecord> whenOver(Sid leg) {
    return promise(future -> {
      LiveCall live = live(leg);
      if (live == null) {
        future.complete(null);
      } else {
        await(live::over, future, live::record);
      }
    });
  }

  /** Completes when nothing is due, in flight or held. */
  public CompletableFuture<Instant> whenIdle() {
    return promise(future -> await(this::idle, future, clock::now));
  }

  /**
   * Stepped clock: grants time; completes when all that was due by then is done.
   *
   * @throws IllegalStateException in the future, when the clock is not stepped
   */
  public CompletableFuture<Instant> advance(Duration by) {
    return promise(future -> {
      if (!(settings.clock() instanceof ClockMode.Stepped)) {
        throw new IllegalStateException("the clock is not stepped");
      }
      granted = granted.plus(by);
      Instant target = granted;
      await(() -> reached(target), future, () -> target);
    });
  }

  private boolean reached(Instant target) {
    Instant next = agenda.nextDue();
    return !flights.anyInAir()
        && !clock.now().isBefore(target)
        && (next == null || next.isAfter(target));
  }

  /** Virtual time: holds the clock, for at most {@code lease} of the wall's time. */
  public CompletableFuture<List<Holds.Hold>> hold(String name, Duration lease) {
    return ask(() -> {
      holds.take(name, lease);
      return holds.active();
    });
  }

  /** Lets go; false when nobody holds by that name. */
  public CompletableFuture<Boolean> release(String name) {
    return order(() -> holds.release(name));
  }

  /** The world as configured; nothing of before is left, nothing is still in flight. */
  public CompletableFuture<Boolean> reset() {
    return ask(() -> {
      epoch++;
      wire.abandon();
      agenda.clear();
      flights.clear();
      holds.clear();
      calls.clear();
      rootOfLeg.clear();
      waitingForWorker.clear();
      waiters.forEach(
          w -> w.future().completeExceptionally(new IllegalStateException("the world was reset")));
      waiters.clear();
      journal.clear();
      entryNumber = 0;
      clock = newClock();
      granted = clock.now();
      directory = newDirectory();
      return true;
    });
  }

  /**
   * Builds a call of another world from its journal and goes on with it.
   *
   * @param entries all of that call's, in order
   */
  public CompletableFuture<Sid> adopt(List<Entry> entries) {
    return order(() -> doAdopt(entries));
  }

  /** A question: it changes nothing. */
  private <T> CompletableFuture<T> ask(Supplier<T> question) {
    return promise(future -> future.complete(question.get()));
  }

  /** An order: it may change what happens. */
  private <T> CompletableFuture<T> order(Supplier<T> order) {
    return promise(future -> {
      disturbances++;
      future.complete(order.get());
    });
  }

  /** A future that the loop completes, or that fails when the world is closed before. */
  @SuppressWarnings("CollectionUndefinedEquality") // a future equals itself, which is what is meant
  private <T extends @Nullable Object> CompletableFuture<T> promise(
      Consumer<CompletableFuture<T>> keep) {
    CompletableFuture<T> future = new CompletableFuture<>();
    promised.add(future);
    inbox.add(() -> {
      try {
        keep.accept(future);
      } catch (RuntimeException e) {
        future.completeExceptionally(e);
      }
    });
    if (closed) {
      breakPromises();
    }
    future.whenComplete((value, e) -> promised.remove(future));
    return future;
  }

  private void breakPromises() {
    for (CompletableFuture<?> future : promised) {
      future.completeExceptionally(new IllegalStateException("the world is closed"));
    }
  }

  private <T extends @Nullable Object> void await(
      BooleanSupplier condition, CompletableFuture<T> future, Supplier<T> value) {
    waiters.add(new Waiter(condition, future, () -> future.complete(value.get())));
  }

  // The loop

  /** Starts the loop on a thread of its own. */
  public World start() {
    Thread.ofPlatform().daemon().name("world-" + settings.account()).start(this::loop);
    return this;
  }

  private void loop() {
    try {
      while (!closed) {
        try {
          if (!turn()) {
            rest();
          }
        } catch (RuntimeException | StackOverflowError e) {
          write(null, new Fact.Alerted(failure(e))); // one thing failed; the world goes on
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      breakPromises();
    }
  }

  private static Alert failure(Throwable e) {
    return new Alert(null, Level.ERROR, "internal-error: Ringback failed: " + e, null);
  }

  /** Runs the loop on this thread until nothing is left to do; for worlds without a thread. */
  public void runUntilIdle() {
    try {
      while (!closed) {
        if (!turn()) {
          boolean waitsForGrant =
              settings.clock() instanceof ClockMode.Stepped
                  && inbox.isEmpty()
                  && !flights.anyInAir()
                  && isAfterGrant(agenda.nextDue());
          if (waitsForGrant || idle()) {
            boolean moved = moveToGrant();
            if (!tellWaiters() && !moved) {
              return;
            }
          } else {
            rest();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does one thing; false when there is nothing to do at this instant. */
  private boolean turn() {
    Runnable message = inbox.poll();
    if (message != null) {
      message.run();
      return true;
    }
    clock.read();
    for (Landed landed : flights.wave()) {
      landed(landed);
    }
    if (virtual && flights.anyInAir()) {
      return !inbox.isEmpty();
    }
    Agenda.Item item = agenda.takeDue(clock.now());
    if (item == null) {
      return false;
    }
    item.task().run();
    return true;
  }

  /** Nothing is to be done now: waits for the inbox, or moves time. */
  private void rest() throws InterruptedException {
    Duration held = virtual ? holds.untilFirstEnds() : null;
    if ((virtual && flights.anyInAir()) || held != null) {
      if (!tellWaiters()) {
        waitFor(held == null ? FOREVER : held);
      }
      return;
    }
    boolean moved = moveToGrant();
    if (tellWaiters() || moved) {
      return;
    }
    Instant next = agenda.nextDue();
    if (next == null) {
      waitFor(FOREVER);
      return;
    }
    switch (settings.clock()) {
      case ClockMode.Real real -> waitFor(clock.wallUntil(next));
      case ClockMode.Skipping skipping -> {
        if (quiet(settings.settle())) {
          clock.moveTo(next);
        }
      }
      case ClockMode.Stepped stepped -> {
        if (isAfterGrant(next)) {
          waitFor(FOREVER);
        } else {
          clock.moveTo(next);
        }
      }
    }
  }

  private boolean isAfterGrant(@Nullable Instant next) {
    return next == null || next.isAfter(granted);
  }

  /** Stepped clock: goes to the end of what is granted, when nothing is due before. */
  private boolean moveToGrant() {
    boolean moves =
        settings.clock() instanceof ClockMode.Stepped
            && clock.now().isBefore(granted)
            && isAfterGrant(agenda.nextDue());
    if (moves) {
      clock.moveTo(granted);
    }
    return moves;
  }

  private void waitFor(Duration wall) throws InterruptedException {
    Runnable message = inbox.poll(wall.toNanos(), TimeUnit.NANOSECONDS);
    if (message != null) {
      message.run();
    }
  }

  /** Whether nobody outside did anything for so long; questions are welcome meanwhile. */
  private boolean quiet(Duration settle) throws InterruptedException {
    long before = disturbances;
    long end = System.nanoTime() + settle.toNanos();
    for (long left = settle.toNanos(); left > 0; left = end - System.nanoTime()) {
      waitFor(Duration.ofNanos(left));
      if (disturbances != before || closed) {
        return false;
      }
    }
    return true;
  }

  private boolean idle() {
    return inbox.isEmpty()
        && !flights.anyInAir()
        && agenda.nextDue() == null
        && holds.active().isEmpty();
  }

  private boolean tellWaiters() {
    boolean told = false;
    for (Iterator<Waiter> i = waiters.iterator(); i.hasNext(); ) {
      Waiter waiter = i.next();
      if (waiter.future().isDone()) {
        i.remove(); // whoever asked waits no longer
      } else if (waiter.condition().getAsBoolean()) {
        i.remove();
        waiter.complete().run();
        told = true;
      }
    }
    return told;
  }

  // Steps and effects

  private void enter(Instant due, LiveCall live, CallInput input) {
    agenda.enter(due, live, () -> step(live.call.sid(), input));
  }

  private void step(Sid root, CallInput input) {
    LiveCall live = calls.get(root);
    if (live == null) {
      return;
    }
    Instant now = clock.read();
    if (live.countInput(now) > MAX_INPUTS_PER_INSTANT) {
      drop(
          live,
          new Alert(
              null,
              Level.ERROR,
              "too-many-inputs: more than %d at one instant; the call is dropped"
                  .formatted(MAX_INPUTS_PER_INSTANT),
              null));
      return;
    }
    if (input instanceof CallInput.Landed) {
      live.requestClosed();
    }
    write(live, new Fact.Took(input));
    try {
      Step step = machine.step(live.call, input, now);
      live.call = step.call();
      for (Leg child : live.call.facts().children()) {
        rootOfLeg.putIfAbsent(child.sid(), root);
      }
      for (Effect effect : step.effects()) {
        perform(live, effect, now);
      }
    } catch (RuntimeException | StackOverflowError e) {
      drop(live, failure(e));
      return;
    }
    if (live.over()) {
      end(live);
    }
  }

  private void end(LiveCall live) {
    for (StageDirection direction : live.troupe.directions()) {
      if (live.followed.add(direction)) {
        write(live, new Fact.DirectionRefused(direction, "the call was over"));
      }
    }
    agenda.forget(live);
    boolean unused = tellWaiters();
    forgetOldCalls();
  }

  /** Takes a call out of the world that cannot go on. */
  private void drop(LiveCall live, Alert why) {
    write(live, new Fact.Alerted(why));
    live.drop();
    agenda.forget(live);
    forget(live);
  }

  private void forget(LiveCall live) {
    calls.remove(live.call.sid());
    rootOfLeg.remove(live.call.sid());
    live.call.facts().children().forEach(c -> rootOfLeg.remove(c.sid()));
  }

  private void perform(LiveCall live, Effect effect, Instant now) {
    Sid root = live.call.sid();
    switch (effect) {
      case Effect.Send send -> {
        live.requestOpened();
        if (!flights.mustWait(root, send.callback())) {
          launch(live, send.callback(), now);
        }
      }
      case Effect.Ask ask -> {
        Directory.Reply reply = directory.ask(ask.about());
        reply.facts().forEach(fact -> write(live, fact));
        enter(now, live, new CallInput.Told(ask.question(), reply.answer()));
        if (reply.answer() instanceof DirectoryAnswer.Created created) {
          waitingForWorker.put(created.conversation(), root);
        }
        if (reply.joined() != null) {
          tellOfWorker(reply.joined());
        }
      }
      case Effect.Wake wake -> enter(wake.at(), live, new CallInput.Woke(wake.leg(), wake.alarm()));
      case Effect.Tell tell -> {
        for (Casting.Planned planned : reaction(live, tell)) {
          enter(now.plus(planned.in()), live, new CallInput.Acted(tell.leg(), planned.act()));
        }
      }
      case Effect.Note note -> write(live, new Fact.Happened(note.moment()));
      case Effect.Raise raise -> write(live, new Fact.Alerted(raise.alert()));
    }
  }

  private List<Casting.Planned> reaction(LiveCall live, Effect.Tell tell) {
    return tell.leg().equals(live.call.sid())
        ? Casting.caller(live.troupe.caller(), tell.cue())
        : Casting.called(castOf(live.troupe, tell.address()), tell.cue());
  }

  private Cast castOf(Troupe troupe, String address) {
    String name = address.startsWith("client:") ? address.substring("client:".length()) : address;
    Cast directed = troupe.called().getOrDefault(name, troupe.called().get(Troupe.ANYBODY));
    if (directed != null) {
      return directed;
    }
    for (Worker worker : settings.workers()) {
      if (worker.identity().equals(name) && worker.cast() != null) {
        return worker.cast();
      }
    }
    return settings.customers().getOrDefault(name, Cast.DEFAULT);
  }

  private void write(@Nullable LiveCall live, Fact fact) {
    Entry entry =
        new Entry(
            ++entryNumber,
            clock.now(),
            live == null ? null : live.call.sid(),
            live == null ? 0 : live.nextNumber(),
            fact);
    if (live != null) {
      live.remember(entry);
    }
    journal.append(entry);
  }

  // Requests

  private void launch(LiveCall live, Callback callback, Instant now) {
    Delivery delivery = Delivery.first(writer.write(callback));
    launch(live, new Flight(live.call.sid(), callback.target(), delivery, now, agenda.reserve()));
  }

  private void launch(LiveCall live, Flight flight) {
    WebRequest request = flight.delivery().request();
    write(
        live,
        new Fact.Requested(
            request.id(),
            request.kind(),
            request.method(),
            flight.target().url(),
            request.form(),
            request.wireUrl().equals(request.url()) ? null : request.wireUrl(),
            flight.delivery().attempt()));
    flights.launched(flight);
    int launchedIn = epoch;
    wire.send(
        request,
        new Wire.Receiver() {
          @Override
          public void left() {
            if (!virtual) {
              inbox.add(() -> next(launchedIn, flight));
            }
          }

          @Override
          public void landed(Landing landing, Duration wallTime) {
            inbox.add(() -> arrived(launchedIn, request.id(), landing, wallTime));
          }
        });
  }

  /** In real time a call's requests leave one after the other, each when the last was written. */
  private void next(int launchedIn, Flight flight) {
    LiveCall live = calls.get(flight.call());
    if (launchedIn == epoch && live != null && flights.isLast(flight)) {
      Callback next = flights.next(flight.call());
      if (next != null) {
        launch(live, next, clock.read());
      }
    }
  }

  private void arrived(int launchedIn, ExchangeId id, Landing landing, Duration wallTime) {
    if (launchedIn != epoch) {
      return; // of a world that is no more
    }
    disturbances++;
    LiveCall live = live(id.leg());
    if (live != null) {
      live.wallTimes.put(id, wallTime);
    }
    if (virtual) {
      flights.touchDown(id, landing);
    } else {
      Landed landed = flights.land(id, landing);
      if (landed != null) {
        landed(landed);
        next(launchedIn, landed.flight());
      }
    }
  }

  private void landed(Landed landed) {
    Flight flight = landed.flight();
    LiveCall live = calls.get(flight.call());
    if (live == null) {
      return;
    }
    Optional<Delivery> again = flight.delivery().after(landed.landing());
    if (again.isPresent()) {
      launch(
          live,
          new Flight(flight.call(), flight.target(), again.get(), flight.sentAt(), flight.order()));
      return;
    }
    WebRequest request = flight.delivery().request();
    CallInput input =
        new CallInput.Landed(request.id(), request.kind(), flight.target(), landed.landing());
    if (!virtual) {
      step(flight.call(), input);
      return;
    }
    Duration took =
        landed.landing() instanceof Landing.Failed failed ? failed.took() : settings.latency();
    agenda.enter(
        flight.sentAt().plus(flight.delivery().spent()).plus(took),
        flight.order(),
        live,
        () -> step(flight.call(), input));
    Callback next = flights.next(flight.call());
    if (next != null) {
      launch(live, next, clock.now());
    }
  }

  // Calls

  private Placed doPlace(Placement placement) {
    return switch (placement) {
      case Placement.ByCustomer customer -> placeByCustomer(customer);
      case Placement.ByWorker worker -> placeByWorker(worker);
    };
  }

  private Placed placeByCustomer(Placement.ByCustomer placement) {
    if (!Addresses.isCaller(placement.from())) {
      return new Placed.Refused(
          "from",
          "'" + placement.from() + "' is not a number a call can come from",
          "write it in E.164, such as +15558675310, or 'anonymous' for a withheld number");
    }
    if (!Addresses.isE164(placement.to())) {
      return new Placed.Refused(
          "to",
          "'" + placement.to() + "' is not a phone number",
          "write it in E.164, such as +15017122661");
    }
    Line line = lineOf(placement.to());
    if (line == null) {
      return new Placed.Refused(
          "to",
          "the number " + placement.to() + " has no voice URL, so it is out of service",
          "give it a voiceUrl under numbers, or start with --voice-url");
    }
    return begin(placement.from(), placement.to(), line, Map.of(), placement.troupe());
  }

  private @Nullable Line lineOf(String number) {
    for (PhoneNumber configured : settings.numbers()) {
      if (configured.number().equals(number)) {
        return configured.line();
      }
    }
    Target voice = settings.defaultVoice();
    return voice == null ? null : new Line(voice, null, null);
  }

  private Placed placeByWorker(Placement.ByWorker placement) {
    Line line = settings.frontline().outgoing();
    if (line == null) {
      return new Placed.Refused(
          "worker",
          "workers cannot call: the app \"Voice in Frontline\" has no Request URL",
          "set frontline.outgoing.url");
    }
    String conversation = placement.conversationSid();
    if (conversation == null) {
      String customer = placement.customer() == null ? "" : placement.customer();
      Optional<Directory.Conversation> found = directory.openWith(customer, placement.worker());
      if (found.isEmpty()) {
        return new Placed.Refused(
            "customer",
            "%s has no open conversation with '%s'".formatted(placement.worker(), customer),
            "add one under conversations, or name a conversationSid");
      }
      conversation = found.get().sid().value();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(
        "ApplicationSid", new SidMint(settings.seed(), -1).sid(SidKind.APPLICATION).value());
    parameters.put("ConversationSid", conversation);
    return begin("client:" + placement.worker(), "", line, parameters, placement.troupe());
  }

  private Placed begin(
      String from, String to, Line line, Map<String, String> parameters, Troupe troupe) {
    SidMint mint = mint();
    while (calls.containsKey(mint.sid(SidKind.CALL))) {
      mint = mint(); // a call that was adopted came with this name
    }
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            from,
            to,
            Direction.INBOUND,
            CallStatus.RINGING,
            clock.read(),
            null,
            null);
    Call call = Call.arriving(settings.account(), leg, line, parameters, mint.branch());
    LiveCall live = new LiveCall(call, troupe);
    calls.put(call.sid(), live);
    rootOfLeg.put(call.sid(), call.sid());
    write(live, new Fact.Placed(call, troupe));
    direct(live, clock.now());
    step(call.sid(), new CallInput.Arrived());
    return new Placed.Ringing(call.sid());
  }

  /** Puts the directions of a call on the agenda, as far as their time is still to come. */
  private void direct(LiveCall live, Instant from) {
    Instant placedAt = live.call.facts().leg().startedAt();
    for (StageDirection direction : live.troupe.directions()) {
      Instant at = placedAt.plus(direction.at());
      if (at.isBefore(from)) {
        live.followed.add(direction);
      } else {
        agenda.enter(at, live, () -> follow(live, direction));
      }
    }
  }

  private void follow(LiveCall live, StageDirection direction) {
    Sid root = live.call.sid();
    live.followed.add(direction);
    Optional<String> refusal =
        switch (direction.move()) {
          case StageDirection.Does does ->
              does.role()
                  .leg(live.call)
                  .map(leg -> doAct(leg.sid(), does.act()))
                  .orElse(Optional.of("no leg was dialled yet"));
          case StageDirection.EndedByApi ends -> {
            Optional<Leg> leg = ends.role().leg(live.call);
            leg.ifPresent(l -> step(root, new CallInput.EndedByApi(l.sid(), ends.cancel())));
            yield leg.isPresent() ? Optional.empty() : Optional.of("no leg was dialled yet");
          }
          case StageDirection.Joins joins ->
              addWorkerForCustomer(live.call.facts().leg().from(), joins.worker())
                  ? Optional.empty()
                  : Optional.of("there is no open conversation with the customer");
        };
    refusal.ifPresent(reason -> write(live, new Fact.DirectionRefused(direction, reason)));
  }

  private boolean addWorkerForCustomer(String customer, String worker) {
    return directory
        .openWith(customer, null)
        .map(conversation -> doAddWorker(conversation.sid(), worker))
        .orElse(false);
  }

  private Optional<String> doAct(Sid leg, Act act) {
    LiveCall live = live(leg);
    if (live == null) {
      return Optional.of("there is no call " + leg);
    }
    Optional<String> refusal = Possible.refusal(live.call, leg, act);
    if (refusal.isEmpty()) {
      step(live.call.sid(), new CallInput.Acted(leg, act));
    }
    return refusal;
  }

  private boolean doAddWorker(Sid conversation, String worker) {
    List<Fact> facts = new ArrayList<>();
    Optional<DirectoryAnswer.WorkerJoined> joined =
        directory.addWorker(conversation, worker, facts);
    facts.forEach(fact -> write(null, fact));
    joined.ifPresent(this::tellOfWorker);
    return joined.isPresent();
  }

  private void tellOfWorker(DirectoryAnswer.WorkerJoined joined) {
    Sid root = waitingForWorker.remove(joined.conversation());
    LiveCall live = root == null ? null : calls.get(root);
    if (live != null) {
      enter(clock.now(), live, new CallInput.Told(0, joined));
    }
  }

  private boolean doEndByApi(Sid legSid, boolean cancel) {
    LiveCall live = live(legSid);
    Leg leg = live == null ? null : live.call.facts().leg(legSid);
    if (live == null || leg == null || leg.ended()) {
      return false;
    }
    step(live.call.sid(), new CallInput.EndedByApi(legSid, cancel));
    return true;
  }

  private Sid doAdopt(List<Entry> entries) {
    if (!calls.isEmpty() || !virtual) {
      throw new IllegalStateException("only a virtual world without calls can adopt one");
    }
    Fact.Placed placed = (Fact.Placed) entries.getFirst().fact();
    LiveCall live = new LiveCall(placed.call(), placed.troupe());
    calls.put(live.call.sid(), live);
    rootOfLeg.put(live.call.sid(), live.call.sid());
    Outstanding outstanding = new Outstanding(tell -> reaction(live, tell));
    for (Entry entry : entries) {
      clock.moveTo(entry.at());
      live.remember(entry);
      int unused = live.nextNumber();
      directory.restore(entry.fact()).ifPresent(sid -> waitingForWorker.put(sid, live.call.sid()));
      if (entry.fact() instanceof Fact.Took took) {
        Step step = machine.step(live.call, took.input(), entry.at());
        live.call = step.call();
        outstanding.took(took.input(), step.effects(), entry.at());
      }
    }
    live.call.facts().children().forEach(c -> rootOfLeg.put(c.sid(), live.call.sid()));
    for (Outstanding.Due due : outstanding.due()) {
      switch (due) {
        case Outstanding.Asked asked -> perform(live, asked.effect(), asked.at());
        case Outstanding.Coming coming ->
            enter(coming.at(), live, new CallInput.Acted(coming.leg(), coming.act()));
      }
    }
    direct(live, clock.now().plusNanos(1));
    granted = clock.now();
    return live.call.sid();
  }

  private @Nullable LiveCall live(Sid leg) {
    Sid root = rootOfLeg.get(leg);
    return root == null ? null : calls.get(root);
  }

  private void forgetOldCalls() {
    if (calls.size() > MAX_CALLS) {
      calls.values().stream().filter(LiveCall::over).findFirst().ifPresent(this::forget);
    }
  }

  @Override
  public void close() {
    closed = true;
    wire.abandon();
    inbox.add(() -> {}); // wakes the loop, if there is one
    breakPromises();
  }
}
