package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.call.Act;
import dev.ringback.call.Alarm;
import dev.ringback.call.Alert;
import dev.ringback.call.AppRequest;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallMachine;
import dev.ringback.call.CallState;
import dev.ringback.call.Cue;
import dev.ringback.call.Direction;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.Effect;
import dev.ringback.call.Landing;
import dev.ringback.call.Leg;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.Possible;
import dev.ringback.call.SessionState;
import dev.ringback.call.Step;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.ActPlanner;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.fault.Fault;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of a world: each takes its inputs here, and its effects are performed here. */
final class Calls implements FrontDesk.People {
  /** Calls that are over are forgotten, oldest first, beyond this number of calls. */
  static final int MAX_CALLS = 2_000;

  /** A call that takes more inputs at one instant is going in a circle. */
  static final int MAX_INPUTS_PER_INSTANT = 10_000;

  private final WorldSettings settings;
  private final CallMachine machine;
  private final WorldClock clock;
  private final Agenda agenda;
  private final Rooms rooms;
  private final JournalWriter journalWriter;
  private final Debugger debugger;
  private final Faults faults;
  private final Map<Sid, LiveCall> live = new LinkedHashMap<>();
  private final Map<Sid, LiveCall> byLeg = new HashMap<>();
  private final Set<Sid> hidden = new HashSet<>();

  /** By conversation, the first to wait first. */
  private final Map<Sid, List<LiveCall>> waitingForWorker = new HashMap<>();

  /** First legs of the calls to which something can still happen. */
  private final Set<Sid> going = new HashSet<>();

  private @Nullable Requests requests;
  private @Nullable FrontDesk frontDesk;
  private Instant lastStart = Instant.MIN;

  Calls(
      WorldSettings settings,
      CallMachine machine,
      WorldClock clock,
      Agenda agenda,
      Rooms rooms,
      JournalWriter journalWriter,
      Debugger debugger,
      Faults faults) {
    this.settings = settings;
    this.machine = machine;
    this.clock = clock;
    this.agenda = agenda;
    this.rooms = rooms;
    this.journalWriter = journalWriter;
    this.debugger = debugger;
    this.faults = faults;
  }

  /** Requests go this way, and come back as inputs; conversations are asked for there. */
  void sendBy(Requests requests, FrontDesk frontDesk) {
    this.requests = requests;
    this.frontDesk = frontDesk;
  }

  @Nullable LiveCall ofLeg(Sid leg) {
    return byLeg.get(leg);
  }

  boolean isEmpty() {
    return live.isEmpty();
  }

  /** How many are not over yet. */
  int countLive() {
    return going.size();
  }

  @Override
  public boolean isLive(Sid call) {
    return going.contains(call);
  }

  /** The newest first. */
  List<Call> all() {
    return live.values().stream().map(l -> l.call).toList().reversed();
  }

  // Beginnings

  Sid begin(Call arriving, Script script) {
    LiveCall call = add(new LiveCall(arriving, script));
    journalWriter.write(call, new Fact.Placed(arriving, script));
    direct(call, clock.now());
    if (arriving.facts().order() == null) {
      take(call, new CallInput.Arrived());
    } else {
      enter(leavesTheQueue(), call, new CallInput.Arrived());
    }
    return arriving.sid();
  }

  /** Calls of the REST API leave the queue one after the other, so many in a second. */
  private Instant leavesTheQueue() {
    Instant now = clock.now();
    Instant next =
        lastStart.equals(Instant.MIN)
            ? now
            : lastStart.plusNanos(1_000_000_000L / settings.callsPerSecond());
    lastStart = next.isBefore(now) ? now : next;
    return lastStart;
  }

  private LiveCall add(LiveCall call) {
    live.put(call.call.sid(), call);
    going.add(call.call.sid());
    byLeg.put(call.call.sid(), call);
    return call;
  }

