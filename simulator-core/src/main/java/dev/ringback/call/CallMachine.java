package dev.ringback.call;

import dev.ringback.call.CallFacts.Line;
import dev.ringback.call.CallState.Arriving;
import dev.ringback.call.CallState.Dequeuing;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.CallState.Ended;
import dev.ringback.call.CallState.Fetching;
import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.CallState.Leaving;
import dev.ringback.call.CallState.Part;
import dev.ringback.call.CallState.Pending;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.CallState.Ready;
import dev.ringback.call.CallState.Redirecting;
import dev.ringback.call.CallState.Speaking;
import dev.ringback.call.CallState.Streaming;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.Noise.Voice;
import dev.ringback.call.SessionMachine.SessionStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Noun;
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
 * GatherMachine}, {@link RecordVerbMachine}, {@link MeetingMachine} and, for the noun {@code
 * <Conversation>}, {@link SessionMachine}.
 */
public final class CallMachine {
  /** A call that has fetched so many documents ends, so that none can spin for ever. */
  public static final int MAX_DOCUMENTS = 100;

  /** What the caller hears when no document can be had. */
  static final String APOLOGY = "We're sorry, an application error has occurred. Goodbye.";

  private final Behaviour behaviour;
  private final Documents documents;
  private final OutgoingMachine outgoing = new OutgoingMachine(this);
  private final GatherMachine gathers = new GatherMachine(this);
  private final RecordVerbMachine records = new RecordVerbMachine(this);
  private final SessionMachine sessions = new SessionMachine(this);
  private final MeetingMachine meetings = new MeetingMachine(this);

  public CallMachine(Behaviour behaviour) {
    this(behaviour, text -> TwimlReader.read(text, behaviour.wrongAttribute()));
  }

  /**
   * @param behaviour the switches for what Twilio's pages leave open
   * @param reader of TwiML; a pure function, which may remember what it has read
   */
  public CallMachine(Behaviour behaviour, Function<String, Reading> reader) {
    this.behaviour = behaviour;
    this.documents = new Documents(reader);
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
    if (input instanceof CallInput.Woke woke && woke.leg().equals(turn.leg().sid())) {
      if (woke.alarm() instanceof Alarm.RecordingReady ready) {
        RecordingMachine.ready(turn, ready.recording());
        return state;
      }
      if (woke.alarm() instanceof Alarm.TranscriptionReady ready) {
        RecordVerbMachine.transcribed(turn, ready.recording());
        return state;
      }
    }
    CallState ordered = turn.leg().ended() ? null : ofApi(turn, state, input);
    if (ordered != null) {
      return ordered;
    }
    if (input instanceof CallInput.RecordingDeleted deleted) {
      RecordingMachine.delete(turn, deleted.recording());
      return state;
    }
    if (input instanceof CallInput.RecordingLost lost) {
      RecordingMachine.lose(turn, lost.recording(), lost.status());
      return state;
    }
    if (input instanceof CallInput.Landed landed && !landed.kind().isWaitedFor()) {
      delivered(turn, landed);
      return state;
    }
    Act own = actOf(input, turn.leg().sid());
    if (own != null && !turn.leg().ended()) {
      RecordingMachine.heard(turn, Voice.CALLER, own);
      if (own instanceof Act.Speak speak) {
        turn.speaks(speak.length());
      }
      if (own instanceof Act.Press || (own instanceof Act.Speak said && !said.words().isEmpty())) {
        turn.hearsSomethingNew();
      }
    }
    return within(turn, state, input);
  }

  /** What the REST API does with a call that lives; null: this is something else. */
  private @Nullable CallState ofApi(Turn turn, CallState state, CallInput input) {
    return switch (input) {
      case CallInput.Redirected redirected when redirected.leg().equals(turn.leg().sid()) ->
          redirected(turn, state, redirected);
      case CallInput.Adjusted adjusted when adjusted.leg().equals(turn.leg().sid()) -> {
        Line line = turn.line();
        turn.change(
            new Line(
                line.voice(),
                adjusted.fallback() == null ? line.fallback() : adjusted.fallback(),
                adjusted.statusCallback() == null
                    ? line.statusCallback()
                    : adjusted.statusCallback()));
        if (adjusted.timeLimit() != null) {
          turn.limit(adjusted.timeLimit());
        }
        yield state;
      }
      case CallInput.RecordingOrdered ordered when ordered.leg().equals(turn.leg().sid()) -> {
        Sid unused =
            RecordingMachine.start(
                turn,
                RecordingMachine.Order.of(
                    RecordingSource.START_CALL_RECORDING_API,
                    Recording.Scope.CALL,
                    turn.line().voice(),
                    ordered.order()));
        yield state;
      }
      case CallInput.RecordingChanged changed -> {
        RecordingMachine.change(turn, changed.recording(), changed.command(), changed.skips());
        yield state;
      }
      case CallInput.Woke woke
          when turn.isLimit(woke.alarm()) && woke.leg().equals(turn.leg().sid()) ->
          within(turn, state, new CallInput.EndedByApi(woke.leg(), false));
      default -> null;
    };
  }

