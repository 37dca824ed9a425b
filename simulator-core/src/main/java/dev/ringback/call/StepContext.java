package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallFacts.Counters;
import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.call.CallFacts.Round;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scratch pad of one step: the facts of the call while they change, and the effects so far. It
 * lives for one step and is never shared, so the step as a whole stays a function.
 */
final class StepContext {
  private final CallFacts before;
  private final Instant now;
  private final Behaviour behaviour;
  private final List<Effect> effects = new ArrayList<>();

  private Leg leg;
  private List<Leg> children;
  private List<Recording> recordings;
  private int sids;
  private int exchanges;
  private int alarms;
  private int questions;
  private int documents;
  private int waits;
  private int reports;
  private VoiceUrls line;
  private boolean tearingDown;
  private List<MediaStream> streams;
  private @Nullable Instant speaksUntil;
  private @Nullable Alarm limit;
  private List<Round> rounds;
  private Map<String, String> parameters;
  private @Nullable TwilioError lastError;

  StepContext(CallFacts facts, Instant now, Behaviour behaviour) {
    this.before = facts;
    this.now = now;
    this.behaviour = behaviour;
    this.leg = facts.leg();
    this.children = facts.children();
    this.recordings = facts.recordings();
    this.sids = facts.counters().sids();
    this.exchanges = facts.counters().exchanges();
    this.alarms = facts.counters().alarms();
    this.questions = facts.counters().questions();
    this.documents = facts.counters().documents();
    this.waits = facts.counters().waits();
    this.reports = facts.counters().reports();
    this.line = facts.line();
    this.streams = facts.streams();
    this.speaksUntil = facts.speaksUntil();
    this.limit = facts.limit();
    this.rounds = facts.rounds();
    this.parameters = facts.parameters();
  }

  CallFacts facts() {
    return new CallFacts(
        before.account(),
        leg,
        line,
        before.order(),
        parameters,
        before.callerIds(),
        children,
        recordings,
        streams,
        speaksUntil,
        limit,
        rounds,
        before.seed(),
        new Counters(sids, exchanges, alarms, questions, documents, waits, reports));
  }

  List<Effect> effects() {
    return effects;
  }

