package dev.ringback.engine;

import dev.ringback.account.ApiKey;
import dev.ringback.account.Endpoints;
import dev.ringback.account.Inventory;
import dev.ringback.account.JsonText;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallMachine;
import dev.ringback.call.Landing;
import dev.ringback.call.VoiceUrls;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.journal.Journal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Everything that a reset replaces: a world's inner life since its first instant. */
final class WorldState {
  final WorldClock clock;
  final Agenda agenda = new Agenda();
  final Holds holds = new Holds(System::nanoTime);
  final JournalWriter journalWriter;
  final Calls calls;
  final Faults faults;
  final Debugger debugger;
  final Requests requests;
  final Rooms rooms;
  final Inventory inventory;
  final FrontDesk frontDesk;
  final AccountRequester desk = new AccountRequester();

  /** Stepped clock: how far it may go. */
  Instant granted;

  private final WorldSettings settings;
  private final long seed;
  private final Resources resources;
  private final CallPlacer placer;
  private final OutgoingConversation outgoingConversation;
  private long minted = 2; // the account's SID and token came first

  WorldState(
      WorldSettings settings,
      CallMachine machine,
      RequestWriter writer,
      Wire wire,
      JsonText json,
      Inbox inbox,
      Journal journal) {
    this.settings = settings;
    this.seed = settings.seed();
    this.resources = new Resources(seed);
    this.clock = new WorldClock(settings.clock(), start(settings), System::nanoTime);
    this.granted = clock.now();
    this.journalWriter = new JournalWriter(journal, clock);
    this.inventory = inventory(settings);
    this.faults = new Faults(settings.seed(), settings.faults());
    this.debugger = new Debugger(settings, clock, journalWriter);
    this.rooms = new Rooms(settings.account(), resources::next);
    this.calls =
        new Calls(settings, machine, clock, agenda, rooms, journalWriter, debugger, faults);
    this.requests =
        new Requests(
            settings,
            writer,
            wire,
            inbox,
            clock,
            agenda,
            journalWriter,
            debugger,
            faults,
            this::landed);
    this.frontDesk =
        new FrontDesk(
            settings,
            json,
            agenda,
            clock,
            holds,
            requests,
            journalWriter,
            debugger,
            desk,
            inventory::owns,
            kind -> resources.next(kind),
            calls);
    this.placer = new CallPlacer(settings, inventory, frontDesk, this::mintForCall);
    this.outgoingConversation =
        new OutgoingConversation(
            settings.frontline().integration().outgoingConversation(),
            json,
            frontDesk,
            debugger,
            desk,
            inventory::owns);
    calls.sendBy(requests, frontDesk);
    debugger.sendBy(requests);
  }

  private Inventory inventory(WorldSettings settings) {
    VoiceUrls line =
        settings.defaultVoice() == null ? null : new VoiceUrls(settings.defaultVoice(), null, null);
    Inventory made =
        new Inventory(
            kind -> resources.next(kind),
            sid -> ApiKey.secretOf(sid, settings.authToken()),
            line,
            settings.callerIds());
    Instant now = clock.now();
    for (WorldSettings.PhoneNumber number : settings.numbers()) {
      made.addNumber(number.number(), Endpoints.of(number.line()), now);
    }
    made.addApplication(
        CallPlacer.voiceInFrontline(settings),
        Endpoints.of(settings.frontline().outgoing())
            .with(Map.of("friendly_name", "Voice in Frontline")),
        now);
    for (WorldSettings.KnownKey key : settings.keys()) {
      made.addKey(key.sid(), key.secret(), "", now);
    }
    return made;
  }

  /** Identifiers of what the REST API makes; those of calls do not depend on them. */
  private static final class Resources {
    private final long seed;

    /** A mint a kind, so that what is made of one kind changes no other. */
    private final Map<SidKind, SidMint> mints = new EnumMap<>(SidKind.class);

    Resources(long seed) {
      this.seed = seed ^ 0x5EED_0F_AB1EL;
    }

    private SidMint mint(SidKind kind) {
      SidMint mint =
          mints.computeIfAbsent(
              kind, k -> SidMint.of(new SidMint(seed, k.prefix().hashCode()).branch()));
      mints.put(kind, mint.next());
      return mint;
    }

    Sid next(SidKind kind) {
      return mint(kind).sid(kind);
    }
  }

  private static Instant start(WorldSettings settings) {
    Instant start = settings.start();
    if (start != null) {
      return start;
    }
    return settings.clock().virtual() ? WorldSettings.VIRTUAL_START : Instant.now();
  }

  /** Requests of calls come back as inputs; those of the account end in a remark at most. */
  private void landed(
      Requester sender, CallInput.Landed input, WebRequest request, Landing landing) {
    switch (sender) {
      case LiveCall call -> calls.landed(call, input, request, landing);
      case AccountRequester desk -> debugger.landed(desk, input);
    }
  }

  private SidMint mint() {
    return new SidMint(seed, minted++);
  }

  /** The next identifier; a call that was adopted may have come with one of ours. */
  private SidMint mintForCall() {
    SidMint mint = mint();
    while (calls.ofLeg(mint.sid(SidKind.CALL)) != null) {
      mint = mint();
    }
    return mint;
  }

  /** Places a call, at once or when the app has said from which number a worker calls. */
  void place(Placement placement, Consumer<Placed> placed) {
    String stranger = outgoingConversation.stranger(placement).orElse(null);
    if (stranger == null || !(placement instanceof Placement.ByWorker call)) {
      placed.accept(place(placement));
      return;
    }
    outgoingConversation.begin(
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
    if (calls.countLive() >= settings.maxLiveCalls()) {
      return new Placed.Refused(
          "",
          "%d calls are live, as many as may be".formatted(calls.countLive()),
          "wait until some are over, or raise server.maxLiveCalls",
          true);
    }
    return switch (placer.connect(placement, clock.read())) {
      case CallPlacer.Connection.Refused refused -> refused.why();
      case CallPlacer.Connection.Made made ->
          new Placed.Ringing(calls.begin(made.call(), placement.script()));
    };
  }
}