  /** Whatever runs is torn down; its action is asked first where Twilio does so. */
  private CallState redirected(Turn turn, CallState state, CallInput.Redirected redirected) {
    CallState torn =
        turn.tearDown(() -> {
          CallState ended = within(turn, state, new CallInput.EndedByApi(redirected.leg(), false));
          BackgroundMachine.stopStreams(turn, state);
          return ended;
        });
    // What a call merely fetches is given up; what it has asked last is waited for.
    Pending asked =
        torn instanceof Ended ended && !(state instanceof Fetching) ? ended.lastWords() : null;
    return asked == null ? follow(turn, redirected) : new Redirecting(asked, redirected);
  }

  /** The verb's action has been asked; its answer is read and not run. */
  private CallState redirecting(Turn turn, Redirecting state, CallInput input) {
    if (input instanceof CallInput.Landed landed
        && landed.exchange().equals(state.lastWords().exchange())) {
      documents.read(turn, state.lastWords(), landed.landing());
      return follow(turn, state.then());
    }
    if (leaves(turn, input)) {
      endByParty(turn, input);
      return afterwards(turn, state.lastWords());
    }
    return state;
  }

  /** The document that the REST API has sent the call to. */
  private CallState follow(Turn turn, CallInput.Redirected redirected) {
    return redirected.to() == null
        ? runText(turn, redirected.twiml() == null ? "" : redirected.twiml())
        : fetch(turn, RequestKind.REDIRECT, redirected.to(), new Extra.None(), Part.CALL);
  }

  /** Runs a document that came with a request of the REST API; it has no address. */
  CallState runText(Turn turn, String twiml) {
    Target nowhere = new Target("", HttpMethod.POST);
    Pending pending = new Pending(new ExchangeId(turn.leg().sid(), 0), nowhere, false, Part.CALL);
    List<Verb> verbs = documents.read(turn, pending, new Landing.Answered(200, "text/xml", twiml));
    return verbs == null
        ? documentFailed(turn, pending)
        : run(turn, new Place(nowhere, verbs, 0, Part.CALL));
  }

  /** Steps a state, be it the call's own or that of a document heard while it waits. */
  CallState within(Turn turn, CallState state, CallInput input) {
    return switch (state) {
      case Arriving s -> arriving(turn, s, input);
      case CallState.Outgoing s ->
          turn.order() == null ? s : outgoing.step(turn, turn.order(), s, input);
      case Fetching s -> fetching(turn, s, input);
      case Speaking s -> speaking(turn, s, input);
      case Gathering s -> gathers.step(turn, s, input);
      case CallState.Recording s -> records.step(turn, s, input);
      case InSession s -> inSession(turn, s, input);
      case Redirecting s -> redirecting(turn, s, input);
      case Streaming s -> streaming(turn, s, input);
      case Dialling s -> meetings.dialling(turn, s, input);
      case InConference s -> meetings.inConference(turn, s, input);
      case Dequeuing s -> meetings.dequeuing(turn, s, input);
      case InQueue s -> meetings.inQueue(turn, s, input);
      case Ready s -> s;
      case Leaving s -> s;
      case Ended s -> ended(turn, s, input);
    };
  }

  // Requests and documents

  private CallState arriving(Turn turn, Arriving state, CallInput input) {
    if (input instanceof CallInput.Arrived) {
      return turn.order() == null ? begin(turn) : outgoing.begin(turn, turn.order());
    }
    boolean cancelled =
        turn.order() != null
            && input instanceof CallInput.EndedByApi ended
            && ended.leg().equals(turn.leg().sid());
    return cancelled ? OutgoingMachine.cancelQueued(turn) : state;
  }

