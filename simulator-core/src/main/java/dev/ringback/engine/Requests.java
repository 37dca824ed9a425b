package dev.ringback.engine;

import dev.ringback.call.Alert;
import dev.ringback.call.AppRequest;
import dev.ringback.call.CallInput;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.call.Urls;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Overrides;
import dev.ringback.callback.Param;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.WebClientState;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.RequestsInFlight.Landed;
import dev.ringback.engine.RequestsInFlight.RequestInFlight;
import dev.ringback.fault.Fault;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the calls: they leave in order, follow redirects, are tried again, land, and come
 * back to their call as inputs, at once in real time and at the barrier in virtual time. Ordered
 * trouble strikes here.
 */
final class Requests {
  /** Real time: how long a request that left holds back the next one of its call. */
  private static final Duration PATIENCE_ON_THE_WALL = Duration.ofMillis(100);

  /** How long a reordered request waits for one to be overtaken by. */
  private static final Duration LONGEST_REORDERING = Duration.ofSeconds(5);

  private final WorldSettings settings;
  private final RequestWriter writer;
  private final Wire wire;
  private final Inbox inbox;
  private final WorldClock clock;
  private final Agenda agenda;
  private final JournalWriter journalWriter;
  private final Debugger debugger;
  private final Faults faults;
  private final Arrivals arrivals;
  private final RequestsInFlight flights = new RequestsInFlight();
  private final WebCache cache = new WebCache();
  private final boolean virtual;
  private final Duration patience;
  private boolean abandoned;

  /** Where landings go. */
  interface Arrivals {
    /**
     * @param request of the last try
     * @param landing of the last try, with its headers
     */
    void take(Requester sender, CallInput.Landed input, WebRequest request, Landing landing);
  }

  Requests(
      WorldSettings settings,
      RequestWriter writer,
      Wire wire,
      Inbox inbox,
      WorldClock clock,
      Agenda agenda,
      JournalWriter journalWriter,
      Debugger debugger,
      Faults faults,
      Arrivals arrivals) {
    this.settings = settings;
    this.writer = writer;
    this.wire = wire;
    this.inbox = inbox;
    this.clock = clock;
    this.agenda = agenda;
    this.journalWriter = journalWriter;
    this.debugger = debugger;
    this.faults = faults;
    this.arrivals = arrivals;
    this.virtual = settings.clock().virtual();
    double speed = settings.clock() instanceof ClockMode.Real real ? real.speed() : 1;
    this.patience = Duration.ofMillis((long) (PATIENCE_ON_THE_WALL.toMillis() * speed));
  }

  boolean anyInAir() {
    return flights.anyInAir();
  }

  int inAir() {
    return flights.count();
  }

  /** Gives up everything in flight; nothing of it will be heard of again. */
  void abandon() {
    abandoned = true;
    wire.abandon();
  }

  // Out

  /** A request of a call's, or one whose end concerns nobody else. */
  void send(Requester sender, AppRequest callback, Instant now) {
    send(sender, callback, now, arrivals);
  }