  /** Builds a call of another world from its journal and takes up what had not happened yet. */
  Sid adopt(List<JournalEntry> entries) {
    Fact.Placed placed = (Fact.Placed) entries.getFirst().fact();
    LiveCall call = add(new LiveCall(placed.call(), placed.script()));
    PendingEffects pending = new PendingEffects(tell -> reaction(call, tell));
    for (JournalEntry entry : entries) {
      clock.moveTo(entry.at());
      call.remember(entry);
      int unused = call.nextNumber();
      if (entry.fact() instanceof Fact.Remembers remembers) {
        call.session = remembers.session();
      }
      if (frontDesk != null) {
        frontDesk.restore(call.call.sid(), entry.fact()).ifPresent(sid -> waits(sid, call));
      }
      if (entry.fact() instanceof Fact.Took took) {
        Step step = machine.step(call.call, took.input(), entry.at());
        call.call = step.call();
        pending.took(took.input(), step.effects(), entry.at());
      }
    }
    call.call.facts().children().forEach(c -> byLeg.put(c.sid(), call));
    if (call.call.state() instanceof CallState.Arriving) {
      enter(clock.now(), call, new CallInput.Arrived());
    }
    for (PendingEffects.Due due : pending.due()) {
      switch (due) {
        case PendingEffects.Asked asked -> perform(call, asked.effect(), asked.at());
        case PendingEffects.Coming coming ->
            enter(coming.at(), call, new CallInput.Acted(coming.leg(), coming.act()));
      }
    }
    direct(call, clock.now().plusNanos(1));
    return call.call.sid();
  }

  // What is done to calls from outside

  /** Lets a person do something; otherwise tells why it is impossible now. */
  Optional<String> act(Sid leg, Act act) {
    LiveCall call = ofLeg(leg);
    if (call == null) {
      return Optional.of("there is no call " + leg);
    }
    Optional<String> refusal = Possible.refusal(call.call, leg, act);
    if (refusal.isEmpty()) {
      take(call, new CallInput.Acted(leg, act));
    }
    return refusal;
  }

  /** Ends a leg as the REST API does; false when there is no such leg, or it has ended. */
  boolean endByApi(Sid legSid, boolean cancel) {
    LiveCall call = ofLeg(legSid);
    Leg leg = call == null ? null : call.call.facts().leg(legSid);
    if (call == null || leg == null || leg.ended()) {
      return false;
    }
    take(call, new CallInput.EndedByApi(legSid, cancel));
    return true;
  }

  /**
   * The REST API does something with a call; false when there is no such one, or it has ended.
   *
   * @param leg the call's own
   */
  boolean order(Sid leg, CallInput input) {
    LiveCall call = ofLeg(leg);
    if (call == null || call.over()) {
      return false;
    }
    take(call, input);
    return true;
  }

  /** Whether the REST API has deleted that leg: it no longer shows it. */
  boolean isHidden(Sid leg) {
    return hidden.contains(leg);
  }

  /** The REST API deletes a leg that has ended; its recordings and its timeline stay. */
  boolean hide(Sid legSid) {
    LiveCall call = ofLeg(legSid);
    Leg leg = call == null ? null : call.call.facts().leg(legSid);
    return leg != null && leg.ended() && hidden.add(legSid);
  }

  /** Deletes a recording; false when there is none of that SID. */
  boolean deleteRecording(Sid recording) {
    for (LiveCall call : List.copyOf(live.values())) {
      if (call.call.facts().recordings().stream().anyMatch(r -> r.sid().equals(recording))) {
        take(call, new CallInput.RecordingDeleted(recording));
        return true;
      }
    }
    return false;
  }

  /** What the REST API did in a room is told to whom it concerns. */
  void tell(Rooms.Reply reply) {
    for (Rooms.ToCall told : reply.answers()) {
      LiveCall call = ofLeg(told.call());
      if (call != null && !call.over()) {
        enter(clock.now(), call, new CallInput.Told(told.question(), told.answer()));
      }
    }
    reply.answers().stream()
        .map(told -> ofLeg(told.call()))
        .filter(call -> call != null && requests != null)
        .findFirst()
        .ifPresent(teller -> {
          for (AppRequest callback : reply.callbacks()) {
            if (requests != null) {
              requests.send(teller, callback, clock.now());
            }
          }
        });
  }

  @Override
  public void heard(Requester sender) {
    if (sender instanceof LiveCall call && call.over() && !call.dropped()) {
      end(call);
    }
  }

  /** A worker has come into a conversation: whoever waits for one hears of it. */
  @Override
  public void workerJoined(Sid conversation, String worker) {
    List<LiveCall> waiting = waitingForWorker.remove(conversation);
    if (waiting != null) {
      for (LiveCall call : waiting) {
        enter(
            clock.now(),
            call,
            new CallInput.Told(0, new DirectoryAnswer.WorkerJoined(conversation, worker)));
      }
    }
  }

  @Override
  public boolean isAwaited(Sid conversation) {
    return waitingForWorker.getOrDefault(conversation, List.of()).stream()
        .anyMatch(call -> isWaiting(call.call, conversation));
  }