  private CallState begin(Turn turn) {
    RequestKind kind = turn.isCalledLeg() ? RequestKind.URL : RequestKind.VOICE;
    if (!turn.isCalledLeg()) {
      turn.note(new Moment.LegChanged(turn.leg()));
    }
    return fetch(turn, kind, turn.line().voice(), new Extra.None(), Part.CALL);
  }

  CallState fetch(Turn turn, RequestKind kind, Target target, Extra extra, Part part) {
    if (turn.isTearingDown()) {
      return new Ready(); // what follows is not the old document
    }
    if (part != Part.CALL && turn.waits() >= WaitingMachine.MAX_WAITS) {
      return new Ready();
    }
    if (part == Part.CALL && target.url().isEmpty()) {
      turn.raiseOurs(
          Level.WARNING,
          "no current document: TwiML that came with a request has no address to ask again, so the"
              + " call ends; give the verb an action");
      return end(turn, CallStatus.COMPLETED, "there is no document to go back to");
    }
    if (part == Part.CALL && turn.documents() >= MAX_DOCUMENTS) {
      turn.raiseOurs(
          Level.ERROR,
          "too-many-documents: the call has fetched %d documents and ends; the next was %s %s. Does one lead back to itself?"
              .formatted(MAX_DOCUMENTS, target.method(), target.shown()),
          target.shown());
      return end(turn, CallStatus.FAILED, "it fetched too many documents");
    }
    return new Fetching(turn.request(kind, target, extra, part));
  }

  private CallState fetching(Turn turn, Fetching state, CallInput input) {
    Pending pending = state.pending();
    if (input instanceof CallInput.Landed landed && landed.exchange().equals(pending.exchange())) {
      List<Verb> verbs = documents.read(turn, pending, landed.landing());
      return verbs == null
          ? documentFailed(turn, pending)
          : run(turn, new Place(landed.target(), verbs, 0, pending.part()));
    }
    if (leaves(turn, input)) {
      endByParty(turn, input);
      return afterwards(turn, pending);
    }
    return state;
  }

  /** The fallback's turn, or the apology's. */
  private CallState documentFailed(Turn turn, Pending pending) {
    if (pending.part() != Part.CALL) {
      return new Ready();
    }
    if (turn.isCalledLeg()) {
      return end(turn, CallStatus.FAILED, "its document could not be had");
    }
    Target fallback = pending.fallback() ? null : turn.line().fallback();
    turn.note(
        new Moment.DocumentFailed(turn.leg().sid(), fallback == null ? null : fallback.shown()));
    if (fallback != null) {
      TwilioError error = turn.lastError();
      return fetch(
          turn,
          RequestKind.FALLBACK,
          fallback,
          new Extra.Failure(
              (error == null ? TwilioError.HTTP_RETRIEVAL_FAILURE : error).code(),
              Urls.plain(pending.target().url())),
          Part.CALL);
    }
    List<Verb> apology = List.of(new Verb.Say(APOLOGY), new Verb.Hangup());
    return run(turn, new Place(pending.target(), apology, 0, Part.CALL));
  }

  private void delivered(Turn turn, CallInput.Landed landed) {
    String problem = landed.landing().problem();
    if (problem == null && isUntyped(landed)) {
      problem = "Response does not contain content type; answer 204, or set one";
    }
    if (problem == null) {
      return;
    }
    String message =
        "the %s callback to %s: %s%s"
            .formatted(
                landed.kind().wireName(),
                landed.target().shown(),
                problem,
                turn.leg().ended() ? "" : "; the call goes on");
    if (landed.kind() == RequestKind.DEBUGGER) {
      turn.raiseOurs(Level.WARNING, message); // or it would be told of itself
    } else {
      turn.raise(
          landed.kind() == RequestKind.SESSION_STATUS
              ? TwilioError.CONVERSATION_STATUS_CALLBACK_FAILED
              : TwilioError.STATUS_CALLBACK_FAILED,
          message,
          landed.target().shown());
    }
  }

  /** Whether a body was promised and its type was not told; Twilio's Debugger minds. */
  private static boolean isUntyped(CallInput.Landed landed) {
    return landed.kind() != RequestKind.DEBUGGER
        && landed.landing() instanceof Landing.Answered answered
        && answered.successful()
        && answered.status() != 204
        && answered.contentType() == null;
  }

  // Verbs