  /**
   * @param then who hears of its end
   */
  void send(Requester sender, AppRequest callback, Instant now, Arrivals then) {
    Duration late = Duration.ZERO;
    boolean overtaken = false;
    boolean lost = false;
    int repeats = 0;
    Duration skew = Duration.ZERO;
    for (Faults.Strike strike : faults.strike(callback, () -> writer.form(callback))) {
      String what = callback.kind().wireName();
      switch (strike.fault()) {
        case Fault.NeverSent never -> {
          struck(sender, strike, "the " + what + " request is never sent");
          neverSent(sender, callback);
          return; // nobody ever hears of it
        }
        case Fault.Slow slow -> {
          struck(
              sender, strike, "the %s request leaves %s late".formatted(what, seconds(slow.by())));
          late = late.plus(slow.by());
        }
        case Fault.Reordered reordered -> {
          struck(sender, strike, "the " + what + " request is overtaken by the next one");
          overtaken = true;
        }
        case Fault.Dropped dropped -> {
          struck(sender, strike, "the " + what + " request is lost on the way");
          lost = true;
        }
        case Fault.Duplicated twice -> {
          struck(sender, strike, "the " + what + " request is sent twice");
          repeats++;
        }
        case Fault.ClockSkew wrong -> {
          struck(
              sender,
              strike,
              "the clock of the %s request is off by %s".formatted(what, seconds(wrong.by())));
          skew = skew.plus(wrong.by());
        }
        case Fault.RecordingLost other -> {}
        case Fault.NoConversation other -> {}
        case Fault.InternalError other -> {}
        case Fault.CarrierFailure other -> {}
      }
    }
    sender.requestOpened();
    OutgoingRequest outgoing = new OutgoingRequest(callback, then, lost, repeats, skew);
    if (overtaken) {
      sender.heldBack.add(outgoing);
      agenda.enter(now.plus(LONGEST_REORDERING), sender, () -> letGo(sender, outgoing));
    } else if (late.isPositive()) {
      agenda.enter(now.plus(late), sender, () -> queue(sender, outgoing));
    } else {
      queue(sender, outgoing);
      for (OutgoingRequest held : List.copyOf(sender.heldBack)) {
        letGo(sender, held);
      }
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private void letGo(Requester sender, OutgoingRequest held) {
    if (sender.heldBack.remove(held)) {
      queue(sender, held);
    }
  }

  private void struck(Requester sender, Faults.Strike strike, String what) {
    journalWriter.write(sender, new Fact.FaultStruck(strike.id(), what));
  }

  private void neverSent(Requester sender, AppRequest callback) {
    if (callback.kind() == RequestKind.SESSION_STATUS) {
      debugger.raise(
          sender,
          Alert.of(
              TwilioError.CONVERSATION_STATUS_CALLBACK_NOT_SENT,
              "Twilio could not send the session-status callback to "
                  + callback.target().shown()
                  + "; the call goes on",
              callback.target().url()),
          null,
          null);
    }
  }

  /** Requests of a call leave one after the other; those of a conference or the Debugger aside. */
  private static Sid lane(Requester sender, AppRequest callback) {
    return switch (callback.kind()) {
      case CONFERENCE_STATUS, DEBUGGER -> callback.id().leg();
      default -> sender.call() == null ? callback.id().leg() : sender.call();
    };
  }

  private void queue(Requester sender, OutgoingRequest outgoing) {
    Sid lane = lane(sender, outgoing.callback());
    if (!flights.mustWait(lane, sender, outgoing)) {
      launch(sender, outgoing, clock.read());
    }
  }

  private void launch(Requester sender, OutgoingRequest outgoing, Instant now) {
    AppRequest callback = outgoing.callback();
    Overrides.Reading reading = Overrides.of(callback.target().url());
    for (Overrides.Problem problem : reading.problems()) {
      // The Debugger would be told of its own URL for ever.
      Alert alert =
          callback.kind() == RequestKind.DEBUGGER
              ? new Alert(null, Level.WARNING, problem.message(), null)
              : Alert.of(problem.error(), problem.message(), callback.target().shown());
      debugger.raise(sender, alert, null, null);
    }
    Delivery delivery =
        Delivery.first(callback, limits(callback.kind(), reading.overrides()))
            .repeated(outgoing.repeats());
    launch(sender, lane(sender, callback), delivery, outgoing, now, agenda.reserve());
  }

  private void launch(
      Requester sender,
      Sid lane,
      Delivery delivery,
      OutgoingRequest outgoing,
      Instant sentAt,
      long order) {
    WebRequest plain = write(sender, delivery, outgoing, List.of());
    boolean get = plain.method() == HttpMethod.GET;
    Landing.Answered fresh = get ? cache.fresh(plain.url(), clock.now()) : null;
    List<Param> conditions = get ? cache.conditions(plain.url()) : List.of();
    WebRequest request =
        conditions.isEmpty() ? plain : write(sender, delivery, outgoing, conditions);
    RequestInFlight flight =
        new RequestInFlight(
            sender, lane, delivery, request, outgoing, sentAt, clock.now(), order, fresh != null);
    flights.launched(flight);
    if (fresh != null) {
      journalWriter.write(sender, new Fact.Remembered(request.id(), request.target()));
      inbox.post(() -> arrived(flight, fresh, Duration.ZERO));
      return;
    }
    journalWriter.write(
        sender,
        new Fact.Requested(
            request.id(),
            request.kind(),
            request.method(),
            request.target(),
            request.form(),
            delivery.attempt()));
    if (sender.session.authorizes(delivery.target().url())) {
      remember(sender, sender.session.requested(delivery.target().url()));
    }
    if (outgoing.lost()) {
      inbox.post(() -> arrived(flight, LOST, Duration.ZERO));
    } else if (!Urls.isAbsoluteHttp(delivery.target().url())) {
      inbox.post(() -> arrived(flight, invalid(delivery.target()), Duration.ZERO));
    } else {
      wire.send(request, new Incoming(flight));
    }
    if (!virtual) {
      // A prompt app hears everything in order; a slow one delays nothing for long.
      agenda.enter(clock.read().plus(patience), sender, () -> launchNextAfter(flight));
    }
  }

  /** The page keeps overrides from the webhooks of Conversations and Frontline. */
  private static Overrides limits(RequestKind kind, Overrides ordered) {
    return switch (kind) {
      case SESSION_STATUS -> Overrides.DEFAULT;
      case PRE_WEBHOOK, POST_WEBHOOK -> Overrides.within(Duration.ofSeconds(5));
      case INTEGRATION -> Overrides.within(Duration.ofSeconds(6));
      case ROUTING -> Overrides.within(Duration.ofSeconds(10));
      default -> ordered;
    };
  }

  private WebRequest write(
      Requester sender, Delivery delivery, OutgoingRequest outgoing, List<Param> more) {
    return writer.write(delivery, sender.session, clock.now(), outgoing.skew(), more);
  }

  private static Landing invalid(Target target) {
    return new Landing.Failed(
        TwilioError.INVALID_URL,
        "'%s' is no absolute http(s) URL; check the attribute it comes from"
            .formatted(target.shown()),
        false,
        Duration.ZERO);
  }

  private static final Landing LOST =
      new Landing.Failed(
          TwilioError.HTTP_CONNECTION_FAILURE, "lost on the way: a fault", false, Duration.ZERO);

  private void remember(Requester sender, WebClientState session) {
    if (!session.equals(sender.session)) {
      sender.session = session;
      journalWriter.write(sender, new Fact.Remembers(session));
    }
  }

  private void launchNextAfter(RequestInFlight flight) {
    if (flights.isLast(flight)) {
      launchNext(flight.lane());
    }
  }

  private void launchNext(Sid lane) {
    RequestsInFlight.Waiting next = flights.next(lane);
    while (next != null && next.sender().dropped()) {
      next = flights.next(lane);
    }
    if (next != null) {
      launch(next.sender(), next.outgoing(), clock.read());
    }
  }

  // In

  /** Hears of a flight from the wire, on any thread. */
  private final class Incoming implements Wire.Receiver {
    private final RequestInFlight flight;

    Incoming(RequestInFlight flight) {
      this.flight = flight;
    }

    @Override
    public void strayed(String host) {
      inbox.post(() -> flight.sender().strayed.put(flight.id(), host));
    }

    @Override
    public void landed(Landing landing, Duration wallTime) {
      inbox.post(() -> arrived(flight, landing, wallTime));
    }
  }

  private void arrived(RequestInFlight flight, Landing landing, Duration wallTime) {
    if (abandoned) {
      return; // of a world that is no more
    }
    ExchangeId id = flight.id();
    flight.sender().wallTimes.put(id, wallTime);
    // A handler in flight may have asked the API for this: who waits for it must not wait for him.
    boolean atOnce = flight.sender() instanceof AccountRequester && flights.anyOfCalls();
    if (virtual && !atOnce) {
      flights.touchDown(id, landing);
      return;
    }
    Landed landed = flights.land(id, landing);
    if (landed != null) {
      Landing last = lastOf(landed);
      if (last != null) {
        take(flight, last, landing);
        launchNextAfter(flight);
      }
    }
  }

  /** Virtual time: when all requests of the instant are down, their landings count. */
  void landWave() {
    for (Landed landed : flights.wave()) {
      RequestInFlight flight = landed.flight();
      Landing last = lastOf(landed);
      if (last != null) {
        agenda.enter(
            due(flight, last),
            flight.order(),
            flight.sender(),
            () -> take(flight, last, landed.landing()));
        launchNext(flight.lane());
      }
    }
  }

  private void take(RequestInFlight flight, Landing landing, Landing raw) {
    flight.sender().requestClosed();
    flight
        .outgoing()
        .then()
        .take(
            flight.sender(),
            new CallInput.Landed(
                flight.id(), flight.request().kind(), flight.delivery().target(), landing),
            flight.request(),
            raw);
  }

  /** Once a host: what comes after it goes the same way. */
  private void warnIfStrayed(RequestInFlight flight) {
    String host = flight.sender().strayed.remove(flight.id());
    if (host == null || !flight.sender().warnedOf.add(host)) {
      return;
    }
    debugger.warn(
        flight.sender(),
        "the %s request left this machine for %s, which the configuration does not name; name it under egress.allow, or refuse such requests with egress: {only: listed}"
            .formatted(flight.request().kind().wireName(), host),
        flight.request());
  }

  /** A failure costs the time Twilio would have waited, an answer the modelled latency. */
  private Instant due(RequestInFlight flight, Landing landing) {
    Duration took = landing instanceof Landing.Failed failed ? failed.took() : settings.latency();
    return flight.sentAt().plus(flight.delivery().spent()).plus(took);
  }

  /** The world's time an answer took: the wall's, or the modelled latency. */
  private Duration elapsed(RequestInFlight flight) {
    return virtual ? settings.latency() : Duration.between(flight.launchedAt(), clock.read());
  }

  /** What the request comes to in the end; null: it is on its way again. */
  private @Nullable Landing lastOf(Landed landed) {
    RequestInFlight flight = landed.flight();
    Requester sender = flight.sender();
    Landing landing = landed.landing();
    warnIfStrayed(flight);
    if (landing instanceof Landing.Answered answered && !flight.fromCache()) {
      remember(
          sender, sender.session.after(flight.delivery().target().url(), answered, clock.now()));
      if (flight.request().method() == HttpMethod.GET) {
        landing = cache.resolve(flight.request().url(), answered, clock.now());
      }
    }
    if (sender.dropped()) {
      return landing;
    }
    return switch (flight.delivery().after(landing, elapsed(flight), sender.session)) {
      case Delivery.Next.Done done ->
          done.landing() instanceof Landing.Answered answered
              ? answered.withoutHeaders()
              : done.landing();
      case Delivery.Next.Again again -> {
        remember(sender, again.session());
        journalWriter.write(
            sender, new Fact.TriedAgain(flight.id(), flight.delivery().attempt(), again.why()));
        launch(
            sender,
            flight.lane(),
            again.delivery(),
            flight.outgoing(),
            flight.sentAt(),
            flight.order());
        yield null;
      }
    };
  }
}
