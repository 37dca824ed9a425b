package dev.ringback.engine;

import dev.ringback.account.ApiKey;
import dev.ringback.account.Endpoints;
import dev.ringback.account.Inventory;
import dev.ringback.account.JsonText;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.callback.RequestWriter;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Event;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.frontline.SessionLookup;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import dev.ringback.meeting.Meetings;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Everything that a reset replaces: a world's inner life since its first instant. */
final class WorldState {
  final WorldTime time;
  final JournalWriter journal;
  final Inventory inventory;
  final FaultInjector faults;
  final RequestDelivery delivery;
  final Debugger debugger;
  final AccountRequester account;
  final LiveCalls live = new LiveCalls();
  final CallActs acts;
  final Resending resending;
  final Webhooks webhooks;
  final AccountChanges changes;
  final CallMeetings meetings;
  final Calls calls;
  final RestoredConversations restored;

  /** Stepped clock: how far it may go. */
  Instant granted;

  private final WorldSettings settings;
  private final Identifiers identifiers;
  private final CallPlacer placer;
  private final OutgoingConversation outgoing;

  /** What a world is made with, and keeps when it is reset. */
  record Ground(
      CallMachine machine, RequestWriter writer, Outside outside, Inbox inbox, Journal journal) {
    private static final LongSupplier NANOS = System::nanoTime;

    static Ground of(WorldSettings settings, Outside outside, Inbox inbox, Journal journal) {
      return new Ground(
          new CallMachine(
              settings.behaviour(),
              new RememberingReader(settings.behaviour().sessions().wrongAttribute())),
          RequestWriters.of(settings),
          outside,
          inbox,
          journal);
    }

    /** What stays where it is when the rest is snapshot. */
    List<Object> fixed(WorldSettings settings) {
      return List.of(
          settings,
          machine,
          writer,
          outside.sendings(),
          outside.json(),
          outside.api(),
          inbox,
          journal,
          NANOS);
    }
  }

  /**
   * What is beyond the world.
   *
   * @param json of the app's answers
   * @param api by which scripts reach the world as an app does
   */
  record Outside(Sendings sendings, JsonText json, ApiRequests api) {}

  WorldState(WorldSettings settings, Ground ground, WorldInput.Began began) {
    this.settings = settings;
    this.identifiers = new Identifiers(settings.seed());
    this.time =
        new WorldTime(
            new WorldClock(settings.clock(), began, Ground.NANOS),
            new Agenda(),
            new Holds(Ground.NANOS));
    this.granted = time.now();
    this.journal = new JournalWriter(ground.journal(), time.clock());
    this.acts = new CallActs(live, journal);
    this.inventory = inventory(settings);
    this.resending =
        new Resending(live, ground.writer(), ground.outside().sendings(), time, journal);

    // The way to the app
    this.faults = new FaultInjector(settings.seed(), settings.faults());
    this.delivery =
        new RequestDelivery(
            settings, ground.writer(), ground.outside().sendings(), ground.inbox(), time, journal);
    Requests requests = new Requests(faults, ground.writer(), time, journal, delivery);
    this.debugger = new Debugger(settings, time, journal, requests);
    this.account = new AccountRequester(debugger);
    this.webhooks = new Webhooks(settings.account(), requests, journal, debugger);

    // Conversations
    ConversationEvents events = new ConversationEvents(this::directory);
    Directory directory = events.directory();
    SessionLookup lookup = new SessionLookup(directory.conversations());
    WaitingForWorker waiting = new WaitingForWorker(time);
    ConversationWatch watch =
        new ConversationWatch(
            directory,
            time,
            journal,
            waiting,
            new CallsInConversations(live),
            (conversation, due) ->
                events
                    .timeIsUp(conversation, due)
                    .forEach(event ->
                        events
                            .toldAfter(event)
                            .forEach(target -> webhooks.tell(account, target, event))));
    ChangeProcess process =
        new ChangeProcess(events, ground.outside().json(), time, webhooks, watch);
    this.changes = new AccountChanges(directory, process, account);
    Routing routing = new Routing(settings, directory, process, webhooks, waiting);
    SessionLog log = new SessionLog(directory, process, ground.outside().json(), time, journal);
    SessionDirectory sessions =
        new SessionDirectory(directory, process, routing, log, watch, journal);
    this.restored = new RestoredConversations(directory, sessions, waiting, time);

    // Calls
    CallFaultInjector callFaults = new CallFaultInjector(faults, journal);
    CallParties parties = new CallParties(settings, routing::isActive);
    this.meetings =
        new CallMeetings(
            new Meetings(settings.account(), identifiers::ofResource), live, time, requests);
    CallQuestions questions = new CallQuestions(time, meetings, sessions, waiting, callFaults);
    CallEffects effects = new CallEffects(time, requests, questions, parties, callFaults);
    CallSteps steps = new CallSteps(ground.machine(), time, journal, debugger, live, effects);
    ScriptDirections directions =
        new ScriptDirections(
            time,
            journal,
            acts,
            lookup,
            (conversation, worker, outcome) ->
                changes.addWorker(conversation.sid(), worker, outcome),
            ground.outside().api());
    this.calls = new Calls(live, steps, parties, directions, time, journal);
    this.placer =
        new CallPlacer(
            settings,
            inventory,
            lookup,
            live,
            calls,
            () -> identifiers.ofCall(sid -> live.ofLeg(sid) != null));
    this.outgoing =
        new OutgoingConversation(
            settings.frontline().integration().outgoingConversation(),
            ground.outside().json(),
            changes,
            lookup,
            webhooks,
            inventory::owns);
    events.clear(); // what is there from the beginning did not happen
  }

