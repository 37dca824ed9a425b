package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Callback;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Flights.Flight;
import dev.ringback.engine.Flights.Landed;
import dev.ringback.journal.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The requests of the calls: they leave in order, are tried again, land, and come back to their
 * call as inputs, at once in real time and at the barrier in virtual time.
 */
final class Mail {
  /** Real time: how long a request that left holds back the next one of its call. */
  private static final Duration PATIENCE_ON_THE_WALL = Duration.ofMillis(100);

  private final WorldSettings settings;
  private final RequestWriter writer;
  private final Wire wire;
  private final Inbox inbox;
  private final WorldClock clock;
  private final Agenda agenda;
  private final Scribe scribe;
  private final Arrivals arrivals;
  private final Flights flights = new Flights();
  private final boolean virtual;
  private final Duration patience;
  private boolean abandoned;

  /** Where landings go. */
  interface Arrivals {
    void take(LiveCall live, CallInput input);
  }

  Mail(
      WorldSettings settings,
      RequestWriter writer,
      Wire wire,
      Inbox inbox,
      WorldClock clock,
      Agenda agenda,
      Scribe scribe,
      Arrivals arrivals) {
    this.settings = settings;
    this.writer = writer;
    this.wire = wire;
    this.inbox = inbox;
    this.clock = clock;
    this.agenda = agenda;
    this.scribe = scribe;
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

  void send(LiveCall live, Callback callback, Instant now) {
    live.requestOpened();
    if (!flights.mustWait(live.call.sid(), callback)) {
      launch(live, callback, now);
    }
  }

  private void launch(LiveCall live, Callback callback, Instant now) {
    Delivery delivery = Delivery.first(writer.write(callback));
    launch(new Flight(live, callback.target(), delivery, now, agenda.reserve()));
  }

  private void launch(Flight flight) {
    WebRequest request = flight.delivery().request();
    scribe.write(
        flight.call(),
        new Fact.Requested(
            request.id(),
            request.kind(),
            request.method(),
            flight.target().url(),
            request.form(),
            flight.delivery().attempt()));
    flights.launched(flight);
    wire.send(
        request,
        (landing, wallTime) ->
            inbox.post(() -> arrived(flight.call(), request.id(), landing, wallTime)));
    if (!virtual) {
      // A prompt app hears everything in order; a slow one delays nothing for long.
      agenda.enter(clock.read().plus(patience), flight.call(), () -> launchNextAfter(flight));
    }
  }

  private void launchNextAfter(Flight flight) {
    if (flights.isLast(flight)) {
      launchNext(flight.call());
    }
  }

  private void launchNext(LiveCall live) {
    Callback next = flights.next(live.call.sid());
    if (next != null && !live.dropped()) {
      launch(live, next, clock.read());
    }
  }

  private void arrived(LiveCall live, ExchangeId id, Landing landing, Duration wallTime) {
    if (abandoned) {
      return; // of a world that is no more
    }
    live.wallTimes.put(id, wallTime);
    if (virtual) {
      flights.touchDown(id, landing);
      return;
    }
    Landed landed = flights.land(id, landing);
    if (landed != null && !triedAgain(landed)) {
      arrivals.take(live, input(landed));
      launchNextAfter(landed.flight());
    }
  }

  /** Virtual time: when all requests of the instant are down, their landings count. */
  void landWave() {
    for (Landed landed : flights.wave()) {
      Flight flight = landed.flight();
      if (!triedAgain(landed)) {
        agenda.enter(
            due(landed),
            flight.order(),
            flight.call(),
            () -> arrivals.take(flight.call(), input(landed)));
        launchNext(flight.call());
      }
    }
  }

  /** A failure costs the time Twilio would have waited, an answer the modelled latency. */
  private Instant due(Landed landed) {
    Duration took =
        landed.landing() instanceof Landing.Failed failed ? failed.took() : settings.latency();
    return landed.flight().sentAt().plus(landed.flight().delivery().spent()).plus(took);
  }

  private boolean triedAgain(Landed landed) {
    Flight flight = landed.flight();
    Optional<Delivery> again =
        flight.call().dropped() ? Optional.empty() : flight.delivery().after(landed.landing());
    again.ifPresent(delivery ->
        launch(
            new Flight(flight.call(), flight.target(), delivery, flight.sentAt(), flight.order())));
    return again.isPresent();
  }

  private static CallInput input(Landed landed) {
    WebRequest request = landed.flight().delivery().request();
    return new CallInput.Landed(
        request.id(), request.kind(), landed.flight().target(), landed.landing());
  }
}
