package dev.ringback.laws;

import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Behaviour;
import dev.ringback.call.CallInput;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.History;
import dev.ringback.engine.Origin;
import dev.ringback.engine.Past;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.fault.Fault;
import dev.ringback.fault.FaultRule;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Header;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random calls in a random world with a random app, all from one seed: the same seed gives the same
 * calls.
 */
public final class RandomCalls {
  private final Random random;
  private final WorldFixture worlds;
  private final RandomApp app;
  private final World world;
  private boolean waits;

  /** What comes from outside, in order. */
  private final List<Consumer<World>> commands = new ArrayList<>();

  public RandomCalls(long seed) {
    this(seed, new ClockMode.Skipping(), History.NONE, null);
  }

  /**
   * @param past what happened to calls of the same seed before; null: nothing
   */
  RandomCalls(long seed, ClockMode clock, History history, @Nullable Past past) {
    this.random = new Random(seed);
    this.worlds = worlds(random, seed);
    worlds.clock = clock;
    this.app = new RandomApp(random);
    int calls = 1 + random.nextInt(2);
    for (int i = 0; i < calls; i++) {
      Placement placement = placement(random);
      Duration in = seconds(random, 20);
      commands.add(world -> world.place(placement, in));
    }
    if (random.nextInt(3) == 0) {
      orderByApi();
    }
    this.world = worlds.with(app, history, past);
  }

  public World world() {
    return world;
  }

  Behaviour behaviour() {
    return worlds.behaviour;
  }

  /** What the app was asked so far. */
  List<WebRequest> requests() {
    return app.requests;
  }

  /** Whether something from outside waits for an answer before it goes on. */
  boolean waitsForAnswers() {
    return waits;
  }

  /** Places the calls, and what happens to them from outside, and runs until nothing is left. */
  public void begin() {
    for (long number = 1; number <= commands.size(); number++) {
      command(number);
    }
    world.runUntilIdle();
  }

  /**
   * Lets one thing happen from outside.
   *
   * @param number from 1
   */
  void command(long number) {
    as(origin(number), () -> commands.get((int) number - 1).accept(world));
  }

  /**
   * The commands as requests of a past: each comes again on a thread of its own.
   *
   * @param calls known when the first one comes
   * @param asked hears of each
   */
  static Past.Requests again(Supplier<RandomCalls> calls, LongConsumer asked) {
    return new Past.Requests() {
      @Override
      public void again(long number) {
        asked.accept(number);
        Thread.ofVirtual().start(() -> calls.get().command(number));
      }

      @Override
      public boolean mayComeEarly(long number) {
        return number % 2 == 0;
      }
    };
  }

  private static Origin origin(long number) {
    return new Origin(true, () -> number);
  }

  private static void as(@Nullable Origin origin, Runnable task) {
    Origin.enter(origin);
    try {
      task.run();
    } finally {
      Origin.enter(null);
    }
  }

  /** The REST API does things with whatever call there is when they are due. */
  private void orderByApi() {
    waits = true;
    Sid none = new Sid("CA" + "0".repeat(32));
    for (int i = 0; i < 4; i++) {
      int which = random.nextInt(6);
      Target target = new Target(FakeApp.URL + "/redirected", HttpMethod.POST);
      Duration in = seconds(random, 40);
      Origin origin = origin(commands.size() + 1L);
      // A placement that is refused marks the time, and the order is given when it is answered.
      commands.add(world ->
          world
              .place(new Placement.ByCustomer("nobody", "nowhere", Script.NO_DIRECTIONS), in)
              .thenAccept(refused ->
                  as(
                      origin,
                      () ->
                          world.change(account -> {
                            Sid leg =
                                account.calls().isEmpty() ? none : account.calls().getFirst().sid();
                            List<Recording> recordings =
                                account
                                    .callOf(leg)
                                    .map(c -> c.facts().recordings())
                                    .orElse(List.of());
                            Sid recording =
                                recordings.isEmpty() ? none : recordings.getFirst().sid();
                            return account.change(
                                leg,
                                switch (which) {
                                  case 0 -> new CallInput.Redirected(leg, target, null);
                                  case 1 ->
                                      new CallInput.Redirected(
                                          leg, null, "<Response><Say>Hi</Say></Response>");
                                  case 2 ->
                                      new CallInput.Adjusted(
                                          leg, target, target, Duration.ofSeconds(5));
                                  case 3 -> new CallInput.RecordingStarted(leg, RECORDED);
                                  case 4 ->
                                      new CallInput.RecordingChanged(
                                          recording, CallInput.RecordingCommand.PAUSE, true);
                                  default -> new CallInput.RecordingDeleted(recording);
                                });
                          }))));
    }
  }