  /** One that waited in vain has gone on, and may not be over yet. */
  private static boolean isWaiting(Call call, Sid conversation) {
    return call.state() instanceof CallState.InSession in
        && (in.session().state() instanceof SessionState.Creating
            || (in.session().state() instanceof SessionState.AwaitingWorker
                && conversation.equals(in.session().conversation())));
  }

  private void waits(Sid conversation, LiveCall call) {
    waitingForWorker.computeIfAbsent(conversation, sid -> new ArrayList<>()).add(call);
  }

  // Directions

  /** Puts the directions of a call on the agenda, as far as their time is still to come. */
  private void direct(LiveCall call, Instant from) {
    Instant placedAt = call.call.facts().leg().startedAt();
    for (ScriptStep direction : call.script.directions()) {
      Instant at = placedAt.plus(direction.at());
      if (at.isBefore(from)) {
        call.followed.add(direction);
      } else {
        agenda.enter(at, call, () -> follow(call, direction));
      }
    }
  }

  private void follow(LiveCall call, ScriptStep direction) {
    call.followed.add(direction);
    String noLeg = "no leg was dialled yet";
    Optional<String> refusal =
        switch (direction.move()) {
          case ScriptStep.Does does ->
              does.role()
                  .leg(call.call)
                  .map(leg -> act(leg.sid(), does.act()))
                  .orElse(Optional.of(noLeg));
          case ScriptStep.EndedByApi ends ->
              ends.role()
                  .leg(call.call)
                  .map(leg ->
                      ends.cancel() && leg.answered()
                          ? Optional.of("the leg was answered, and only what rings is canceled")
                          : endByApi(leg.sid(), ends.cancel())
                              ? Optional.<String>empty()
                              : Optional.of("the leg has ended"))
                  .orElse(Optional.of(noLeg));
          case ScriptStep.Joins joins -> joins(call, direction, joins.worker());
        };
    refusal.ifPresent(reason -> refused(call, direction, reason));
  }

  private void refused(LiveCall call, ScriptStep direction, String reason) {
    journalWriter.write(call, new Fact.DirectionRefused(direction, reason));
  }

  /** What is wrong at once; whether the worker joins is known when the app has been asked. */
  private Optional<String> joins(LiveCall call, ScriptStep direction, String worker) {
    FrontDesk desk = frontDesk;
    Conversation conversation =
        desk == null ? null : desk.openWith(call.call.facts().leg().from(), null).orElse(null);
    if (desk == null || conversation == null) {
      return Optional.of("there is no open conversation with the customer");
    }
    desk.addWorker(
        conversation.sid(),
        worker,
        new FrontDesk.Outcome<>() {
          @Override
          public void made(Participant participant) {}

          @Override
          public void refused(ApiError why) {
            Calls.this.refused(call, direction, String.valueOf(why.getMessage()));
          }
        });
    return Optional.empty();
  }

  // Steps and effects

  private void enter(Instant due, LiveCall call, CallInput input) {
    agenda.enter(due, call, () -> take(call, input));
  }

  /** A request of the call's has ended. */
  void landed(LiveCall call, CallInput.Landed input, WebRequest request, Landing landing) {
    take(call, input, request, landing);
  }

  void take(LiveCall call, CallInput input) {
    take(call, input, null, null);
  }

  /**
   * A call takes an input: step, journal, effects.
   *
   * @param request whose end it is; null: it is something else
   * @param landing of that request, with its headers
   */
  private void take(
      LiveCall call, CallInput input, @Nullable WebRequest request, @Nullable Landing landing) {
    if (call.dropped()) {
      return;
    }
    Instant now = clock.read();
    if (call.countInput(now) > MAX_INPUTS_PER_INSTANT) {
      drop(
          call,
          "too-many-inputs: more than %d at one instant; the call is dropped"
              .formatted(MAX_INPUTS_PER_INSTANT));
      return;
    }
    journalWriter.write(call, new Fact.Took(input));
    try {
      Step step = machine.step(call.call, input, now);
      call.call = step.call();
      for (Leg child : call.call.facts().children()) {
        byLeg.putIfAbsent(child.sid(), call);
      }
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Raise raise) {
          debugger.raise(call, raise.alert(), request, landing);
        } else {
          perform(call, effect, now);
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      drop(call, "internal-error: Ringback failed: " + e);
      return;
    }
    if (call.over()) {
      end(call);
    }
  }

