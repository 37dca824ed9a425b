package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Param;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Timeouts;
import dev.ringback.callback.WebClientState;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.RequestsInFlight.Answered;
import dev.ringback.engine.RequestsInFlight.Launch;
import dev.ringback.engine.RequestsInFlight.RequestInFlight;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers requests: they leave in order, follow redirects, are tried again, and end, at once in
 * real time and all of an instant together in virtual time.
 */
final class RequestDelivery {
  /** Real time: how long a request that left holds back the next one of its lane. */
  private static final Duration PATIENCE_ON_THE_WALL = Duration.ofMillis(100);

  private static final Landing LOST =
      new Landing.Failed(
          TwilioError.HTTP_CONNECTION_FAILURE, "lost on the way: a fault", false, Duration.ZERO);

  private final WorldSettings settings;
  private final RequestWriter writer;
  private final Sendings sendings;
  private final Inbox inbox;
  private final WorldTime time;
  private final JournalWriter journal;
  private final RequestsInFlight inFlight = new RequestsInFlight();
  private final WebCache cache = new WebCache();
  private final boolean virtual;
  private boolean abandoned;

  RequestDelivery(
      WorldSettings settings,
      RequestWriter writer,
      Sendings sendings,
      Inbox inbox,
      WorldTime time,
      JournalWriter journal) {
    this.settings = settings;
    this.writer = writer;
    this.sendings = sendings;
    this.inbox = inbox;
    this.time = time;
    this.journal = journal;
    this.virtual = settings.clock().virtual();
  }

  private Duration patience() {
    return Duration.ofMillis((long) (PATIENCE_ON_THE_WALL.toMillis() * time.clock().speed()));
  }

  boolean anyInFlight() {
    return inFlight.any();
  }

  int countInFlight() {
    return inFlight.count();
  }

  /** Gives up everything in flight; nothing of it will be heard of again. */
  void abandon() {
    abandoned = true;
    sendings.abandon();
  }

  // Out

  /** Sends a request as soon as the one before it in its lane has ended. */
  void queue(OutgoingRequest outgoing) {
    if (!inFlight.mustWait(outgoing)) {
      launch(outgoing, time.now());
    }
  }

  private void launch(OutgoingRequest outgoing, Instant now) {
    AppRequest request = outgoing.request();
    ConnectionOverrides.Reading reading = ConnectionOverrides.of(request.target().url());
    for (ConnectionOverrides.Problem problem : reading.problems()) {
      // The Debugger would be told of its own URL for ever.
      Alert alert =
          request.kind() == RequestKind.DEBUGGER
              ? new Alert(null, Level.WARNING, problem.message(), null)
              : Alert.of(problem.error(), problem.message(), request.target().shown());
      outgoing.by().raise(alert, null);
    }
    Delivery delivery =
        Delivery.first(request, Timeouts.of(request.kind(), reading.overrides()))
            .repeated(outgoing.trouble().repeats());
    launch(outgoing, delivery, now, time.agenda().reserve());
  }

  private void launch(OutgoingRequest outgoing, Delivery delivery, Instant sentAt, long order) {
    Requester by = outgoing.by();
    WebRequest plain = write(outgoing, delivery, List.of());
    boolean get = plain.method() == HttpMethod.GET;
    Landing.Answered fresh = get ? cache.fresh(plain.url(), time.now()) : null;
    List<Param> conditions = get ? cache.conditions(plain.url()) : List.of();
    WebRequest request = conditions.isEmpty() ? plain : write(outgoing, delivery, conditions);
    RequestInFlight launched =
        new RequestInFlight(
            outgoing, delivery, request, new Launch(sentAt, time.now(), order), fresh != null);
    inFlight.launched(launched);
    if (fresh != null) {
      journal.write(by, new Fact.Remembered(request.id(), request.target()));
      inbox.post(() -> answered(launched, fresh, Duration.ZERO));
      return;
    }
    requested(by, request, delivery, 0);
    if (by.session.authorizes(delivery.target().url())) {
      remember(by, by.session.requested(delivery.target().url()));
    }
    if (outgoing.trouble().lost()) {
      inbox.post(() -> answered(launched, LOST, Duration.ZERO));
    } else if (!Urls.isAbsoluteHttp(delivery.target().url())) {
      inbox.post(() -> answered(launched, invalid(delivery.target()), Duration.ZERO));
    } else {
      sendings.send(
          request, new Incoming(launched), times -> requested(by, request, delivery, times));
    }
    if (!virtual) {
      // A prompt app hears everything in order; a slow one delays nothing for long.
      time.agenda().enter(time.now().plus(patience()), by, () -> launchNextAfter(launched));
    }
  }

  /**
   * @param repeats how often it has left once more because the world had stopped
   */
  private void requested(Requester by, WebRequest request, Delivery delivery, int repeats) {
    journal.write(
        by,
        new Fact.Requested(
            request.id(),
            request.kind(),
            request.method(),
            request.target(),
            request.form(),
            delivery.attempt() + repeats));
  }

  private WebRequest write(OutgoingRequest outgoing, Delivery delivery, List<Param> more) {
    return writer.write(
        delivery, outgoing.by().session, time.now(), outgoing.trouble().distortion(), more);
  }

