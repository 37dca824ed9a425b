package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.Arriving;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Dequeuing;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Ended;
import dev.ringback.call.CallState.Fetching;
import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.CallState.Leaving;
import dev.ringback.call.CallState.Ready;
import dev.ringback.call.CallState.Redirecting;
import dev.ringback.call.CallState.Speaking;
import dev.ringback.call.CallState.Streaming;
import dev.ringback.call.SessionMachine.SessionStep;
import dev.ringback.call.Sound.Voice;
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
    StepContext context = new StepContext(call.facts(), now, behaviour);
    CallState next = next(context, call.state(), input);
    return new Step(new Call(context.facts(), next), context.effects());
  }

  private CallState next(StepContext context, CallState state, CallInput input) {
    if (input instanceof CallInput.Woke woke && woke.leg().equals(context.leg().sid())) {
      if (woke.alarm() instanceof Alarm.RecordingReady ready) {
        Recorder.ready(context, ready.recording());
        return state;
      }
      if (woke.alarm() instanceof Alarm.TranscriptionReady ready) {
        RecordVerbMachine.transcribed(context, ready.recording());
        return state;
      }
    }
    CallState ordered = context.leg().ended() ? null : ofApi(context, state, input);
    if (ordered != null) {
      return ordered;
    }
    if (input instanceof CallInput.RecordingDeleted deleted) {
      Recorder.delete(context, deleted.recording());
      return state;
    }
    if (input instanceof CallInput.RecordingLost lost) {
      Recorder.lose(context, lost.recording(), lost.status());
      return state;
    }
    if (input instanceof CallInput.Landed landed && !landed.kind().isWaitedFor()) {
      delivered(context, landed);
      return state;
    }
    Act own = actOf(input, context.leg().sid());
    if (own != null && !context.leg().ended()) {
      Recorder.heard(context, Voice.CALLER, own);
      if (own instanceof Act.Speak speak) {
        context.speaks(speak.length());
      }
      if (own instanceof Act.Press || (own instanceof Act.Speak said && !said.words().isEmpty())) {
        context.hearsSomethingNew();
      }
    }
    return within(context, state, input);
  }

  /** What the REST API does with a call that lives; null: this is something else. */
  private @Nullable CallState ofApi(StepContext context, CallState state, CallInput input) {
    return switch (input) {
      case CallInput.Redirected redirected when redirected.leg().equals(context.leg().sid()) ->
          redirected(context, state, redirected);
      case CallInput.Adjusted adjusted when adjusted.leg().equals(context.leg().sid()) -> {
        VoiceUrls line = context.line();
        context.change(
            new VoiceUrls(
                line.voice(),
                adjusted.fallback() == null ? line.fallback() : adjusted.fallback(),
                adjusted.statusCallback() == null
                    ? line.statusCallback()
                    : adjusted.statusCallback()));
        if (adjusted.timeLimit() != null) {
          context.limit(adjusted.timeLimit());
        }
        yield state;
      }
      case CallInput.RecordingOrdered ordered when ordered.leg().equals(context.leg().sid()) -> {
        Sid unused =
            Recorder.start(
                context,
                Recorder.Order.of(
                    RecordingSource.START_CALL_RECORDING_API,
                    Recording.Scope.CALL,
                    context.line().voice(),
                    ordered.order()));
        yield state;
      }
      case CallInput.RecordingChanged changed -> {
        Recorder.change(context, changed.recording(), changed.command(), changed.skips());
        yield state;
      }
      case CallInput.Woke woke
          when context.isLimit(woke.alarm()) && woke.leg().equals(context.leg().sid()) ->
          within(context, state, new CallInput.EndedByApi(woke.leg(), false));
      default -> null;
    };
  }

  /** Whatever runs is torn down; its action is asked first where Twilio does so. */
  private CallState redirected(
      StepContext context, CallState state, CallInput.Redirected redirected) {
    CallState torn =
        context.tearDown(() -> {
          CallState ended =
              within(context, state, new CallInput.EndedByApi(redirected.leg(), false));
          BackgroundMachine.stopStreams(context, state);
          return ended;
        });
    // What a call merely fetches is given up; what it has asked last is waited for.
    AwaitedDocument asked =
        torn instanceof Ended ended && !(state instanceof Fetching) ? ended.lastRequest() : null;
    return asked == null ? follow(context, redirected) : new Redirecting(asked, redirected);
  }

  /** The verb's action has been asked; its answer is read and not run. */
  private CallState redirecting(StepContext context, Redirecting state, CallInput input) {
    if (input instanceof CallInput.Landed landed
        && landed.exchange().equals(state.lastRequest().exchange())) {
      documents.read(context, state.lastRequest(), landed.landing());
      return follow(context, state.then());
    }
    if (leaves(context, input)) {
      endByParty(context, input);
      return afterwards(context, state.lastRequest());
    }
    return state;
  }

  /** The document that the REST API has sent the call to. */
  private CallState follow(StepContext context, CallInput.Redirected redirected) {
    return redirected.to() == null
        ? runText(context, redirected.twiml() == null ? "" : redirected.twiml())
        : fetch(
            context, RequestKind.REDIRECT, redirected.to(), new Extra.None(), DocumentRole.CALL);
  }

  /** Runs a document that came with a request of the REST API; it has no address. */
  CallState runText(StepContext context, String twiml) {
    Target nowhere = new Target("", HttpMethod.POST);
    AwaitedDocument pending =
        new AwaitedDocument(
            new ExchangeId(context.leg().sid(), 0), nowhere, false, DocumentRole.CALL);
    List<Verb> verbs =
        documents.read(context, pending, new Landing.Answered(200, "text/xml", twiml));
    return verbs == null
        ? documentFailed(context, pending)
        : run(context, new Cursor(nowhere, verbs, 0, DocumentRole.CALL));
  }

  /** Steps a state, be it the call's own or that of a document heard while it waits. */
  CallState within(StepContext context, CallState state, CallInput input) {
    return switch (state) {
      case Arriving s -> arriving(context, s, input);
      case CallState.Outgoing s ->
          context.order() == null ? s : outgoing.step(context, context.order(), s, input);
      case Fetching s -> fetching(context, s, input);
      case Speaking s -> speaking(context, s, input);
      case Gathering s -> gathers.step(context, s, input);
      case CallState.Recording s -> records.step(context, s, input);
      case InSession s -> inSession(context, s, input);
      case Redirecting s -> redirecting(context, s, input);
      case Streaming s -> streaming(context, s, input);
      case Dialling s -> meetings.dialling(context, s, input);
      case InConference s -> meetings.inConference(context, s, input);
      case Dequeuing s -> meetings.dequeuing(context, s, input);
      case InQueue s -> meetings.inQueue(context, s, input);
      case Ready s -> s;
      case Leaving s -> s;
      case Ended s -> ended(context, s, input);
    };
  }

  // Requests and documents

  private CallState arriving(StepContext context, Arriving state, CallInput input) {
    if (input instanceof CallInput.Arrived) {
      return context.order() == null ? begin(context) : outgoing.begin(context, context.order());
    }
    boolean cancelled =
        context.order() != null
            && input instanceof CallInput.EndedByApi ended
            && ended.leg().equals(context.leg().sid());
    return cancelled ? OutgoingMachine.cancelQueued(context) : state;
  }

  private CallState begin(StepContext context) {
    RequestKind kind = context.isCalledLeg() ? RequestKind.URL : RequestKind.VOICE;
    if (!context.isCalledLeg()) {
      context.note(new CallEvent.LegChanged(context.leg()));
    }
    return fetch(context, kind, context.line().voice(), new Extra.None(), DocumentRole.CALL);
  }

  CallState fetch(
      StepContext context, RequestKind kind, Target target, Extra extra, DocumentRole part) {
    if (context.isTearingDown()) {
      return new Ready(); // what follows is not the old document
    }
    if (part != DocumentRole.CALL && context.waits() >= WaitingMachine.MAX_WAITS) {
      return new Ready();
    }
    if (part == DocumentRole.CALL && target.url().isEmpty()) {
      context.raiseOurs(
          Level.WARNING,
          "no current document: TwiML that came with a request has no address to ask again, so the"
              + " call ends; give the verb an action");
      return end(context, CallStatus.COMPLETED, "there is no document to go back to");
    }
    if (part == DocumentRole.CALL && context.documents() >= MAX_DOCUMENTS) {
      context.raiseOurs(
          Level.ERROR,
          "too-many-documents: the call has fetched %d documents and ends; the next was %s %s. Does one lead back to itself?"
              .formatted(MAX_DOCUMENTS, target.method(), target.shown()),
          target.shown());
      return end(context, CallStatus.FAILED, "it fetched too many documents");
    }
    return new Fetching(context.request(kind, target, extra, part));
  }

  private CallState fetching(StepContext context, Fetching state, CallInput input) {
    AwaitedDocument pending = state.pending();
    if (input instanceof CallInput.Landed landed && landed.exchange().equals(pending.exchange())) {
      List<Verb> verbs = documents.read(context, pending, landed.landing());
      return verbs == null
          ? documentFailed(context, pending)
          : run(context, new Cursor(landed.target(), verbs, 0, pending.part()));
    }
    if (leaves(context, input)) {
      endByParty(context, input);
      return afterwards(context, pending);
    }
    return state;
  }

  /** The fallback's context, or the apology's. */
  private CallState documentFailed(StepContext context, AwaitedDocument pending) {
    if (pending.part() != DocumentRole.CALL) {
      return new Ready();
    }
    if (context.isCalledLeg()) {
      return end(context, CallStatus.FAILED, "its document could not be had");
    }
    Target fallback = pending.fallback() ? null : context.line().fallback();
    context.note(
        new CallEvent.DocumentFailed(
            context.leg().sid(), fallback == null ? null : fallback.shown()));
    if (fallback != null) {
      TwilioError error = context.lastError();
      return fetch(
          context,
          RequestKind.FALLBACK,
          fallback,
          new Extra.Failure(
              (error == null ? TwilioError.HTTP_RETRIEVAL_FAILURE : error).code(),
              Urls.plain(pending.target().url())),
          DocumentRole.CALL);
    }
    List<Verb> apology = List.of(new Verb.Say(APOLOGY), new Verb.Hangup());
    return run(context, new Cursor(pending.target(), apology, 0, DocumentRole.CALL));
  }

  private void delivered(StepContext context, CallInput.Landed landed) {
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
                context.leg().ended() ? "" : "; the call goes on");
    if (landed.kind() == RequestKind.DEBUGGER) {
      context.raiseOurs(Level.WARNING, message); // or it would be told of itself
    } else {
      context.raise(
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

  CallState run(StepContext context, Cursor from) {
    if (context.isTearingDown()) {
      return new Ready();
    }
    Cursor place = from;
    while (place.index() < place.verbs().size() && VerbRules.isSkipped(context, place)) {
      place = place.next();
    }
    if (place.index() >= place.verbs().size() && place.part() == DocumentRole.OPENING) {
      return context.order() == null ? new Ready() : outgoing.document(context, context.order());
    }
    if (place.index() >= place.verbs().size()) {
      return context.isCalledLeg() || place.part() != DocumentRole.CALL
          ? new Ready()
          : end(context, CallStatus.COMPLETED, "the document has no more verbs");
    }
    Verb verb = place.verbs().get(place.index());
    return switch (verb) {
      case Verb.Prompt prompt -> prompt(context, place, prompt);
      case Verb.Gather gather -> gathers.begin(context, place, gather);
      case Verb.Record record -> records.begin(context, place, record);
      case Verb.Redirect redirect -> {
        started(context, verb, Urls.masked(redirect.url()), null);
        yield fetch(
            context,
            RequestKind.REDIRECT,
            place.document().resolve(redirect.url(), redirect.method()),
            new Extra.None(),
            place.part());
      }
      case Verb.Reject reject -> reject(context, reject);
      case Verb.Hangup hangup -> {
        started(context, verb, "", null);
        if (place.part() != DocumentRole.CALL) {
          yield new Leaving(true);
        }
        context.answer();
        yield end(context, CallStatus.COMPLETED, "<Hangup>");
      }
      case Verb.Connect connect -> connect(context, place, connect);
      case Verb.Dial dial -> meetings.dial(context, place, dial);
      case Verb.Enqueue enqueue -> meetings.enqueue(context, place, enqueue);
      case Verb.Leave leave -> {
        started(context, verb, "", null);
        yield new Leaving(false);
      }
      case Verb.Start start -> {
        started(context, verb, start.noun().element(), null);
        BackgroundMachine.start(context, place, start.noun());
        yield run(context, place.next());
      }
      case Verb.Stop stop -> {
        started(context, verb, stop.noun().element(), null);
        BackgroundMachine.stop(context, place, stop.noun());
        yield run(context, place.next());
      }
      case Verb.Refer refer -> run(context, place.next()); // passed over above
      case Verb.NotEmulated missing -> run(context, place.next()); // passed over above
    };
  }

  static void started(StepContext context, Verb verb, String detail, @Nullable Duration lasts) {
    context.note(new CallEvent.VerbStarted(context.leg().sid(), verb.name(), detail, lasts));
  }

  // Say, Play, Pause

  private CallState prompt(StepContext context, Cursor place, Verb.Prompt prompt) {
    if (!(prompt instanceof Verb.Pause)) {
      context.answer();
    }
    return speaking(
        context, place, PromptMachine.begin(context, place.document(), List.of(prompt)));
  }

  private CallState speaking(StepContext context, Speaking state, CallInput input) {
    if (leaves(context, input)) {
      return leave(context, input);
    }
    return speaking(
        context,
        state.place(),
        PromptMachine.step(
            context, state.playback(), input, PromptMachine.Setting.of(state.place())));
  }

  private CallState speaking(StepContext context, Cursor place, @Nullable Playback playback) {
    return playback == null ? run(context, place.next()) : new Speaking(place, playback);
  }

  /** A called leg that hears digits. */
  Step sendDigits(Call called, String digits, Instant now) {
    StepContext context = new StepContext(called.facts(), now, behaviour);
    List<Verb> keys = List.of(new Verb.Play("", 1, digits, null));
    CallState state =
        run(context, new Cursor(called.facts().line().voice(), keys, 0, DocumentRole.CALL));
    return new Step(new Call(context.facts(), state), context.effects());
  }

  // Reject

  private static CallState reject(StepContext context, Verb.Reject verb) {
    started(context, verb, verb.busy() ? "busy" : "rejected", null);
    if (context.leg().answered()) {
      return end(context, CallStatus.COMPLETED, "<Reject> on a call that was answered");
    }
    return end(context, verb.busy() ? CallStatus.BUSY : CallStatus.NO_ANSWER, "<Reject>");
  }

  // Connect

  private CallState connect(StepContext context, Cursor place, Verb.Connect verb) {
    context.answer();
    if (verb.noun() instanceof Noun.Stream noun) {
      started(context, verb, "Stream " + noun.stream().url(), null);
      return new Streaming(
          place, verb, noun, BackgroundMachine.start(context, place.document(), noun.stream()));
    }
    started(context, verb, "", null);
    return inSession(context, place, verb, sessions.start(context, place.document(), verb));
  }

  private CallState inSession(StepContext context, InSession state, CallInput input) {
    return inSession(
        context, state.place(), state.verb(), sessions.step(context, state.session(), input));
  }

  private CallState inSession(
      StepContext context, Cursor place, Verb.Connect verb, SessionStep step) {
    return switch (step) {
      case SessionStep.Going going -> new InSession(place, verb, going.session());
      case SessionStep.Over over -> {
        context.note(new CallEvent.SessionEnded(over.outcome(), over.why()));
        yield sessionOver(context, place, verb, over);
      }
    };
  }

  private CallState sessionOver(
      StepContext context, Cursor place, Verb.Connect verb, SessionStep.Over over) {
    if (over.callerGone()) {
      context.endLeg(CallStatus.COMPLETED, over.why());
    }
    if (!asks(place, verb, over.outcome().result())) {
      return over.callerGone() ? afterwards(context, null) : run(context, place.next());
    }
    Target action = target(place, verb.action(), verb.method());
    Extra extra = new Extra.Session(over.outcome());
    return over.callerGone()
        ? afterwards(context, lastRequest(context, RequestKind.ACTION, action, extra))
        : fetch(context, RequestKind.ACTION, action, extra, DocumentRole.CALL);
  }

  /** Whether a document follows the session; otherwise the verbs after it do, or the end. */
  private boolean asks(Cursor place, Verb.Connect verb, Result result) {
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
  private CallState streaming(StepContext context, Streaming state, CallInput input) {
    if (!leaves(context, input)) {
      return state;
    }
    endByParty(context, input);
    String action = state.verb().action();
    return afterwards(
        context,
        action == null
            ? null
            : lastRequest(
                context,
                RequestKind.ACTION,
                target(state.place(), action, state.verb().method()),
                new Extra.None()));
  }

  /** An attribute {@code action} that is not there, or is empty, means the current document. */
  static Target target(Cursor place, @Nullable String action, HttpMethod method) {
    return place.document().resolve(action == null ? "" : action, method);
  }

  // Ends

  /** Whether this input takes the party of this very leg off the line. */
  static boolean leaves(StepContext context, CallInput input) {
    if (input instanceof CallInput.Acted acted) {
      return acted.leg().equals(context.leg().sid()) && acted.act() instanceof Act.HangUp;
    }
    return input instanceof CallInput.EndedByApi ended
        && ended.leg().equals(context.leg().sid())
        && (!ended.cancel() || !context.leg().answered());
  }

  static CallState leave(StepContext context, CallInput input) {
    endByParty(context, input);
    return afterwards(context, null);
  }

  static void endByParty(StepContext context, CallInput input) {
    boolean completed =
        context.leg().answered() || (input instanceof CallInput.EndedByApi e && !e.cancel());
    context.endLeg(completed ? CallStatus.COMPLETED : CallStatus.CANCELED, goodbye(input));
  }

  /** Why the call's own party is off the line. */
  static String goodbye(CallInput input) {
    return input instanceof CallInput.EndedByApi ? "the API ended the call" : "the caller hung up";
  }

  static CallState end(StepContext context, CallStatus status, String why) {
    context.endLeg(status, why);
    return afterwards(context, null);
  }

  /** A request made although the caller has gone; its answer is checked, not run. */
  static @Nullable AwaitedDocument lastRequest(
      StepContext context, RequestKind kind, Target target, Extra extra) {
    return context.documents() >= MAX_DOCUMENTS
            || target.url().isEmpty()
            || (context.isTearingDown() && !asksOnRedirect(context, kind))
        ? null
        : context.request(kind, target, extra, DocumentRole.CALL);
  }

  /** Measured for Dial and Enqueue; for Connect it is a guess. A Gather or Record just ends. */
  private static boolean asksOnRedirect(StepContext context, RequestKind kind) {
    return kind == RequestKind.DIAL
        || kind == RequestKind.ENQUEUE
        || (kind == RequestKind.ACTION && context.behaviour().redirectAsksAction());
  }

  /** After the end of the call: its last request first, then the number's status callback. */
  static CallState afterwards(StepContext context, @Nullable AwaitedDocument lastRequest) {
    if (lastRequest == null) {
      reportEnd(context);
    }
    return new Ended(lastRequest);
  }

  private CallState ended(StepContext context, Ended state, CallInput input) {
    if (state.lastRequest() != null
        && input instanceof CallInput.Landed landed
        && landed.exchange().equals(state.lastRequest().exchange())) {
      documents.read(context, state.lastRequest(), landed.landing());
      return afterwards(context, null);
    }
    return state;
  }

  private static void reportEnd(StepContext context) {
    VoiceUrls line = context.line();
    if (context.isTearingDown()) {
      return;
    }
    if (context.order() != null) {
      OutgoingMachine.report(context, CallProgressEvent.COMPLETED);
    } else if (line.statusCallback() != null) {
      context.send(
          new AppRequest.CallStatusReport(
              context.nextExchange(),
              RequestKind.CALL_STATUS,
              line.statusCallback(),
              context.account(),
              context.leg(),
              context.parameters(),
              0,
              context.now(),
              null));
    }
  }

  // Small questions

  static boolean woke(StepContext context, CallInput input, Alarm alarm) {
    return input instanceof CallInput.Woke woke
        && woke.leg().equals(context.leg().sid())
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
  static String pressed(StepContext context, CallInput input) {
    return input instanceof CallInput.Acted acted
            && acted.leg().equals(context.leg().sid())
            && acted.act() instanceof Act.Press press
        ? press.digits()
        : "";
  }
}