  private void perform(LiveCall call, Effect effect, Instant now) {
    switch (effect) {
      case Effect.Send send -> {
        if (requests != null) {
          requests.send(call, send.callback(), now);
        }
      }
      case Effect.Ask ask -> ask(call, ask, now);
      case Effect.Wake wake -> {
        if (wake.alarm() instanceof Alarm.RecordingReady ready) {
          for (Fault.RecordingLost lost : strike(call, Fault.RecordingLost.class)) {
            enter(wake.at(), call, new CallInput.RecordingLost(ready.recording(), lost.status()));
          }
        }
        enter(wake.at(), call, new CallInput.Woke(wake.leg(), wake.alarm()));
      }
      case Effect.Tell tell -> {
        boolean unreachable =
            tell.cue() instanceof Cue.Dialled
                && !strike(call, Fault.CarrierFailure.class).isEmpty();
        if (unreachable) {
          enter(now, call, new CallInput.Acted(tell.leg(), new Act.Unreachable()));
          return;
        }
        for (ActPlanner.Planned planned : reaction(call, tell)) {
          enter(now.plus(planned.in()), call, new CallInput.Acted(tell.leg(), planned.act()));
        }
      }
      case Effect.Note note -> journalWriter.write(call, new Fact.Happened(note.moment()));
      case Effect.Raise raise -> debugger.raise(call, raise.alert(), null, null);
    }
  }

  private <F extends Fault> List<F> strike(LiveCall call, Class<F> sort) {
    return faults.strike(
        sort,
        struck ->
            journalWriter.write(
                call,
                new Fact.FaultStruck(
                    struck.id(),
                    switch (struck.fault()) {
                      case Fault.RecordingLost lost ->
                          "the recording will be " + lost.status().wireName();
                      case Fault.NoConversation none -> "the conversation cannot be created";
                      case Fault.InternalError broken -> "the session fails within Twilio";
                      case Fault.CarrierFailure carrier ->
                          "the carrier finds no way to the called party";
                      case Fault.OfRequest request -> "a request is in trouble";
                    })));
  }

  private void ask(LiveCall call, Effect.Ask ask, Instant now) {
    if (ask.about() instanceof MeetingQuestion question) {
      Rooms.Reply reply = rooms.ask(call.call.sid(), ask.question(), question, now);
      tell(reply, call);
      if (requests != null) {
        for (AppRequest callback : reply.callbacks()) {
          requests.send(call, callback, now);
        }
      }
      return;
    }
    DirectoryAnswer trouble = trouble(call, ask.about());
    if (trouble != null) {
      enter(now, call, new CallInput.Told(ask.question(), trouble));
      return;
    }
    if (frontDesk != null) {
      frontDesk.ask(call, ask.about(), answer -> answered(call, ask.question(), answer));
    }
  }

  private void answered(LiveCall call, int question, DirectoryAnswer answer) {
    if (call.dropped()) {
      return;
    }
    enter(clock.now(), call, new CallInput.Told(question, answer));
    if (call.call.facts().leg().ended()) {
      return;
    }
    if (answer instanceof DirectoryAnswer.Created created) {
      waits(created.conversation(), call);
    } else if (answer instanceof DirectoryAnswer.Awaiting awaiting) {
      waits(awaiting.conversation(), call);
    }
  }

  /** What queues and conferences tell of a call's question, to it and to others. */
  private void tell(Rooms.Reply reply, LiveCall asker) {
    for (Rooms.ToCall told : reply.answers()) {
      LiveCall call = told.call().equals(asker.call.sid()) ? asker : ofLeg(told.call());
      if (call != null && !call.over()) {
        enter(clock.now(), call, new CallInput.Told(told.question(), told.answer()));
      }
    }
  }

  /** What a fault makes of a question; null: there is none. */
  private @Nullable DirectoryAnswer trouble(LiveCall call, DirectoryQuestion question) {
    return switch (question) {
      case DirectoryQuestion.Create create ->
          strike(call, Fault.NoConversation.class).isEmpty()
              ? null
              : new DirectoryAnswer.NotCreated(
                  TwilioError.CONVERSATION_SERVICE_FAILURE.code(),
                  "the conversation could not be created: a fault");
      case DirectoryQuestion.FindPair find -> broken(call);
      case DirectoryQuestion.FindForWorker find -> broken(call);
      case DirectoryQuestion.LogCall log -> null;
      case MeetingQuestion room -> null;
    };
  }

