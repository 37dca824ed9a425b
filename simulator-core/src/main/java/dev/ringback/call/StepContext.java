package dev.ringback.call;

import dev.ringback.call.CallFacts.Counters;
import dev.ringback.call.CallFacts.Legs;
import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
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
public final class StepContext {
  private final Instant now;
  private final Behaviour behaviour;
  private final List<Effect> effects = new ArrayList<>();
  private CallFacts facts;
  private boolean tearingDown;
  private @Nullable TwilioError lastError;

  public StepContext(CallFacts facts, Instant now, Behaviour behaviour) {
    this.facts = facts;
    this.now = now;
    this.behaviour = behaviour;
  }

  public CallFacts facts() {
    return facts;
  }

  public List<Effect> effects() {
    return effects;
  }

  public Instant now() {
    return now;
  }

  public Behaviour behaviour() {
    return behaviour;
  }

  public Sid account() {
    return facts.account();
  }

  public VoiceUrls urls() {
    return facts.urls();
  }

  /** Whether a phone may be shown that number. */
  public boolean mayShow(String number) {
    return facts.mayShow(number);
  }

  /** From now on other URLs answer for it. */
  public void change(VoiceUrls urls) {
    facts = facts.with(urls);
  }

  /** Of the REST API; null: the call came in. */
  public @Nullable ApiCallOptions options() {
    return facts.options();
  }

  /** The number of the next report to the call's own status callback, from 0. */
  public int nextReport() {
    int report = facts.progress().reports();
    facts = facts.with(facts.progress().reporting());
    return report;
  }

  /**
   * Runs what ends the present verb without an end of the call: nobody is told that the caller has
   * gone, and no document is requested but the action of what runs, where Twilio asks it.
   */
  public CallState tearDown(Supplier<CallState> ending) {
    tearingDown = true;
    CallState torn = ending.get();
    tearingDown = false;
    return torn;
  }

  public boolean isTearingDown() {
    return tearingDown;
  }

  /** The call may last no longer than so much from now on. */
  public void limit(Duration longest) {
    Alarm limit = wake(longest, Alarm.CallLimit::new);
    facts = facts.with(facts.progress().limitedBy(limit));
  }

  /** Whether that is the limit that holds; another one may have come since. */
  public boolean isLimit(Alarm alarm) {
    return alarm.equals(facts.progress().limit());
  }

  public Map<String, String> parameters() {
    return facts.parameters();
  }

  /** The call's voice requests say this, too, from now on. */
  public void say(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(facts.parameters());
    more.put(name, value);
    facts = facts.with(Collections.unmodifiableMap(more));
  }

  public Leg leg() {
    return facts.leg();
  }

  /** Whether this is a leg that another dialled. */
  public boolean isCalledLeg() {
    return leg().parent() != null;
  }

  public Leg child(Sid sid) {
    return facts.children().stream().filter(c -> c.sid().equals(sid)).findFirst().orElseThrow();
  }

  /** The recording of that SID; null: there is none, or none any more. */
  public @Nullable Recording recording(Sid sid) {
    return recordings().stream().filter(r -> r.sid().equals(sid)).findFirst().orElse(null);
  }

  public List<Recording> recordings() {
    return facts.recordings();
  }

  public int documents() {
    return facts.progress().documents();
  }

  /** Documents heard while the call waited. */
  public int waits() {
    return facts.progress().waits();
  }

  /** When what the call's own party says now will be over; null: it has said nothing yet. */
  public @Nullable Instant speaksUntil() {
    return facts.media().speaksUntil();
  }

  /** The call's own party does something that can be heard. */
  public void hears(Act own) {
    if (own instanceof Act.Speak speak) {
      facts = facts.speakingUntil(now.plus(speak.length()));
    }
    if (own instanceof Act.Press || (own instanceof Act.Speak said && !said.words().isEmpty())) {
      facts = facts.with(facts.progress().hearingSomethingNew());
    }
  }

  public List<MediaStream> streams() {
    return facts.media().streams();
  }

  public Sid sid(SidKind kind) {
    return new SidMint(facts.origin().seed(), nextSid()).sid(kind);
  }

  private int nextSid() {
    Counters made = facts.progress().made();
    count(made.oneSid());
    return made.sids();
  }

  private void count(Counters made) {
    facts = facts.with(facts.progress().making(made));
  }

  /** The seed for a call within this one. */
  public long branch() {
    return new SidMint(facts.origin().seed(), nextSid()).branch();
  }

  public void note(CallEvent event) {
    effects.add(new Effect.Note(event));
  }

  /**
   * A verb begins.
   *
   * @param detail what it says, plays or waits for
   * @param lasts modelled; null when others decide
   */
  public void starts(Verb verb, String detail, @Nullable Duration lasts) {
    note(new CallEvent.VerbStarted(leg().sid(), verb.name(), detail, lasts));
  }

  public void raise(TwilioError error, String message) {
    raise(error, message, null);
  }

  public void raise(TwilioError error, String message, @Nullable String url) {
    raise(error, error.level(), message, url);
  }

  /**
   * @param level how grave it is here: what the call can do without is a warning
   */
  public void raise(TwilioError error, Level level, String message, @Nullable String url) {
    effects.add(new Effect.Raise(new Alert(error, level, message, url)));
    if (level == Level.ERROR) {
      lastError = error;
    }
  }