  private Inventory inventory(WorldSettings settings) {
    VoiceUrls urls =
        settings.telephony().defaultVoice() == null
            ? null
            : new VoiceUrls(settings.telephony().defaultVoice(), null, null);
    Inventory made =
        new Inventory(
            identifiers::ofResource,
            sid -> ApiKey.secretOf(sid, settings.authToken()),
            urls,
            settings.telephony().callerIds());
    Instant now = time.now();
    for (WorldSettings.PhoneNumber number : settings.telephony().numbers()) {
      made.addNumber(number.number(), Endpoints.of(number.urls()), now);
    }
    made.addApplication(
        CallPlacer.voiceInFrontline(settings),
        Endpoints.of(settings.frontline().outgoing())
            .with(Map.of("friendly_name", "Voice in Frontline")),
        now);
    for (WorldSettings.KnownKey key : settings.identity().credentials().keys()) {
      made.addKey(key.sid(), key.secret(), "", now);
    }
    return made;
  }

  /** The conversations that are configured. */
  private Directory directory(SerializableConsumer<Event> events) {
    Directory made =
        new Directory(
            settings.frontline().service(),
            settings.frontline().webhooks(),
            inventory::owns,
            time.now(),
            identifiers::ofResource,
            events);
    for (Worker worker : settings.frontline().people().workers()) {
      made.users().addWorker(worker.identity(), worker.available(), time.now());
    }
    for (KnownConversation known : settings.frontline().people().conversations()) {
      add(made, known);
    }
    return made;
  }

  private void add(Directory directory, KnownConversation known) {
    Instant now = time.now();
    Sid sid = known.sid() == null ? identifiers.ofResource(SidKind.CONVERSATION) : known.sid();
    Sid service = known.service() == null ? directory.services().own().sid() : known.service();
    Conversation conversation = RestoredConversations.begun(directory, sid, service, now);
    List<Participant.Draft> participants = new ArrayList<>();
    participants.add(Participant.Draft.customer(known.customer(), known.number()));
    if (known.worker() != null) {
      participants.add(Participant.Draft.worker(known.worker()));
    }
    directory.configure(
        known.closed() ? conversation.closedSince(now) : conversation, participants, now);
  }

  // Calls

  /** Places a call, at once or when the app has said from which number a worker calls. */
  void place(Placement placement, SerializableConsumer<Placed> placed) {
    String stranger = outgoing.stranger(placement).orElse(null);
    if (stranger == null || !(placement instanceof Placement.ByWorker call)) {
      placed.accept(place(placement));
      return;
    }
    outgoing.begin(
        call.worker(),
        stranger,
        new OutgoingConversation.Outcome() {
          @Override
          public void begun(Sid conversation) {
            placed.accept(
                place(
                    new Placement.ByWorker(
                        call.worker(), conversation.value(), null, call.script())));
          }

          @Override
          public void refused(Placed.Refused why) {
            placed.accept(why);
          }
        });
  }

  Placed place(Placement placement) {
    return placer.place(placement, time.now());
  }

  /** Builds a call of another world from its journal and goes on with it. */
  Sid adopt(List<JournalEntry> entries) {
    Sid adopted = calls.adopt(entries, restored);
    granted = time.now();
    return adopted;
  }
}