  private @Nullable DirectoryAnswer broken(LiveCall call) {
    return strike(call, Fault.InternalError.class).isEmpty()
        ? null
        : new DirectoryAnswer.Broken("something failed within Twilio: a fault");
  }

  private List<ActPlanner.Planned> reaction(LiveCall call, Effect.Tell tell) {
    if (tell.cue() instanceof Cue.Heard heard) {
      return heard(call, tell.leg(), heard);
    }
    Leg own = call.call.facts().leg();
    boolean isCalled =
        own.direction() != Direction.INBOUND
            && (tell.cue() instanceof Cue.Dialled || tell.cue() instanceof Cue.Ringing);
    return tell.leg().equals(own.sid()) && !isCalled
        ? ActPlanner.caller(call.script.caller(), other(call), tell.cue())
        : ActPlanner.called(castOf(call.script, tell.address()), tell.cue());
  }

  /** How whoever the call is connected with behaves; null: it is not one that it dialled. */
  private @Nullable Cast other(LiveCall call) {
    return call.call.facts().children().stream()
        .filter(child -> child.answered() && !child.ended())
        .reduce((before, last) -> last)
        .map(child -> castOf(call.script, child.to()))
        .orElse(null);
  }

  private static List<ActPlanner.Planned> heard(LiveCall call, Sid legSid, Cue.Heard heard) {
    List<Reaction> reactions = call.script.reactions();
    int place =
        ActPlanner.reaction(
            reactions, CallParty.of(call.call, legSid), heard.words(), call.reacted);
    Leg leg = call.call.facts().leg(legSid);
    if (place < 0) {
      return List.of();
    }
    call.reacted.add(place);
    Reaction reaction = reactions.get(place);
    // Who has answered declines by hanging up.
    boolean declines = reaction.act() instanceof Act.Decline && leg != null && leg.answered();
    return List.of(
        new ActPlanner.Planned(
            reaction.after() == null ? heard.lasts() : reaction.after(),
            declines ? new Act.HangUp() : reaction.act()));
  }

  private Cast castOf(Script script, String address) {
    String name = address.startsWith("client:") ? address.substring("client:".length()) : address;
    if (frontDesk != null && !name.equals(address) && !frontDesk.isActive(name)) {
      return new Cast.Ignores(); // who is deactivated is logged out
    }
    Cast directed = script.of(name, !name.equals(address));
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

  // Ends

  private void end(LiveCall call) {
    List<Reaction> reactions = call.script.reactions();
    for (int i = 0; i < reactions.size(); i++) {
      if (call.reacted.add(i)) {
        journalWriter.write(call, new Fact.NeverHeard(reactions.get(i)));
      }
    }
    for (ScriptStep direction : call.script.directions()) {
      if (call.followed.add(direction)) {
        journalWriter.write(call, new Fact.DirectionRefused(direction, "the call was over"));
      }
    }
    retire(call);
  }

  /** Nothing will happen to it any more; it can still be read, for a while. */
  private void retire(LiveCall call) {
    going.remove(call.call.sid());
    Rooms.Reply left = rooms.gone(call.call.sid(), clock.now());
    tell(left, call);
    LiveCall teller =
        left.answers().stream()
            .map(told -> ofLeg(told.call()))
            .filter(other -> other != null && !other.over())
            .findFirst()
            .orElse(null);
    if (requests != null && teller != null) {
      for (AppRequest callback : left.callbacks()) {
        requests.send(teller, callback, clock.now());
      }
    }
    agenda.forget(call);
    waitingForWorker
        .entrySet()
        .removeIf(waiting -> {
          boolean wasLast = waiting.getValue().remove(call) && waiting.getValue().isEmpty();
          if (wasLast && frontDesk != null) {
            frontDesk.waitsNoLonger(waiting.getKey());
          }
          return wasLast;
        });
    if (live.size() > MAX_CALLS) {
      live.values().stream().filter(LiveCall::over).findFirst().ifPresent(this::forget);
    }
  }

  /** Ends a call that cannot go on. */
  private void drop(LiveCall call, String why) {
    debugger.raise(call, Alert.ours(Level.ERROR, why), null, null);
    call.drop(clock.now());
    retire(call);
  }

  private void forget(LiveCall call) {
    live.remove(call.call.sid());
    byLeg.remove(call.call.sid());
    hidden.remove(call.call.sid());
    for (Leg child : call.call.facts().children()) {
      byLeg.remove(child.sid());
      hidden.remove(child.sid());
    }
  }
}
