package dev.ringback.bench;

import dev.ringback.call.Behaviour;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.Effect;
import dev.ringback.call.Step;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Script;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placement;
import dev.ringback.engine.Wire;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.json.AccountJson;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole sessions through the core: voice, four status events, talk, action, hang up. No I/O. */
@State(Scope.Thread)
public class CoreBenchmark {
  private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
  private static final String VOICE =
      "<Response><Connect action='/action'><Conversation serviceInstanceSid='"
          + SERVICE
          + "' statusCallback='/status' statusCallbackEvent='call-initiated call-ringing call-answered"
          + " call-completed'/></Connect></Response>";
  private static final String ACTION = "<Response><Hangup/></Response>";
  private static final String APP = "http://app.test";

  /** So many that no conversation's log of calls grows long while it is measured. */
  private static final int CUSTOMERS = 10_000;

  private final int customers;

  private static final Sid CONVERSATION = new Sid("CH" + "0".repeat(32));

  private final CallMachine machine = new CallMachine(Behaviour.DEFAULT);
  private final Map<String, Reading> read =
      Map.of(VOICE, TwimlReader.read(VOICE), ACTION, TwimlReader.read(ACTION));
  private final CallMachine remembering =
      new CallMachine(Behaviour.DEFAULT, text -> read.getOrDefault(text, TwimlReader.read("")));
  private final VoiceUrls line = new VoiceUrls(target("/voice"), null, target("/end"));
  private long counter;
  private World world;

  private static String customer(int number) {
    return "+1555%07d".formatted(number);
  }

  private static Target target(String path) {
    return new Target(APP + path, HttpMethod.POST);
  }

  public CoreBenchmark() {
    this(CUSTOMERS);
  }

  /**
   * @param customers who call in turn
   */
  @SuppressWarnings("NullAway.Init")
  CoreBenchmark(int customers) {
    this.customers = customers;
  }

  @Setup
  public void setUp() {
    WorldSettings plain = WorldSettings.ofSeed(1, new ClockMode.Skipping());
    world =
        new World(
            new WorldSettings(
                plain.identity(),
                new WorldSettings.Time(
                    plain.clock(), null, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                new WorldSettings.Telephony(
                    List.of(new PhoneNumber("+15017122661", line)),
                    null,
                    Map.of(),
                    null,
                    1,
                    WorldSettings.MAX_LIVE_CALLS),
                Frontline.NONE.with(
                    new WorldSettings.People(
                        List.of(),
                        IntStream.range(0, customers)
                            .mapToObj(i ->
                                new KnownConversation(
                                    null, null, customer(i), "+15017122661", "alice", false))
                            .toList())),
                Behaviour.DEFAULT,
                List.of()),
            new PromptApp(),
            new AccountJson());
  }

  private static final class PromptApp implements Wire {
    @Override
    public void send(WebRequest request, Receiver receiver) {
      receiver.landed(answer(request.url()), Duration.ZERO);
    }

    @Override
    public void abandon() {}
  }

  private static Landing answer(String url) {
    return url.endsWith("/voice")
        ? new Landing.Answered(200, "text/xml", VOICE)
        : url.endsWith("/action")
            ? new Landing.Answered(200, "text/xml", ACTION)
            : new Landing.Answered(204, null, "");
  }

  /** The pure machine alone, every document parsed. */
  @Benchmark
  public Call machine() {
    return session(machine);
  }

  /** The pure machine alone, with the documents remembered as a world remembers them. */
  @Benchmark
  public Call machineThatRemembersDocuments() {
    return session(remembering);
  }

  private Call session(CallMachine machine) {
    SidMint mint = new SidMint(7, counter++);
    Instant now = WorldSettings.VIRTUAL_START;
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            "+15558675310",
            "+15017122661",
            Direction.INBOUND,
            CallStatus.RINGING,
            now,
            null,
            null);
    Call call = Call.called(CONVERSATION, leg, line, mint.branch());
    Deque<CallInput> inputs = new ArrayDeque<>();
    inputs.add(new CallInput.Arrived());
    while (!inputs.isEmpty()) {
      Step step = machine.step(call, inputs.removeFirst(), now);
      call = step.call();
      for (Effect effect : step.effects()) {
        switch (effect) {
          case Effect.Send send -> inputs.add(landed(send.callback()));
          case Effect.Ask ask ->
              inputs.add(
                  new CallInput.Told(
                      ask.question(), new DirectoryAnswer.Found(CONVERSATION, "alice")));
          case Effect.Tell tell -> react(tell, inputs);
          case Effect.Wake wake -> {}
          case Effect.Note note -> {}
          case Effect.Raise raise -> {}
        }
      }
    }
    return call;
  }

  private static CallInput landed(AppRequest callback) {
    return new CallInput.Landed(
        callback.id(), callback.kind(), callback.target(), answer(callback.target().url()));
  }

  private static void react(Effect.Tell tell, Deque<CallInput> inputs) {
    if (!ClientAddress.is(tell.address())) {
      return;
    }
    Act act =
        switch (tell.cue()) {
          case Cue.Dialled cue -> new Act.Ring();
          case Cue.Ringing cue -> new Act.Answer();
          case Cue.Connected cue -> new Act.HangUp();
          case Cue.Beep cue -> new Act.HangUp();
          case Cue.Heard cue -> new Act.HangUp();
        };
    inputs.add(new CallInput.Acted(tell.leg(), act));
  }

  /**
   * The whole world: loop, agenda, directory, journal, forms and signatures; only HTTP is left out.
   */
  @Benchmark
  public CompletableFuture<?> world() {
    String customer = customer((int) (counter++ % customers));
    CompletableFuture<?> placed =
        world.place(new Placement.ByCustomer(customer, "+15017122661", Script.NO_DIRECTIONS));
    world.runUntilIdle();
    return placed;
  }
}