  private static Landing invalid(Target target) {
    return new Landing.Failed(
        TwilioError.INVALID_URL,
        "'%s' is no absolute http(s) URL; check the attribute it comes from"
            .formatted(target.shown()),
        false,
        Duration.ZERO);
  }

  private void remember(Requester by, WebClientState session) {
    if (!session.equals(by.session)) {
      by.session = session;
      journal.write(by, new Fact.Remembers(session));
    }
  }

  private void launchNextAfter(RequestInFlight request) {
    if (inFlight.isLast(request)) {
      launchNext(request);
    }
  }

  private void launchNext(RequestInFlight before) {
    OutgoingRequest next = inFlight.next(before.lane());
    while (next != null && next.by().dropped()) {
      next = inFlight.next(before.lane());
    }
    if (next != null) {
      launch(next, time.now());
    }
  }

  // In

  /** Hears of a request from the wire. */
  private final class Incoming implements Wire.Receiver {
    private final RequestInFlight request;

    Incoming(RequestInFlight request) {
      this.request = request;
    }

    @Override
    public void strayed(String host) {
      request.by().strayed.put(request.id(), host);
    }

    @Override
    public void landed(Landing landing, Duration wallTime) {
      answered(request, landing, wallTime);
    }
  }

  private void answered(RequestInFlight request, Landing landing, Duration wallTime) {
    if (abandoned) {
      return; // of a world that is no more
    }
    Requester by = request.by();
    by.wallTimes.put(request.id(), wallTime);
    // A handler in flight may have asked the API for this: its wait must not wait for the handler.
    boolean atOnce = by instanceof AccountRequester && inFlight.anyOfCalls();
    if (virtual && !atOnce) {
      inFlight.answered(request.id(), landing);
      return;
    }
    Answered answered = inFlight.settle(request.id(), landing);
    Landing last = answered == null ? null : last(answered);
    if (last != null) {
      end(request, last, landing);
      launchNextAfter(request);
    }
  }

  /** Virtual time: whether all requests of the instant are answered. */
  boolean isSettled() {
    return inFlight.isSettled();
  }

  /** Virtual time: when all requests of the instant are answered, their ends are due. */
  void settle() {
    for (Answered answered : inFlight.settled()) {
      RequestInFlight request = answered.request();
      Landing last = last(answered);
      if (last != null) {
        time.agenda()
            .enter(
                due(request, last),
                request.launch().order(),
                request.by(),
                () -> end(request, last, answered.landing()));
        launchNext(request);
      }
    }
  }

  /**
   * @param last what the listener is told
   * @param answer as it came, with its headers
   */
  private static void end(RequestInFlight request, Landing last, Landing answer) {
    request.by().requestClosed();
    CallInput.Landed landed =
        new CallInput.Landed(
            request.id(), request.request().kind(), request.delivery().target(), last);
    request.outgoing().then().ended(new EndedRequest(request.request(), landed, answer));
  }

  /** Once a host: what comes after it goes the same way. */
  private static void warnIfStrayed(RequestInFlight request) {
    Requester by = request.by();
    String host = by.strayed.remove(request.id());
    if (host != null && by.warnedOf.add(host)) {
      by.warn(
          "the %s request left this machine for %s, which the configuration does not name; name it under egress.allow, or refuse such requests with egress: {only: listed}"
              .formatted(request.request().kind().wireName(), host),
          request.request());
    }
  }

  /** A failure costs the time Twilio would have waited, an answer the modelled latency. */
  private Instant due(RequestInFlight request, Landing landing) {
    Duration took =
        landing instanceof Landing.Failed failed ? failed.took() : settings.time().latency();
    return request.launch().sentAt().plus(request.delivery().spent()).plus(took);
  }

  /** The world's time an answer took: the wall's, or the modelled latency. */
  private Duration elapsed(RequestInFlight request) {
    return virtual
        ? settings.time().latency()
        : Duration.between(request.launch().launchedAt(), time.now());
  }

  /** The end of the request; null: it is on its way again. */
  private @Nullable Landing last(Answered answered) {
    RequestInFlight request = answered.request();
    Requester by = request.by();
    Landing landing = answered.landing();
    Delivery delivery = request.delivery();
    warnIfStrayed(request);
    if (landing instanceof Landing.Answered answer && !request.fromCache()) {
      remember(by, by.session.after(delivery.target().url(), answer, time.now()));
      if (request.request().method() == HttpMethod.GET) {
        landing = cache.resolve(request.request().url(), answer, time.now());
      }
    }
    if (by.dropped()) {
      return landing;
    }
    return switch (delivery.after(landing, elapsed(request), by.session)) {
      case Delivery.Next.Done done ->
          done.landing() instanceof Landing.Answered answer
              ? answer.withoutHeaders()
              : done.landing();
      case Delivery.Next.Again again -> {
        remember(by, again.session());
        journal.write(by, new Fact.TriedAgain(request.id(), delivery.attempt(), again.why()));
        launch(
            request.outgoing(),
            again.delivery(),
            request.launch().sentAt(),
            request.launch().order());
        yield null;
      }
    };
  }
}