  CallState run(Turn turn, Place from) {
    if (turn.isTearingDown()) {
      return new Ready();
    }
    Place place = from;
    while (place.index() < place.verbs().size() && VerbRules.isSkipped(turn, place)) {
      place = place.next();
    }
    if (place.index() >= place.verbs().size() && place.part() == Part.OPENING) {
      return turn.order() == null ? new Ready() : outgoing.document(turn, turn.order());
    }
    if (place.index() >= place.verbs().size()) {
      return turn.isCalledLeg() || place.part() != Part.CALL
          ? new Ready()
          : end(turn, CallStatus.COMPLETED, "the document has no more verbs");
    }
    Verb verb = place.verbs().get(place.index());
    return switch (verb) {
      case Verb.Prompt prompt -> prompt(turn, place, prompt);
      case Verb.Gather gather -> gathers.begin(turn, place, gather);
      case Verb.Record record -> records.begin(turn, place, record);
      case Verb.Redirect redirect -> {
        started(turn, verb, Urls.masked(redirect.url()), null);
        yield fetch(
            turn,
            RequestKind.REDIRECT,
            place.document().resolve(redirect.url(), redirect.method()),
            new Extra.None(),
            place.part());
      }
      case Verb.Reject reject -> reject(turn, reject);
      case Verb.Hangup hangup -> {
        started(turn, verb, "", null);
        if (place.part() != Part.CALL) {
          yield new Leaving(true);
        }
        turn.answer();
        yield end(turn, CallStatus.COMPLETED, "<Hangup>");
      }
      case Verb.Connect connect -> connect(turn, place, connect);
      case Verb.Dial dial -> meetings.dial(turn, place, dial);
      case Verb.Enqueue enqueue -> meetings.enqueue(turn, place, enqueue);
      case Verb.Leave leave -> {
        started(turn, verb, "", null);
        yield new Leaving(false);
      }
      case Verb.Start start -> {
        started(turn, verb, start.noun().element(), null);
        BackgroundMachine.start(turn, place, start.noun());
        yield run(turn, place.next());
      }
      case Verb.Stop stop -> {
        started(turn, verb, stop.noun().element(), null);
        BackgroundMachine.stop(turn, place, stop.noun());
        yield run(turn, place.next());
      }
      case Verb.Refer refer -> run(turn, place.next()); // passed over above
      case Verb.NotEmulated missing -> run(turn, place.next()); // passed over above
    };
  }

  static void started(Turn turn, Verb verb, String detail, @Nullable Duration lasts) {
    turn.note(new Moment.VerbStarted(turn.leg().sid(), verb.name(), detail, lasts));
  }

  // Say, Play, Pause

  private CallState prompt(Turn turn, Place place, Verb.Prompt prompt) {
    if (!(prompt instanceof Verb.Pause)) {
      turn.answer();
    }
    return speaking(turn, place, PromptMachine.begin(turn, place.document(), List.of(prompt)));
  }

  private CallState speaking(Turn turn, Speaking state, CallInput input) {
    if (leaves(turn, input)) {
      return leave(turn, input);
    }
    return speaking(
        turn,
        state.place(),
        PromptMachine.step(
            turn, state.prompting(), input, PromptMachine.Setting.of(state.place())));
  }

  private CallState speaking(Turn turn, Place place, @Nullable Prompting prompting) {
    return prompting == null ? run(turn, place.next()) : new Speaking(place, prompting);
  }

  /** A called leg that hears digits. */
  Step sendDigits(Call called, String digits, Instant now) {
    Turn turn = new Turn(called.facts(), now, behaviour);
    List<Verb> keys = List.of(new Verb.Play("", 1, digits, null));
    CallState state = run(turn, new Place(called.facts().line().voice(), keys, 0, Part.CALL));
    return new Step(new Call(turn.facts(), state), turn.effects());
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
    if (verb.noun() instanceof Noun.Stream noun) {
      started(turn, verb, "Stream " + noun.stream().url(), null);
      return new Streaming(
          place, verb, noun, BackgroundMachine.start(turn, place.document(), noun.stream()));
    }
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
    if (!asks(place, verb, over.outcome().result())) {
      return over.callerGone() ? afterwards(turn, null) : run(turn, place.next());
    }
    Target action = target(place, verb.action(), verb.method());
    Extra extra = new Extra.Session(over.outcome());
    return over.callerGone()
        ? afterwards(turn, lastRequest(turn, RequestKind.ACTION, action, extra))
        : fetch(turn, RequestKind.ACTION, action, extra, Part.CALL);
  }