  /** The last error raised in this step. */
  public @Nullable TwilioError lastError() {
    return lastError;
  }

  public void raiseOurs(Level level, String message) {
    effects.add(new Effect.Raise(Alert.ours(level, message)));
  }

  /**
   * @param url the request concerned
   */
  public void raiseOurs(Level level, String message, String url) {
    effects.add(new Effect.Raise(new Alert(null, level, message, url)));
  }

  /** A document has come; how often the same one has, since the caller last said something new. */
  public int comesAgain(String url, String text) {
    facts = facts.with(facts.progress().coming(url, text));
    return facts.progress().rounds().getLast().times();
  }

  public <A extends Alarm> A wake(Duration in, IntFunction<A> alarm) {
    return wakeAt(now.plus(in), alarm);
  }

  public <A extends Alarm> A wakeAt(Instant at, IntFunction<A> alarm) {
    A made = alarm.apply(nextAlarm());
    wakeAt(at, made);
    return made;
  }

  public void wakeAt(Instant at, Alarm alarm) {
    effects.add(new Effect.Wake(leg().sid(), at, alarm));
  }

  public int ask(DirectoryQuestion about) {
    effects.add(new Effect.Ask(leg().sid(), nextQuestion(), about));
    return facts.progress().made().questions();
  }

  /** Tells the account something; there is no answer. */
  public void inform(DirectoryQuestion about) {
    effects.add(new Effect.Ask(leg().sid(), nextQuestion(), about));
  }

  /**
   * Lets the others in a conference, or the other party of a queue, hear what the call's own party
   * does.
   */
  public void tellOthers(CallInput input) {
    Act act = input.actOf(leg().sid());
    if (act instanceof Act.Speak || act instanceof Act.Talk || act instanceof Act.Press) {
      inform(new MeetingQuestion.Say(act));
    }
  }

  public void tell(Leg whom, String address, Cue cue) {
    effects.add(new Effect.Tell(whom.sid(), address, cue));
  }

  /** Lets the party at the other end of this very leg notice something. */
  public void tellOwnParty(Cue cue) {
    tell(leg(), leg().party(), cue);
  }

  private int nextAlarm() {
    count(facts.progress().made().oneAlarm());
    return facts.progress().made().alarms();
  }

  private int nextQuestion() {
    count(facts.progress().made().oneQuestion());
    return facts.progress().made().questions();
  }

  public ExchangeId nextExchange() {
    count(facts.progress().made().oneExchange());
    return new ExchangeId(leg().sid(), facts.progress().made().exchanges());
  }

  public void send(AppRequest callback) {
    effects.add(new Effect.Send(callback));
  }

  /** Takes over what a call within this one wants done. */
  public void adopt(List<Effect> others) {
    effects.addAll(others);
  }

  public AwaitedDocument request(RequestKind kind, Target target, Extra extra, DocumentRole role) {
    ExchangeId id = nextExchange();
    facts = facts.with(facts.progress().fetching(role != DocumentRole.CALL));
    send(new AppRequest.VoiceRequest(id, kind, target, account(), leg(), parameters(), extra));
    return new AwaitedDocument(id, target, kind == RequestKind.FALLBACK, role);
  }

  public void answer() {
    if (!leg().answered()) {
      facts = facts.withOwn(leg().answered(now));
      note(new CallEvent.LegChanged(leg()));
    }
  }

  /** The call's own leg gets on. */
  public void change(CallStatus status) {
    facts = facts.withOwn(leg().in(status));
    note(new CallEvent.LegChanged(leg()));
  }

  public void endLeg(CallStatus status, String why) {
    if (tearingDown) {
      return;
    }
    Streams.stopAll(this);
    Recorder.stopAll(this);
    facts = facts.withOwn(leg().ended(status, now));
    if (!isCalledLeg()) {
      note(new CallEvent.CallEnded(leg(), why));
    }
  }

  public Leg dial(String from, String to) {
    Leg child = Leg.dialled(sid(SidKind.CALL), leg().sid(), from, to, now);
    facts = facts.withChild(child);
    note(new CallEvent.LegChanged(child));
    return child;
  }

  public Leg change(Leg child) {
    List<Leg> changed = new ArrayList<>(facts.children());
    changed.replaceAll(c -> c.sid().equals(child.sid()) ? child : c);
    facts = facts.with(new Legs(leg(), List.copyOf(changed)));
    note(new CallEvent.LegChanged(child));
    return child;
  }

  void add(MediaStream stream) {
    facts = facts.withStreams(CallFacts.longer(streams(), stream));
  }

  void remove(MediaStream stream) {
    facts = facts.withStreams(streams().stream().filter(s -> !s.equals(stream)).toList());
  }

  void add(Recording recording) {
    facts = facts.withRecordings(CallFacts.longer(recordings(), recording));
  }

  /** A recording is deleted. */
  void forget(Sid recording) {
    facts =
        facts.withRecordings(
            recordings().stream().filter(r -> !r.sid().equals(recording)).toList());
  }

  public void change(Recording recording) {
    List<Recording> changed = new ArrayList<>(recordings());
    changed.replaceAll(r -> r.sid().equals(recording.sid()) ? recording : r);
    facts = facts.withRecordings(List.copyOf(changed));
  }
}