  Instant now() {
    return now;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Sid account() {
    return before.account();
  }

  VoiceUrls line() {
    return line;
  }

  /** Whether a phone may be shown that number. */
  boolean mayShow(String number) {
    return before.mayShow(number);
  }

  /** From now on other URLs answer for it. */
  void change(VoiceUrls line) {
    this.line = line;
  }

  /** Of the REST API; null: the call came in. */
  @Nullable ApiCallOptions order() {
    return before.order();
  }

  /** The number of the next report to the call's own status callback, from 0. */
  int nextReport() {
    return reports++;
  }

  /**
   * Runs what ends the present verb without an end of the call: nobody is told that the caller has
   * gone, and no document is requested but the action of what runs, where Twilio asks it.
   */
  CallState tearDown(Supplier<CallState> ending) {
    tearingDown = true;
    CallState torn = ending.get();
    tearingDown = false;
    return torn;
  }

  boolean isTearingDown() {
    return tearingDown;
  }

  /** The call may last no longer than so much from now on. */
  void limit(Duration longest) {
    limit = wake(longest, Alarm.CallLimit::new);
  }

  /** Whether that is the limit that holds; another one may have come since. */
  boolean isLimit(Alarm alarm) {
    return alarm.equals(limit);
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /** The call's voice requests say this, too, from now on. */
  void say(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    parameters = Collections.unmodifiableMap(more);
  }

  Leg leg() {
    return leg;
  }

  /** Whether this is a leg that another dialled. */
  boolean isCalledLeg() {
    return leg.parent() != null;
  }

  Leg child(Sid sid) {
    return children.stream().filter(c -> c.sid().equals(sid)).findFirst().orElseThrow();
  }

  /** The recording of that SID; null: there is none, or none any more. */
  @Nullable Recording recording(Sid sid) {
    return recordings.stream().filter(r -> r.sid().equals(sid)).findFirst().orElse(null);
  }

  List<Recording> recordings() {
    return recordings;
  }

  int documents() {
    return documents;
  }

  /** Documents heard while the call waited. */
  int waits() {
    return waits;
  }

  /** When what the call's own party says now will be over; null: it has said nothing yet. */
  @Nullable Instant speaksUntil() {
    return speaksUntil;
  }

  private void speaks(Duration length) {
    Instant until = now.plus(length);
    speaksUntil = speaksUntil == null || until.isAfter(speaksUntil) ? until : speaksUntil;
  }

  /** The call's own party does something that can be heard. */
  void hears(Act own) {
    if (own instanceof Act.Speak speak) {
      speaks(speak.length());
    }
    if (own instanceof Act.Press || (own instanceof Act.Speak said && !said.words().isEmpty())) {
      hearsSomethingNew();
    }
  }

  List<MediaStream> streams() {
    return streams;
  }

  // What a step can do, from small to large.

  Sid sid(SidKind kind) {
    return new SidMint(before.seed(), sids++).sid(kind);
  }

  /** The seed for a call within this one. */
  long branch() {
    return new SidMint(before.seed(), sids++).branch();
  }

  void note(CallEvent event) {
    effects.add(new Effect.Note(event));
  }

  /**
   * A verb begins.
   *
   * @param detail what it says, plays or waits for
   * @param lasts modelled; null when others decide
   */
  void starts(Verb verb, String detail, @Nullable Duration lasts) {
    note(new CallEvent.VerbStarted(leg.sid(), verb.name(), detail, lasts));
  }

  void raise(TwilioError error, String message) {
    raise(error, message, null);
  }

  void raise(TwilioError error, String message, @Nullable String url) {
    raise(error, error.level(), message, url);
  }

  /**
   * @param level how grave it is here: what the call can do without is a warning
   */
  void raise(TwilioError error, Level level, String message, @Nullable String url) {
    effects.add(new Effect.Raise(new Alert(error, level, message, url)));
    if (level == Level.ERROR) {
      lastError = error;
    }
  }

  /** The last error raised in this step. */
  @Nullable TwilioError lastError() {
    return lastError;
  }

  void raiseOurs(Level level, String message) {
    effects.add(new Effect.Raise(Alert.ours(level, message)));
  }

  /**
   * @param url the request concerned
   */
  void raiseOurs(Level level, String message, String url) {
    effects.add(new Effect.Raise(new Alert(null, level, message, url)));
  }

  /** A document has come; how often the same one has, since somebody last said something new. */
  int comesAgain(String url, String text) {
    Round round = new Round(url, text.hashCode(), 1);
    List<Round> counted = new ArrayList<>();
    for (Round before : rounds) {
      if (before.url().equals(url) && before.text() == round.text()) {
        round = new Round(url, round.text(), before.times() + 1);
      } else {
        counted.add(before);
      }
    }
    counted.add(round);
    rounds = List.copyOf(counted);
    return round.times();
  }

  /** Keys or words: whatever comes again from now on, comes for a reason. */
  private void hearsSomethingNew() {
    rounds = List.of();
  }

  <A extends Alarm> A wake(Duration in, IntFunction<A> alarm) {
    return wakeAt(now.plus(in), alarm);
  }

  <A extends Alarm> A wakeAt(Instant at, IntFunction<A> alarm) {
    A made = alarm.apply(++alarms);
    wakeAt(at, made);
    return made;
  }

  void wakeAt(Instant at, Alarm alarm) {
    effects.add(new Effect.Wake(leg.sid(), at, alarm));
  }

  int ask(DirectoryQuestion about) {
    effects.add(new Effect.Ask(leg.sid(), ++questions, about));
    return questions;
  }

  /** Tells the queues and conferences of the account something; there is no answer. */
  void inform(MeetingQuestion about) {
    effects.add(new Effect.Ask(leg.sid(), ++questions, about));
  }

  /**
   * Lets the others in a conference, or the other party of a queue, hear what the call's own party
   * does.
   */
  void tellOthers(CallInput input) {
    Act act = input.actOf(leg.sid());
    if (act instanceof Act.Speak || act instanceof Act.Talk || act instanceof Act.Press) {
      inform(new MeetingQuestion.Say(act));
    }
  }

  void tell(Leg whom, String address, Cue cue) {
    effects.add(new Effect.Tell(whom.sid(), address, cue));
  }

  /** Lets the party at the other end of this very leg notice something. */
  void tellOwnParty(Cue cue) {
    tell(leg, leg.party(), cue);
  }

  ExchangeId nextExchange() {
    return new ExchangeId(leg.sid(), ++exchanges);
  }

  void send(AppRequest callback) {
    effects.add(new Effect.Send(callback));
  }

  /** Takes over what a call within this one wants done. */
  void adopt(List<Effect> others) {
    effects.addAll(others);
  }

  AwaitedDocument request(RequestKind kind, Target target, Extra extra, DocumentRole role) {
    ExchangeId id = nextExchange();
    if (role == DocumentRole.CALL) {
      documents++;
    } else {
      waits++;
    }
    send(new AppRequest.VoiceRequest(id, kind, target, account(), leg, parameters, extra));
    return new AwaitedDocument(id, target, kind == RequestKind.FALLBACK, role);
  }

  void answer() {
    if (!leg.answered()) {
      leg = leg.answered(now);
      note(new CallEvent.LegChanged(leg));
    }
  }

  /** The call's own leg gets on. */
  void change(CallStatus status) {
    leg = leg.in(status);
    note(new CallEvent.LegChanged(leg));
  }

  void endLeg(CallStatus status, String why) {
    if (tearingDown) {
      return;
    }
    StartStop.stopAll(this);
    leg = leg.ended(status, now);
    if (!isCalledLeg()) {
      note(new CallEvent.CallEnded(leg, why));
    }
  }

  Leg dial(String from, String to) {
    Leg child =
        new Leg(
            sid(SidKind.CALL),
            leg.sid(),
            from,
            to,
            Direction.OUTBOUND_DIAL,
            CallStatus.INITIATED,
            now,
            null,
            null);
    children = with(children, child);
    note(new CallEvent.LegChanged(child));
    return child;
  }

  Leg change(Leg child) {
    List<Leg> changed = new ArrayList<>(children);
    changed.replaceAll(c -> c.sid().equals(child.sid()) ? child : c);
    children = List.copyOf(changed);
    note(new CallEvent.LegChanged(child));
    return child;
  }

  void add(MediaStream stream) {
    streams = with(streams, stream);
  }

  void remove(MediaStream stream) {
    streams = streams.stream().filter(s -> !s.equals(stream)).toList();
  }

  void add(Recording recording) {
    recordings = with(recordings, recording);
  }

  /** A recording is deleted. */
  void forget(Sid recording) {
    recordings = recordings.stream().filter(r -> !r.sid().equals(recording)).toList();
  }

  void change(Recording recording) {
    List<Recording> changed = new ArrayList<>(recordings);
    changed.replaceAll(r -> r.sid().equals(recording.sid()) ? recording : r);
    recordings = List.copyOf(changed);
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
