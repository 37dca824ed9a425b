package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call is serialised in mid-scenario, built again from its journal in another world, and goes on;
 * it must not notice.
 */
@Timeout(60)
class RelocateTest {
  /** A call to put on stage. */
  private record Play(Supplier<FakeApp> app, Script script) {
    Placement placement() {
      return new Placement.ByCustomer(WorldFixture.CUSTOMER, WorldFixture.NUMBER, script);
    }
  }

  private static Play play(String name) {
    return name.equals("session")
        ? new Play(RelocateTest::sessionApp, sessionScript())
        : new Play(RelocateTest::menuApp, menuScript());
  }

  private static FakeApp sessionApp() {
    return new FakeApp()
        .at(
            "/voice",
            WorldFixture.connect(
                "url=\"/whisper\" statusCallback=\"/status\" statusCallbackEvent=\"call-initiated"
                    + " call-ringing call-answered call-completed\" record=\"record-from-ringing\""
                    + " recordingStatusCallback=\"http://app.test/recording\""))
        .at("/whisper", "<Response><Say>A customer calls you now</Say></Response>")
        .at(
            "/action",
            "<Response><Say>Leave a message</Say><Record"
                + " recordingStatusCallback=\"/voicemail\" action=\"/last\"/></Response>")
        .at("/last", "<Response><Hangup/></Response>");
  }

  private static Script sessionScript() {
    return new Script(
        Map.of(
            WorldFixture.WORKER,
            new Cast.Answers(Duration.ofSeconds(4), Duration.ofSeconds(9), false)),
        new Caller(Duration.ofSeconds(6), false),
        List.of(
            new ScriptStep(
                Duration.ofSeconds(23),
                new ScriptStep.Does(CallParty.CUSTOMER, new Act.Press("5")))));
  }

  /** A stream, a recording, a menu with a file, a cookie, a user, a screened colleague. */
  private static FakeApp menuApp() {
    return new FakeApp()
        .at(
            "/voice",
            r ->
                new Landing.Answered(
                    200,
                    "text/xml",
                    "<Response><Start><Stream url='wss://a.test/s' statusCallback='/stream'/></Start>"
                        + "<Start><Recording recordingStatusCallback='/rec'/></Start>"
                        + "<Gather action='http://user:secret@app.test/got' input='dtmf speech'"
                        + " partialResultCallback='/partial'><Say>Say yes please</Say>"
                        + "<Play>/a.wav</Play></Gather></Response>",
                    List.of(new Landing.Header("set-cookie", "session=1; Path=/")),
                    null))
        .at(
            "/a.wav",
            r -> new Landing.Answered(200, "audio/wav", "", List.of(), Duration.ofSeconds(4)))
        .at(
            "/got",
            r ->
                r.headers().stream().anyMatch(h -> h.name().equals("Authorization"))
                    ? FakeApp.twiml(
                        "<Response><Dial action='/dialled' record='record-from-answer-dual'>"
                            + "<Number url='/screen' sendDigits='ww1' statusCallback='/leg'"
                            + " statusCallbackEvent='initiated ringing answered completed'>"
                            + "+15558675311</Number></Dial></Response>")
                    : new Landing.Answered(
                        401,
                        null,
                        "",
                        List.of(new Landing.Header("www-authenticate", "Basic realm=x")),
                        null))
        .at("/screen", "<Response><Say>Somebody calls you now</Say></Response>")
        .at(
            "/dialled",
            r ->
                r.headers().stream().anyMatch(h -> h.name().equals("Cookie"))
                    ? FakeApp.twiml(
                        "<Response><Record transcribe='true' transcribeCallback='/text'"
                            + " action='/last'/></Response>")
                    : new Landing.Answered(500, null, ""))
        .at("/last", "<Response><Hangup/></Response>");
  }

  private static Script menuScript() {
    return new Script(
        Map.of(
            Script.ANYBODY, new Cast.Answers(Duration.ofSeconds(3), Duration.ofSeconds(6), false)),
        new Caller(Duration.ofSeconds(3), false, "call me back"),
        List.of(),
        List.of(
            new Reaction(
                CallParty.CUSTOMER,
                "/a.wav",
                Duration.ofSeconds(1),
                new Act.Speak(Duration.ofSeconds(2), "yes please", 0.8)),
            new Reaction(CallParty.CUSTOMER, "never", null, new Act.HangUp())));
  }

  private static World world(FakeApp app) {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    return worlds.with(app).start();
  }

  private static List<String> lines(World world, Sid call) {
    return world.call(call).join().orElseThrow().entries().stream()
        .map(
            e -> JournalJson.write(new JournalEntry(0, e.at(), e.call(), e.callNumber(), e.fact())))
        .toList();
  }

  /**
   * Seconds at which it moves: ringing, in the whisper, talking, recording, waiting for the file.
   */
  @ParameterizedTest
  @CsvSource({
    "session, 0",
    "session, 2",
    "session, 5",
    "session, 8",
    "session, 14",
    "session, 17",
    "session, 21",
    "session, 23",
    "menu, 0",
    "menu, 1",
    "menu, 2",
    "menu, 3",
    "menu, 5",
    "menu, 8",
    "menu, 12",
    "menu, 14",
    "menu, 17",
    "menu, 20",
    "menu, 24",
    "menu, 26",
    "menu, 31",
  })
  void theCallDoesNotNotice(String name, int movesAt) {
    Play play = play(name);
    List<String> undisturbed;
    Sid call;
    try (World world = world(play.app().get())) {
      call = ((Placed.Ringing) world.place(play.placement()).join()).call();
      world.advance(Duration.ofMinutes(10)).join();
      undisturbed = lines(world, call);
    }
    List<String> luggage;
    try (World world = world(play.app().get())) {
      world.place(play.placement()).join();
      world.advance(Duration.ofSeconds(movesAt)).join();
      luggage =
          world.call(call).join().orElseThrow().entries().stream().map(JournalJson::write).toList();
    }
    assertTrue(luggage.size() < undisturbed.size(), "the call was over before it moved");
    FakeApp app = play.app().get();
    try (World world = world(app)) {
      world.adopt(luggage.stream().map(JournalJson::read).toList()).join();
      world.advance(Duration.ofMinutes(10)).join();
      List<String> relocated = lines(world, call);
      for (int i = 0; i < Math.min(undisturbed.size(), relocated.size()); i++) {
        assertEquals(undisturbed.get(i), relocated.get(i), "line " + (i + 1));
      }
      assertEquals(undisturbed.size(), relocated.size());
      assertTrue(world.call(call).join().orElseThrow().call().over());
    }
  }
}