  /** Whether a document follows the session; otherwise the verbs after it do, or the end. */
  private boolean asks(Place place, Verb.Connect verb, Result result) {
    boolean current = verb.action() == null || verb.action().isEmpty();
    if (current && place.document().url().isEmpty()) {
      return false; // TwiML that came with a request of the REST API has no address to ask again
    }
    // A rejected caller is not asked about again: "without any [TwiML] the call ends".
    return verb.action() != null
        || (behaviour.connectActionDefault() == Behaviour.ConnectActionDefault.CURRENT_DOCUMENT
            && result != Result.NO_EXISTING_CONVERSATION
            && place.rest().isEmpty());
  }

  /** Nobody closes the stream, so only the end of the call ends it. */
  private CallState streaming(Turn turn, Streaming state, CallInput input) {
    if (!leaves(turn, input)) {
      return state;
    }
    endByParty(turn, input);
    String action = state.verb().action();
    return afterwards(
        turn,
        action == null
            ? null
            : lastRequest(
                turn,
                RequestKind.ACTION,
                target(state.place(), action, state.verb().method()),
                new Extra.None()));
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
    boolean completed =
        turn.leg().answered() || (input instanceof CallInput.EndedByApi e && !e.cancel());
    turn.endLeg(completed ? CallStatus.COMPLETED : CallStatus.CANCELED, goodbye(input));
  }

  /** Why the call's own party is off the line. */
  static String goodbye(CallInput input) {
    return input instanceof CallInput.EndedByApi ? "the API ended the call" : "the caller hung up";
  }

  static CallState end(Turn turn, CallStatus status, String why) {
    turn.endLeg(status, why);
    return afterwards(turn, null);
  }

  /** A request made although the caller has gone; its answer is checked, not run. */
  static @Nullable Pending lastRequest(Turn turn, RequestKind kind, Target target, Extra extra) {
    return turn.documents() >= MAX_DOCUMENTS
            || target.url().isEmpty()
            || (turn.isTearingDown() && !asksOnRedirect(turn, kind))
        ? null
        : turn.request(kind, target, extra, Part.CALL);
  }

  /** Measured for Dial and Enqueue; for Connect it is a guess. A Gather or Record just ends. */
  private static boolean asksOnRedirect(Turn turn, RequestKind kind) {
    return kind == RequestKind.DIAL
        || kind == RequestKind.ENQUEUE
        || (kind == RequestKind.ACTION && turn.behaviour().redirectAsksAction());
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
    if (turn.isTearingDown()) {
      return;
    }
    if (turn.order() != null) {
      OutgoingMachine.report(turn, CallProgressEvent.COMPLETED);
    } else if (line.statusCallback() != null) {
      turn.send(
          new Callback.CallStatusReport(
              turn.nextExchange(),
              RequestKind.CALL_STATUS,
              line.statusCallback(),
              turn.account(),
              turn.leg(),
              turn.parameters(),
              0,
              turn.now(),
              null));
    }
  }

  // Small questions

  static boolean woke(Turn turn, CallInput input, Alarm alarm) {
    return input instanceof CallInput.Woke woke
        && woke.leg().equals(turn.leg().sid())
        && woke.alarm().equals(alarm);
  }

  /** What the party on that leg does; null: this is something else. */
  static @Nullable Act actOf(CallInput input, Sid leg) {
    return input instanceof CallInput.Acted acted && acted.leg().equals(leg) ? acted.act() : null;
  }

  /** Whether an input is for a call within another, that of a called leg. */
  static boolean concerns(CallInput input, Sid leg) {
    return switch (input) {
      case CallInput.Arrived arrived -> true;
      case CallInput.Landed landed -> landed.exchange().leg().equals(leg);
      case CallInput.Woke woke -> woke.leg().equals(leg);
      case CallInput.Acted acted -> acted.leg().equals(leg);
      case CallInput.EndedByApi ended -> ended.leg().equals(leg);
      case CallInput.Told told -> false;
      case CallInput.RecordingLost lost -> false;
      case CallInput.Redirected redirected -> redirected.leg().equals(leg);
      case CallInput.Adjusted adjusted -> adjusted.leg().equals(leg);
      case CallInput.RecordingOrdered ordered -> ordered.leg().equals(leg);
      case CallInput.RecordingChanged changed -> false;
      case CallInput.RecordingDeleted deleted -> false;
    };
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
