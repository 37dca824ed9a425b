package dev.ringback.call;

import dev.ringback.call.CallFacts.Line;
import dev.ringback.call.CallState.Arriving;
import dev.ringback.call.CallState.Ended;
import dev.ringback.call.CallState.Fetching;
import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.CallState.Pending;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.CallState.Ready;
import dev.ringback.call.CallState.Speaking;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.SessionMachine.SessionStep;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call as a function: {@link #step} gives the next call and what is to be done. This class
 * fetches documents and runs them verb by verb; the longer verbs have machines of their own: {@link
 * GatherMachine}, {@link RecordVerbMachine} and, for the noun {@code <Conversation>}, {@link
 * SessionMachine}.
 */
public final class CallMachine {
  /** A call that has fetched so many documents ends, so that none can spin for ever. */
  public static final int MAX_DOCUMENTS = 100;

  /** What the caller hears when no document can be had. */
  static final String APOLOGY = "We're sorry, an application error has occurred. Goodbye.";

  private final Behaviour behaviour;
  private final Documents documents;
  private final GatherMachine gathers = new GatherMachine(this);
  private final RecordVerbMachine records = new RecordVerbMachine(this);
  private final SessionMachine sessions;

  public CallMachine(Behaviour behaviour) {
    this(behaviour, TwimlReader::read);
  }

  /**
   * @param behaviour the switches for what Twilio's pages leave open
   * @param reader of TwiML; a pure function, which may remember what it has read
   */
  public CallMachine(Behaviour behaviour, Function<String, Reading> reader) {
    this.behaviour = behaviour;
    this.documents = new Documents(reader);
    this.sessions = new SessionMachine(this);
  }

  /**
   * What becomes of a call by one input. Defined for every state and every input: what does not
   * concern the call leaves it as it is.
   */
  public Step step(Call call, CallInput input, Instant now) {
    Turn turn = new Turn(call.facts(), now, behaviour);
    CallState next = next(turn, call.state(), input);
    return new Step(new Call(turn.facts(), next), turn.effects());
  }

  private CallState next(Turn turn, CallState state, CallInput input) {
    if (input instanceof CallInput.Woke woke
        && woke.alarm() instanceof Alarm.RecordingReady ready
        && woke.leg().equals(turn.leg().sid())) {
      RecordingMachine.ready(turn, ready.recording());
      return state;
    }
    if (input instanceof CallInput.Landed landed && !landed.kind().expectsTwiml()) {
      delivered(turn, landed);
      return state;
    }
    return switch (state) {
      case Arriving s -> input instanceof CallInput.Arrived ? begin(turn) : s;
      case Fetching s -> fetching(turn, s, input);
      case Speaking s -> speaking(turn, s, input);
      case Gathering s -> gathers.step(turn, s, input);
      case CallState.Recording s -> records.step(turn, s, input);
      case InSession s -> inSession(turn, s, input);
      case Ready s -> s;
      case Ended s -> ended(turn, s, input);
    };
  }

  // Requests and documents

  private CallState begin(Turn turn) {
    RequestKind kind = turn.isCalledLeg() ? RequestKind.URL : RequestKind.VOICE;
    if (!turn.isCalledLeg()) {
      turn.note(new Moment.LegChanged(turn.leg()));
    }
    return fetch(turn, kind, turn.line().voice(), new Extra.None());
  }

  CallState fetch(Turn turn, RequestKind kind, Target target, Extra extra) {
    if (turn.documents() >= MAX_DOCUMENTS) {
      turn.raiseOurs(
          Level.ERROR,
          "too-many-documents: the call has fetched %d documents; does one lead back to itself?"
              .formatted(MAX_DOCUMENTS));
      return end(turn, CallStatus.FAILED, "it fetched too many documents");
    }
    return new Fetching(turn.request(kind, target, extra));
  }

  private CallState fetching(Turn turn, Fetching state, CallInput input) {
    Pending pending = state.pending();
    if (input instanceof CallInput.Landed landed && landed.exchange().equals(pending.exchange())) {
      List<Verb> verbs = documents.read(turn, pending, landed.landing());
      return verbs == null
          ? documentFailed(turn, pending)
          : run(turn, new Place(pending.target(), verbs, 0));
    }
    if (leaves(turn, input)) {
      endByParty(turn, input);
      return afterwards(turn, pending);
    }
    return state;
  }

  /** The fallback's turn, or the apology's. */
  private CallState documentFailed(Turn turn, Pending pending) {
    if (turn.isCalledLeg()) {
      return end(turn, CallStatus.FAILED, "its document could not be had");
    }
    Target fallback = pending.fallback() ? null : turn.line().fallback();
    turn.note(
        new Moment.DocumentFailed(turn.leg().sid(), fallback == null ? null : fallback.url()));
    if (fallback != null) {
      TwilioError error = turn.lastError();
      return fetch(
          turn,
          RequestKind.FALLBACK,
          fallback,
          new Extra.Failure(
              (error == null ? TwilioError.HTTP_RETRIEVAL_FAILURE : error).code(),
              pending.target().url()));
    }
    List<Verb> apology = List.of(new Verb.Say(APOLOGY, "man", "en-US", 1), new Verb.Hangup());
    return run(turn, new Place(pending.target(), apology, 0));
  }

  private void delivered(Turn turn, CallInput.Landed landed) {
    String problem =
        switch (landed.landing()) {
          case Landing.Answered answered when answered.status() < 400 -> null;
          case Landing.Answered answered -> "answered HTTP " + answered.status();
          case Landing.Failed failed -> failed.cause();
        };
    if (problem != null) {
      turn.raise(
          landed.kind() == RequestKind.SESSION_STATUS
              ? TwilioError.CONVERSATION_STATUS_CALLBACK_FAILED
              : TwilioError.STATUS_CALLBACK_FAILED,
          "the %s callback to %s: %s; the call goes on"
              .formatted(landed.kind().wireName(), landed.target().url(), problem),
          landed.target().url());
    }
  }

  // Verbs

  CallState run(Turn turn, Place from) {
    Place place = from;
    while (place.index() < place.verbs().size() && isSkipped(turn, place)) {
      place = place.next();
    }
    if (place.index() >= place.verbs().size()) {
      return turn.isCalledLeg()
          ? new Ready()
          : end(turn, CallStatus.COMPLETED, "the document has no more verbs");
    }
    Verb verb = place.verbs().get(place.index());
    return switch (verb) {
      case Verb.Say say -> prompt(turn, place, say, "\"" + say.text() + "\"");
      case Verb.Play play -> prompt(turn, place, play, played(play));
      case Verb.Pause pause -> prompt(turn, place, pause, "");
      case Verb.Gather gather -> gathers.begin(turn, place, gather);
      case Verb.Record record -> records.begin(turn, place, record);
      case Verb.Redirect redirect -> {
        started(turn, verb, redirect.url(), null);
        yield fetch(
            turn,
            RequestKind.REDIRECT,
            place.document().resolve(redirect.url(), redirect.method()),
            new Extra.None());
      }
      case Verb.Reject reject -> reject(turn, reject);
      case Verb.Hangup hangup -> {
        started(turn, verb, "", null);
        turn.answer();
        yield end(turn, CallStatus.COMPLETED, "<Hangup>");
      }
      case Verb.Connect connect -> connect(turn, place, connect);
      case Verb.NotEmulated missing -> run(turn, place.next()); // passed over above
    };
  }

  static void started(Turn turn, Verb verb, String detail, @Nullable Duration lasts) {
    turn.note(new Moment.VerbStarted(turn.leg().sid(), verb.name(), detail, lasts));
  }

  /** Whether the verb at that place is passed over: not emulated, or not for a called leg. */
  private static boolean isSkipped(Turn turn, Place place) {
    return switch (place.verbs().get(place.index())) {
      case Verb.NotEmulated missing -> {
        if (turn.isCalledLeg() && missing.element().equals("Dial")) {
          turn.raise(
              TwilioError.DIAL_FROM_DIALED_CALL,
              "<Dial> is not allowed in the document of a called leg; it is skipped",
              place.document().url());
        }
        yield true;
      }
      case Verb.Record verb -> isNotForCalledLeg(turn, place, verb);
      case Verb.Reject verb -> isNotForCalledLeg(turn, place, verb);
      case Verb.Connect verb -> isNotForCalledLeg(turn, place, verb);
      case Verb.Prompt verb -> false;
      case Verb.Gather verb -> false;
      case Verb.Redirect verb -> false;
      case Verb.Hangup verb -> false;
    };
  }

  /** docs/voice/twiml/number, "url": what a called leg may run. */
  private static boolean isNotForCalledLeg(Turn turn, Place place, Verb verb) {
    if (turn.isCalledLeg()) {
      turn.raise(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          "<%s> is not allowed in the document of a called leg; it is skipped"
              .formatted(verb.name()),
          place.document().url());
    }
    return turn.isCalledLeg();
  }

  // Say, Play, Pause

  private static String played(Verb.Play play) {
    return play.digits() == null ? play.url() : "digits " + play.digits();
  }

  private CallState prompt(Turn turn, Place place, Verb.Prompt prompt, String detail) {
    if (!(prompt instanceof Verb.Pause)) {
      turn.answer();
    }
    Duration lasts = Pace.of(prompt);
    started(turn, prompt, detail, lasts);
    return new Speaking(place, turn.wake(lasts, Alarm.VerbOver::new));
  }

  private CallState speaking(Turn turn, Speaking state, CallInput input) {
    if (woke(turn, input, state.over())) {
      return run(turn, state.place().next());
    }
    return leaves(turn, input) ? leave(turn, input) : state;
  }

  // Reject

  private static CallState reject(Turn turn, Verb.Reject verb) {
    started(turn, verb, verb.busy() ? "busy" : "rejected", null);
    if (turn.leg().answered()) {
      return end(turn, CallStatus.COMPLETED, "<Reject> on a call that was answered");
    }
    return end(turn, verb.busy() ? CallStatus.BUSY : CallStatus.NO_ANSWER, "<Reject>");
  }

  // Connect

  private CallState connect(Turn turn, Place place, Verb.Connect verb) {
    turn.answer();
    started(turn, verb, "", null);
    return inSession(turn, place, verb, sessions.start(turn, place.document(), verb));
  }

  private CallState inSession(Turn turn, InSession state, CallInput input) {
    return inSession(
        turn, state.place(), state.verb(), sessions.step(turn, state.session(), input));
  }

  private CallState inSession(Turn turn, Place place, Verb.Connect verb, SessionStep step) {
    return switch (step) {
      case SessionStep.Going going -> new InSession(place, verb, going.session());
      case SessionStep.Over over -> {
        turn.note(new Moment.SessionEnded(over.outcome(), over.why()));
        yield sessionOver(turn, place, verb, over);
      }
    };
  }

  private CallState sessionOver(Turn turn, Place place, Verb.Connect verb, SessionStep.Over over) {
    if (over.callerGone()) {
      turn.endLeg(CallStatus.COMPLETED, over.why());
    }
    boolean useDefault = verb.action() == null;
    // A rejected caller is not asked about again: "without any [TwiML] the call ends".
    boolean endsHere =
        behaviour.connectActionDefault() == Behaviour.ConnectActionDefault.END_CALL
            || over.outcome().result() == Result.NO_EXISTING_CONVERSATION;
    if (useDefault && (endsHere || !place.rest().isEmpty())) {
      return over.callerGone() ? afterwards(turn, null) : run(turn, place.next());
    }
    Target action = target(place, verb.action(), verb.method());
    Extra extra = new Extra.Session(over.outcome());
    return over.callerGone()
        ? afterwards(turn, lastRequest(turn, RequestKind.ACTION, action, extra))
        : fetch(turn, RequestKind.ACTION, action, extra);
  }

  /** An attribute {@code action} that is not there, or is empty, means the current document. */
  static Target target(Place place, @Nullable String action, HttpMethod method) {
    return place.document().resolve(action == null ? "" : action, method);
  }

  // Ends

  /** Whether this input takes the party of this very leg off the line. */
  static boolean leaves(Turn turn, CallInput input) {
    if (input instanceof CallInput.Acted acted) {
      return acted.leg().equals(turn.leg().sid()) && acted.act() instanceof Act.HangUp;
    }
    return input instanceof CallInput.EndedByApi ended
        && ended.leg().equals(turn.leg().sid())
        && (!ended.cancel() || !turn.leg().answered());
  }

  static CallState leave(Turn turn, CallInput input) {
    endByParty(turn, input);
    return afterwards(turn, null);
  }

  static void endByParty(Turn turn, CallInput input) {
    boolean byApi = input instanceof CallInput.EndedByApi;
    boolean completed =
        turn.leg().answered() || (input instanceof CallInput.EndedByApi e && !e.cancel());
    turn.endLeg(
        completed ? CallStatus.COMPLETED : CallStatus.CANCELED,
        byApi ? "the API ended the call" : "the caller hung up");
  }

  private static CallState end(Turn turn, CallStatus status, String why) {
    turn.endLeg(status, why);
    return afterwards(turn, null);
  }

  /** A request made although the caller has gone; its answer is checked, not run. */
  static @Nullable Pending lastRequest(Turn turn, RequestKind kind, Target target, Extra extra) {
    return turn.documents() >= MAX_DOCUMENTS ? null : turn.request(kind, target, extra);
  }

  /** After the end of the call: its last request first, then the number's status callback. */
  static CallState afterwards(Turn turn, @Nullable Pending lastWords) {
    if (lastWords == null) {
      reportEnd(turn);
    }
    return new Ended(lastWords);
  }

  private CallState ended(Turn turn, Ended state, CallInput input) {
    if (state.lastWords() != null
        && input instanceof CallInput.Landed landed
        && landed.exchange().equals(state.lastWords().exchange())) {
      documents.read(turn, state.lastWords(), landed.landing());
      return afterwards(turn, null);
    }
    return state;
  }

  private static void reportEnd(Turn turn) {
    Line line = turn.line();
    if (line.statusCallback() != null) {
      turn.send(
          new Callback.CallStatusReport(
              turn.nextExchange(),
              line.statusCallback(),
              turn.account(),
              turn.leg(),
              turn.parameters(),
              0,
              turn.now()));
    }
  }

  // Small questions

  static boolean woke(Turn turn, CallInput input, Alarm alarm) {
    return input instanceof CallInput.Woke woke
        && woke.leg().equals(turn.leg().sid())
        && woke.alarm().equals(alarm);
  }

  /** The keys pressed on this very leg; empty: none. */
  static String pressed(Turn turn, CallInput input) {
    return input instanceof CallInput.Acted acted
            && acted.leg().equals(turn.leg().sid())
            && acted.act() instanceof Act.Press press
        ? press.digits()
        : "";
  }
}
