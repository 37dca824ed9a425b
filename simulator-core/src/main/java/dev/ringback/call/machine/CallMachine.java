package dev.ringback.call.machine;

import dev.ringback.call.Alarm;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Behaviour;
import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.Arriving;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Ended;
import dev.ringback.call.CallState.Fetching;
import dev.ringback.call.CallState.InVerb;
import dev.ringback.call.CallState.Leaving;
import dev.ringback.call.CallState.Outgoing;
import dev.ringback.call.CallState.Ready;
import dev.ringback.call.CallState.Redirecting;
import dev.ringback.call.Recorder;
import dev.ringback.call.Step;
import dev.ringback.call.StepContext;
import dev.ringback.call.Streams;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next;
import dev.ringback.call.verb.NestedDocuments;
import dev.ringback.call.verb.RecordVerb;
import dev.ringback.call.verb.SkippedVerbs;
import dev.ringback.call.verb.Verbs;
import dev.ringback.call.verb.WaitDocuments;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A call as a function: {@link #step} gives the next call and what is to be done. This class
 * fetches documents and runs them verb by verb; each verb has a file of its own, and says by a
 * {@link VerbStep} whether it goes on or what follows it.
 */
public final class CallMachine implements NestedDocuments {
  /** What the caller hears when no document can be had. */
  static final String APOLOGY = "We're sorry, an application error has occurred. Goodbye.";

  private final Behaviour behaviour;
  private final Documents documents;
  private final Verbs verbs;

  public CallMachine(Behaviour behaviour) {
    this(behaviour, text -> TwimlReader.read(text, behaviour.sessions().wrongAttribute()));
  }

  /**
   * @param behaviour the switches for what Twilio's pages leave open
   * @param reader of TwiML; a pure function, which may remember what it has read
   */
  public CallMachine(Behaviour behaviour, Function<String, Reading> reader) {
    this.behaviour = behaviour;
    this.documents = new Documents(reader);
    this.verbs = new Verbs(this);
  }

  /**
   * What becomes of a call by one input. Defined for every state and every input: what does not
   * concern the call leaves it as it is.
   */
  @Override
  public Step step(Call call, CallInput input, Instant now) {
    StepContext context = new StepContext(call.facts(), now, behaviour);
    CallState next = next(context, call.state(), input);
    return new Step(new Call(context.facts(), next), context.effects());
  }

  private CallState next(StepContext context, CallState state, CallInput input) {
    if (isForRecordings(context, input)) {
      return state;
    }
    if (!context.leg().ended()) {
      if (input instanceof CallInput.Redirected redirected && isOwn(context, redirected.leg())) {
        return redirected(context, state, redirected);
      }
      if (input instanceof CallInput.Woke woke
          && context.isLimit(woke.alarm())
          && isOwn(context, woke.leg())) {
        return step(context, state, new CallInput.EndedByApi(woke.leg(), false));
      }
      if (ApiChanges.change(context, input)) {
        return state;
      }
    }
    if (input instanceof CallInput.Landed landed && !landed.kind().isWaitedFor()) {
      DeliveredCallbacks.check(context, landed);
      return state;
    }
    Act own = input.actOf(context.leg().sid());
    if (own != null && !context.leg().ended()) {
      Recorder.heard(context, Voice.CALLER, own);
      context.hears(own);
    }
    return step(context, state, input);
  }

  private static boolean isOwn(StepContext context, Sid leg) {
    return leg.equals(context.leg().sid());
  }

  /** What concerns recordings alone, and is dealt with here, also after the end of the call. */
  private static boolean isForRecordings(StepContext context, CallInput input) {
    if (input instanceof CallInput.Woke woke && isOwn(context, woke.leg())) {
      if (woke.alarm() instanceof Alarm.RecordingReady ready) {
        Recorder.ready(context, ready.recording());
        return true;
      }
      if (woke.alarm() instanceof Alarm.TranscriptionReady ready) {
        RecordVerb.transcribed(context, ready.recording());
        return true;
      }
    }
    if (input instanceof CallInput.RecordingDeleted deleted) {
      Recorder.delete(context, deleted.recording());
      return true;
    }
    if (input instanceof CallInput.RecordingLost lost) {
      Recorder.lose(context, lost.recording(), lost.status());
      return true;
    }
    return false;
  }

  /** Whatever runs is torn down; its action is asked first where Twilio does so. */
  private CallState redirected(
      StepContext context, CallState state, CallInput.Redirected redirected) {
    CallState torn =
        context.tearDown(() -> {
          CallState ended = step(context, state, new CallInput.EndedByApi(redirected.leg(), false));
          Streams.stopOf(context, state);
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
    if (input.leaves(context.leg())) {
      return CallEnd.left(context, input, state.lastRequest());
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
  private CallState runText(StepContext context, String twiml) {
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
  @Override
  public CallState step(StepContext context, CallState state, CallInput input) {
    return switch (state) {
      case Arriving s -> arriving(context, s, input);
      case Outgoing s -> outgoing(context, s, input);
      case Fetching s -> fetching(context, s, input);
      case Redirecting s -> redirecting(context, s, input);
      case InVerb s -> after(context, s.cursor(), verbs.step(context, s, input));
      case Ready s -> s;
      case Leaving s -> s;
      case Ended s -> ended(context, s, input);
    };
  }

  // Requests and documents

  private CallState arriving(StepContext context, Arriving state, CallInput input) {
    ApiCallOptions options = context.options();
    if (input instanceof CallInput.Arrived) {
      return options == null ? begin(context) : OutboundCall.begin(context, options);
    }
    return options != null
            && input instanceof CallInput.EndedByApi ended
            && isOwn(context, ended.leg())
        ? OutboundCall.cancelQueued(context)
        : state;
  }

  private CallState outgoing(StepContext context, Outgoing state, CallInput input) {
    ApiCallOptions options = context.options();
    return options == null
        ? state
        : after(
            context,
            OutboundCall.opening(context, options),
            OutboundCall.step(context, options, state, input));
  }

  /** The first document of a call by the REST API. */
  private CallState firstDocument(StepContext context, ApiCallOptions options) {
    return options.twiml() == null
        ? fetch(
            context, RequestKind.VOICE, context.urls().voice(), new Extra.None(), DocumentRole.CALL)
        : runText(context, options.twiml());
  }

  private CallState begin(StepContext context) {
    RequestKind kind = context.isCalledLeg() ? RequestKind.URL : RequestKind.VOICE;
    if (!context.isCalledLeg()) {
      context.note(new CallEvent.LegChanged(context.leg()));
    }
    return fetch(context, kind, context.urls().voice(), new Extra.None(), DocumentRole.CALL);
  }

  private CallState fetch(
      StepContext context, RequestKind kind, Target target, Extra extra, DocumentRole role) {
    if (context.isTearingDown()) {
      return new Ready(); // what follows is not the old document
    }
    if (role != DocumentRole.CALL && context.waits() >= WaitDocuments.MAX_WAITS) {
      return new Ready();
    }
    if (role == DocumentRole.CALL && target.url().isEmpty()) {
      context.raiseOurs(
          Level.WARNING,
          "no current document: TwiML that came with a request has no address to ask again, so the"
              + " call ends; give the verb an action");
      return CallEnd.end(context, CallStatus.COMPLETED, "there is no document to go back to");
    }
    if (role == DocumentRole.CALL && context.documents() >= Call.MAX_DOCUMENTS) {
      context.raiseOurs(
          Level.ERROR,
          "too-many-documents: the call has fetched %d documents and ends; the next was %s %s. Does one lead back to itself?"
              .formatted(Call.MAX_DOCUMENTS, target.method(), target.shown()),
          target.shown());
      return CallEnd.end(context, CallStatus.FAILED, "it fetched too many documents");
    }
    return new Fetching(context.request(kind, target, extra, role));
  }

  private CallState fetching(StepContext context, Fetching state, CallInput input) {
    AwaitedDocument pending = state.pending();
    if (input instanceof CallInput.Landed landed && landed.exchange().equals(pending.exchange())) {
      List<Verb> verbs = documents.read(context, pending, landed.landing());
      return verbs == null
          ? documentFailed(context, pending)
          : run(context, new Cursor(landed.target(), verbs, 0, pending.role()));
    }
    if (input.leaves(context.leg())) {
      return CallEnd.left(context, input, pending);
    }
    return state;
  }

  /** The fallback's context, or the apology's. */
  private CallState documentFailed(StepContext context, AwaitedDocument pending) {
    if (pending.role() != DocumentRole.CALL) {
      return new Ready();
    }
    if (context.isCalledLeg()) {
      return CallEnd.end(context, CallStatus.FAILED, "its document could not be had");
    }
    Target fallback = pending.fallback() ? null : context.urls().fallback();
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

  // Verbs

  private CallState run(StepContext context, Cursor from) {
    if (context.isTearingDown()) {
      return new Ready();
    }
    Cursor cursor = from;
    while (cursor.index() < cursor.verbs().size() && SkippedVerbs.isSkipped(context, cursor)) {
      cursor = cursor.next();
    }
    if (cursor.index() < cursor.verbs().size()) {
      return after(
          context, cursor, verbs.begin(context, cursor, cursor.verbs().get(cursor.index())));
    }
    if (cursor.role() == DocumentRole.OPENING) {
      return context.options() == null ? new Ready() : firstDocument(context, context.options());
    }
    return context.isCalledLeg() || cursor.role() != DocumentRole.CALL
        ? new Ready()
        : CallEnd.end(context, CallStatus.COMPLETED, "the document has no more verbs");
  }

  private CallState after(StepContext context, Cursor cursor, VerbStep step) {
    return switch (step) {
      case VerbStep.GoesOn goesOn -> goesOn.state();
      case VerbStep.Done(Next.NextVerb next) -> run(context, cursor.next());
      case VerbStep.Done(Next.Action action) ->
          fetch(context, action.kind(), action.target(), action.extra(), cursor.role());
      case VerbStep.Done(Next.HangUp hangUp) -> {
        context.endLeg(hangUp.status(), hangUp.why());
        yield CallEnd.afterwards(context, CallEnd.lastRequest(context, hangUp.last()));
      }
    };
  }

  @Override
  public Step sendDigits(Call called, String digits, Instant now) {
    StepContext context = new StepContext(called.facts(), now, behaviour);
    List<Verb> keys = List.of(new Verb.Play("", 1, digits, null));
    Cursor opening = new Cursor(called.facts().urls().voice(), keys, 0, DocumentRole.OPENING);
    CallState state = run(context, opening);
    return new Step(new Call(context.facts(), state), context.effects());
  }

  // The end

  private CallState ended(StepContext context, Ended state, CallInput input) {
    if (state.lastRequest() != null
        && input instanceof CallInput.Landed landed
        && landed.exchange().equals(state.lastRequest().exchange())) {
      documents.read(context, state.lastRequest(), landed.landing());
      return CallEnd.afterwards(context, null);
    }
    return state;
  }
}