  private static final Verb.RecordingOptions RECORDED =
      new Verb.RecordingOptions(
          RecordMode.RECORD_FROM_ANSWER_DUAL,
          Trim.DO_NOT_TRIM,
          RecordingTrack.BOTH,
          new Hook<>(FakeApp.URL + "/rs", HttpMethod.POST, EnumSet.allOf(RecordingEvent.class)));

  private static Placement byApi(Random random, Script script) {
    Target own = new Target(FakeApp.URL + "/api", HttpMethod.POST);
    return new Placement.ByApi(
        WorldFixture.NUMBER,
        WorldFixture.CUSTOMER,
        new VoiceUrls(own, random.nextBoolean() ? own : null, own),
        new ApiCallOptions(
            random.nextBoolean() ? null : "<Response><Say>Hello</Say></Response>",
            Duration.ofSeconds(1 + random.nextInt(20)),
            random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(20)),
            random.nextBoolean() ? null : "1w2",
            random.nextBoolean() ? RECORDED : NOT_RECORDED,
            EnumSet.allOf(CallProgressEvent.class),
            switch (random.nextInt(3)) {
              case 0 -> null;
              case 1 -> new ApiCallOptions.Detection(null);
              default -> new ApiCallOptions.Detection(own);
            }),
        Map.of(),
        script);
  }

  private static final Verb.RecordingOptions NOT_RECORDED =
      new Verb.RecordingOptions(
          RecordMode.DO_NOT_RECORD,
          Trim.DO_NOT_TRIM,
          RecordingTrack.BOTH,
          new Hook<>(null, HttpMethod.POST, EnumSet.of(RecordingEvent.COMPLETED)));

  private static WorldFixture worlds(Random random, long seed) {
    WorldFixture worlds = new WorldFixture();
    worlds.seed = seed;
    worlds.routing =
        List.of(RoutingMode.NONE, RoutingMode.CUSTOM, RoutingMode.POOL, RoutingMode.POOL)
            .get(random.nextInt(4));
    worlds.patience = Duration.ofNanos(1);
    worlds.webhooks =
        random.nextInt(3) != 0
            ? WebhookConfiguration.NONE
            : new WebhookConfiguration(
                HttpMethod.POST,
                EventType.all(),
                FakeApp.URL + "/pre",
                FakeApp.URL + "/post",
                "webhook");
    worlds.available = random.nextInt(4) != 0;
    worlds.fallback = random.nextBoolean();
    worlds.service = random.nextInt(5) == 0 ? WorldFixture.OTHER_SERVICE : null;
    worlds.latency = Duration.ofMillis(random.nextInt(3) * 200L);
    worlds.casts.put(WorldFixture.CUSTOMER, cast(random));
    worlds.casts.put(PARTY, cast(random));
    worlds.casts.put("bob", cast(random));
    worlds.debugger = random.nextInt(4) == 0;
    worlds.faults = random.nextBoolean() ? List.of() : List.of(fault(random), fault(random));
    worlds.conversations.clear();
    if (random.nextInt(3) != 0) {
      worlds.conversations.add(
          new KnownConversation(
              null,
              random.nextInt(6) == 0 ? WorldFixture.OTHER_SERVICE : null,
              WorldFixture.CUSTOMER,
              WorldFixture.NUMBER,
              random.nextInt(6) == 0 ? null : WorldFixture.WORKER,
              random.nextInt(8) == 0));
    }
    if (random.nextInt(4) == 0) {
      worlds.behaviour = behaviour(random);
    }
    return worlds;
  }

  /** The order of the draws decides what a seed gives. */
  private static Behaviour behaviour(Random random) {
    Behaviour.ConnectActionDefault action =
        random.nextBoolean()
            ? Behaviour.ConnectActionDefault.END_CALL
            : Behaviour.ConnectActionDefault.CURRENT_DOCUMENT;
    WrongAttribute wrong = random.nextBoolean() ? WrongAttribute.NORMALISE : WrongAttribute.REFUSE;
    boolean redirectAsksAction = random.nextBoolean();
    boolean relativeStatusCallback = random.nextBoolean();
    Duration processing = Duration.ofMillis(random.nextInt(4000));
    Behaviour.Sessions sessions = Behaviour.DEFAULT.sessions();
    Behaviour.DialledLegs legs = Behaviour.DEFAULT.dialledLegs();
    return new Behaviour(
        new Behaviour.Sessions(
            action,
            wrong,
            redirectAsksAction,
            sessions.conversationWithoutWorker(),
            sessions.callerGoneUndialled(),
            false),
        new Behaviour.DialledLegs(
            Duration.ofSeconds(30), legs.declinedAfterUrl(), legs.failedUrl(), legs.callerGone()),
        new Behaviour.Recordings(
            relativeStatusCallback, Behaviour.DEFAULT.recordings().recordingSource(), processing),
        random.nextBoolean()
            ? Behaviour.SignedGetParameters.AS_SENT
            : Behaviour.SignedGetParameters.BARE);
  }

  private static FaultRule fault(Random random) {
    Fault fault =
        switch (random.nextInt(12)) {
          case 0 -> new Fault.Slow(seconds(random, 30));
          case 1 -> new Fault.Dropped();
          case 2 -> new Fault.Duplicated();
          case 3 -> new Fault.Reordered();
          case 4 -> new Fault.NeverSent();
          case 5 -> new Fault.ClockSkew(seconds(random, 90).negated());
          case 6 -> new Fault.RecordingLost(RecordingStatus.FAILED);
          case 7 -> new Fault.RecordingLost(RecordingStatus.ABSENT);
          case 8 -> new Fault.NoConversation();
          case 9 -> new Fault.InternalError();
          case 10 -> new Fault.WrongSignature();
          default -> new Fault.CarrierFailure();
        };
    RequestKind[] all = RequestKind.values();
    boolean any = random.nextBoolean() || !(fault instanceof Fault.OfRequest);
    return new FaultRule(
        fault,
        any ? null : all[random.nextInt(all.length)],
        Map.of(),
        random.nextBoolean() ? 1 : 0.3,
        random.nextInt(3));
  }

  private static Cast cast(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Cast.Busy();
      case 1 -> new Cast.Ignores();
      case 2 -> new Cast.Unreachable();
      case 3 -> new Cast.Declines(seconds(random, 5));
      default -> new Cast.Answers(seconds(random, 8), seconds(random, 30), random.nextInt(4) == 0);
    };
  }

  private static Duration seconds(Random random, int most) {
    return Duration.ofMillis(random.nextInt(most * 1000));
  }

  private static Placement placement(Random random) {
    List<ScriptStep> directions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      directions.add(new ScriptStep(seconds(random, 30), move(random)));
    }
    Script script =
        new Script(
            Map.of(WorldFixture.WORKER, cast(random)),
            new Caller(seconds(random, 12), random.nextBoolean(), "some words"),
            directions,
            reactions(random));
    return switch (random.nextInt(7)) {
      case 6 -> byApi(random, script);
      case 0 -> new Placement.ByCustomer("anonymous", WorldFixture.NUMBER, script);
      case 1 -> new Placement.ByWorker(WorldFixture.WORKER, null, WorldFixture.CUSTOMER, script);
      case 2 -> new Placement.ByWorker(WorldFixture.WORKER, "CH" + "0".repeat(32), null, script);
      case 3 -> new Placement.ByCustomer(WorldFixture.STRANGER, WorldFixture.NUMBER, script);
      default -> new Placement.ByCustomer(WorldFixture.CUSTOMER, WorldFixture.NUMBER, script);
    };
  }

  private static List<Reaction> reactions(Random random) {
    List<Reaction> reactions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Act act =
          switch (random.nextInt(4)) {
            case 0 -> new Act.Press("1");
            case 1 -> new Act.Speak(seconds(random, 4), "yes please", 0.8);
            case 2 -> new Act.Decline();
            default -> new Act.HangUp();
          };
      reactions.add(
          new Reaction(
              random.nextBoolean() ? CallParty.CUSTOMER : CallParty.WORKER,
              random.nextBoolean() ? "Press" : "one",
              random.nextBoolean() ? null : seconds(random, 2),
              act));
    }
    return reactions;
  }

  private static ScriptStep.Move move(Random random) {
    CallParty role = random.nextBoolean() ? CallParty.CUSTOMER : CallParty.WORKER;
    return switch (random.nextInt(7)) {
      case 0 -> new ScriptStep.Does(role, new Act.HangUp());
      case 1 -> new ScriptStep.Does(role, new Act.Press(random.nextBoolean() ? "9" : "12#"));
      case 2 ->
          new ScriptStep.Does(
              role,
              new Act.Speak(seconds(random, 10), random.nextBoolean() ? "" : "hello you", 0.5));
      case 3 -> new ScriptStep.Does(role, new Act.Answer());
      case 4 -> new ScriptStep.EndedByApi(role, random.nextBoolean());
      case 5 -> new ScriptStep.Joins(WorldFixture.WORKER);
      default -> new ScriptStep.Does(role, new Act.Decline());
    };
  }

  /** Answers anything with anything. */
  private static final String PARTY = "+15558675311";

  private static final String EVENTS_OF_DIAL =
      "statusCallback='/leg' statusCallbackEvent='initiated ringing answered completed'";

  private static final class RandomApp implements dev.ringback.engine.Wire {
    private static final List<String> EVENTS =
        List.of("call-initiated", "call-ringing", "call-answered", "call-completed");
    private static final List<String> RECORD =
        List.of(
            "do-not-record",
            "record-from-answer",
            "record-from-answer-dual",
            "record-from-ringing",
            "record-from-ringing-dual",
            "true",
            "false",
            "never");

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final Random random;
    private final List<WebRequest> requests = new ArrayList<>();

    RandomApp(Random random) {
      this.random = random;
    }

    @Override
    public void send(WebRequest request, Receiver receiver) {
      requests.add(request);
      receiver.landed(landing(request), Duration.ZERO);
    }

    private Landing landing(WebRequest request) {
      if (request.kind() == RequestKind.MEDIA) {
        return new Landing.Answered(
            random.nextInt(5) == 0 ? 404 : 200,
            random.nextInt(5) == 0 ? "text/html" : "audio/wav",
            "",
            random.nextBoolean()
                ? List.of()
                : List.of(new Header("etag", "1"), new Header("cache-control", "max-age=9")),
            seconds(random, 9));
      }
      if (request.kind() == RequestKind.WAIT) {
        return FakeApp.twiml(wait(random));
      }
      if (request.kind() == RequestKind.PRE_WEBHOOK) {
        return random.nextInt(4) == 0
            ? new Landing.Failed(TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, FIVE_SECONDS)
            : new Landing.Answered(
                random.nextInt(6) == 0 ? 403 : 200,
                "application/json",
                random.nextBoolean() ? "" : "{\"friendly_name\":\"F\",\"attributes\":\"{}\"}");
      }
      if (!request.kind().expectsTwiml()) {
        return new Landing.Answered(random.nextInt(10) == 0 ? 500 : 204, null, "");
      }
      return switch (random.nextInt(16)) {
        case 14 ->
            new Landing.Answered(
                random.nextBoolean() ? 302 : 307,
                null,
                "",
                List.of(
                    new Header("location", "/elsewhere"), new Header("set-cookie", "a=1; Path=/")),
                null);
        case 15 ->
            new Landing.Answered(
                401, null, "", List.of(new Header("www-authenticate", "Basic realm=x")), null);
        case 0 -> new Landing.Answered(500, "text/plain", "no");
        case 1 ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(15));
        case 2 ->
            new Landing.Failed(TwilioError.HTTP_CONNECTION_REFUSED, "refused", true, Duration.ZERO);
        case 3 -> new Landing.Answered(200, "application/json", "{}");
        case 4 -> new Landing.Answered(200, "text/xml", "<Response><Say>half");
        default -> FakeApp.twiml("<Response>" + verbs() + "</Response>");
      };
    }

    private String verbs() {
      StringBuilder verbs = new StringBuilder();
      for (int i = random.nextInt(3); i >= 0; i--) {
        verbs.append(verb());
      }
      return verbs.toString();
    }

    private String verb() {
      return switch (random.nextInt(26)) {
        case 14 ->
            dial(
                "<Number url='/screen' sendDigits='1' %s>%s</Number>"
                    .formatted(EVENTS_OF_DIAL, PARTY));
        case 15 ->
            dial(
                "<Client %s>bob</Client><Number %s>%s</Number><Sip>sip:a@b.test</Sip>"
                    .formatted(EVENTS_OF_DIAL, EVENTS_OF_DIAL, PARTY));
        case 16 ->
            dial(
                "<Conference waitUrl='/wait' endConferenceOnExit='%s' statusCallback='/conf' "
                        .formatted(random.nextBoolean())
                    + "statusCallbackEvent='start end join leave' record='record-from-start' "
                    + "recordingStatusCallback='/rs'>room</Conference>");
        case 17 -> dial("<Queue url='/screen'>q</Queue>");
        case 18 -> "<Enqueue action='/left' waitUrl='/wait' maxQueueSize='1'>q</Enqueue>";
        case 19 ->
            "<Start><Stream name='s' url='wss://a.test/s' statusCallback='/stream'/></Start>";
        case 20 -> "<Start><Recording recordingStatusCallback='/rs'/></Start>";
        case 21 ->
            random.nextBoolean() ? "<Stop><Stream name='s'/></Stop>" : "<Stop><Recording/></Stop>";
        case 22 -> "<Connect><Stream url='wss://a.test/s' statusCallback='/stream'/></Connect>";
        case 23 ->
            "<Gather input='dtmf speech' action='/g' partialResultCallback='/partial' bargeIn='%s'><Say>Press one</Say><Play>a.wav</Play></Gather>"
                .formatted(random.nextBoolean());
        case 24 ->
            "<Record action='/r' transcribe='true' transcribeCallback='/text' recordingStatusCallback='/rs'/>";
        case 25 -> "<Leave/><Refer/>";
        case 0 -> "<Say>one two three</Say>";
        case 1 -> "<Pause length='2'/>";
        case 2 -> "<Play>a.mp3</Play>";
        case 3 -> "<Gather numDigits='1' action='/g'><Say>Press</Say></Gather>";
        case 4 -> "<Record action='/r' maxLength='20' recordingStatusCallback='/rs'/>";
        case 5 -> "<Redirect>/next</Redirect>";
        case 6 -> "<Reject/>";
        case 7 -> "<Hangup/>";
        case 8 -> "<Dial/>";
        default -> connect();
      };
    }

    private static String wait(Random random) {
      return switch (random.nextInt(5)) {
        case 0 -> "<Response/>";
        case 1 -> "<Response><Say>please wait</Say><Leave/></Response>";
        case 2 -> "<Response><Pause length='9'/><Hangup/></Response>";
        case 3 -> "<Response><Play>a.wav</Play><Redirect>/wait</Redirect></Response>";
        default -> "<Response><Say>Press one</Say><Gather numDigits='1'/><Record/></Response>";
      };
    }

    private String dial(String nouns) {
      return """
      <Dial %s timeout='%d' timeLimit='%d' hangupOnStar='%s' answerOnBridge='%s' sequential='%s' \
      record='%s' recordingStatusCallback='/rs' \
      recordingStatusCallbackEvent='in-progress completed absent'>%s</Dial>\
      """
          .formatted(
              random.nextBoolean() ? "action='/dialled'" : "",
              5 + random.nextInt(30),
              1 + random.nextInt(30),
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean(),
              RECORD.get(random.nextInt(RECORD.size())),
              nouns);
    }

    private String connect() {
      List<String> events = new ArrayList<>();
      for (String event : EVENTS) {
        if (random.nextBoolean()) {
          events.add(event);
        }
      }
      if (events.isEmpty()) {
        events.add("call-completed");
      }
      return """
      <Connect %s><Conversation serviceInstanceSid='%s' inboundAutocreation='%s' \
      inboundTimeout='%d' routingAssignmentTimeout='%d' record='%s' trim='%s' \
      recordingStatusCallback='/rec' recordingStatusCallbackEvent='in-progress completed absent' \
      statusCallback='/status?events=%s' statusCallbackEvent='%s' %s/></Connect>\
      """
          .formatted(
              random.nextInt(4) == 0 ? "" : "action='/action'",
              WorldFixture.SERVICE,
              random.nextInt(4) != 0,
              1 + random.nextInt(20),
              1 + random.nextInt(10),
              RECORD.get(random.nextInt(RECORD.size())),
              random.nextBoolean() ? "trim-silence" : "do-not-trim",
              String.join("+", events),
              String.join(" ", events),
              random.nextInt(3) == 0 ? "url='/whisper'" : "");
    }

    @Override
    public void abandon() {}
  }
}
