package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fault.Fault;
import dev.ringback.fault.FaultRule;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.server.WebApp;
import dev.ringback.voice.Act;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.wire.HttpWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Same seed, same scenario, an endpoint that answers after random delays: the same journal. */
@Timeout(60)
class DeterminismTest {
  private static final String EVENTS =
      "statusCallback=\"/status\" statusCallbackEvent=\"call-initiated call-ringing call-answered"
          + " call-completed\" record=\"record-from-ringing\" recordingStatusCallback=\"/recording\""
          + " recordingStatusCallbackEvent=\"in-progress completed\"";

  private static MockResponse late(MockResponse answer) {
    return answer
        .newBuilder()
        .headersDelay(ThreadLocalRandom.current().nextInt(15), TimeUnit.MILLISECONDS)
        .build();
  }

  private static WebApp jitteryApp() {
    return new WebApp()
        .at("/voice", (RecordedRequest r) -> late(WebApp.twiml(WorldFixture.connect(EVENTS))))
        .at(
            "/action",
            (RecordedRequest r) ->
                late(WebApp.twiml("<Response><Say>Bye</Say><Record action='/last'/></Response>")))
        .at("/last", (RecordedRequest r) -> late(WebApp.twiml("<Response/>")))
        .at("/status", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()))
        .at("/recording", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()))
        .at(
            "/call-status",
            (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()));
  }

  // Every other verb, where calls meet and faults strike

  private static final List<String> DOCUMENTS =
      List.of(
          "<Dial action='/after'><Conference waitUrl='/wait' statusCallback='/status'"
              + " statusCallbackEvent='start end join leave'>room</Conference></Dial>",
          "<Dial action='/after' timeLimit='9'><Conference>room</Conference></Dial>",
          "<Enqueue action='/after' waitUrl='/wait'>support</Enqueue>",
          "<Pause length='3'/><Dial action='/after' timeLimit='7'><Queue url='/screen'>support</Queue></Dial>",
          "<Start><Stream url='wss://a.test/s' statusCallback='/status'/></Start>"
              + "<Start><Recording recordingStatusCallback='/recording'/></Start>"
              + "<Gather input='dtmf speech' action='/after' partialResultCallback='/status'>"
              + "<Say>Press one</Say></Gather>",
          "<Dial action='/after' record='record-from-ringing'><Number url='/screen'"
              + " statusCallback='/status' statusCallbackEvent='initiated ringing answered completed'>"
              + "+15558675311</Number><Sip>sip:b@c.test</Sip></Dial>",
          "<Record transcribe='true' transcribeCallback='/status' action='/after'/>");

  private static WebApp meetingApp() {
    return new WebApp()
        .at(
            "/voice",
            (RecordedRequest r) -> {
              String body = java.util.Objects.requireNonNull(r.getBody()).utf8();
              int caller = body.indexOf("From=%2B1555867540") + "From=%2B1555867540".length();
              int which = body.charAt(caller) - '0';
              return late(WebApp.twiml("<Response>" + DOCUMENTS.get(which) + "</Response>"));
            })
        .at(
            "/wait",
            (RecordedRequest r) -> late(WebApp.twiml("<Response><Say>wait</Say></Response>")))
        .at(
            "/screen",
            (RecordedRequest r) -> late(WebApp.twiml("<Response><Say>now</Say></Response>")))
        .at("/after", (RecordedRequest r) -> late(WebApp.twiml("<Response><Hangup/></Response>")))
        .at("/status", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()))
        .at("/recording", (RecordedRequest r) -> late(new MockResponse.Builder().code(500).build()))
        .at("/debugger", (RecordedRequest r) -> late(new MockResponse.Builder().code(204).build()));
  }

  private static List<String> meetings(WebApp app) {
    WorldFixture worlds = new WorldFixture();
    worlds.base = app.url();
    worlds.debugger = true;
    worlds.faults =
        List.of(
            new FaultRule(new Fault.Duplicated(), null, Map.of(), 0.3, 0),
            new FaultRule(new Fault.Slow(Duration.ofSeconds(2)), null, Map.of(), 0.3, 0),
            new FaultRule(new Fault.Reordered(), null, Map.of(), 0.2, 0),
            new FaultRule(new Fault.RecordingLost(RecordingStatus.FAILED), null, Map.of(), 0.5, 0));
    try (HttpWire wire = new HttpWire();
        World world = worlds.with(wire)) {
      for (int i = 0; i < DOCUMENTS.size(); i++) {
        world.place(
            new Placement.ByCustomer(
                "+1555867540" + i,
                WorldFixture.NUMBER,
                new Script(
                    Map.of(),
                    new Caller(Duration.ofSeconds(4), true, "call me"),
                    List.of(
                        new ScriptStep(
                            Duration.ofSeconds(30),
                            new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()))),
                    List.of(
                        new Reaction(
                            CallParty.CUSTOMER,
                            "Press",
                            null,
                            new Act.Speak(Duration.ofSeconds(2), "yes please", 0.5))))));
      }
      world.runUntilIdle();
      return world.journal().after(0, 100_000).stream().map(JournalJson::write).toList();
    }
  }

  @Test
  void soDoCallsThatMeetAndFaultsThatStrike() {
    try (WebApp app = meetingApp()) {
      List<String> first = meetings(app);
      List<String> second = meetings(app);
      assertTrue(first.size() > 250, "only " + first.size() + " lines");
      assertTrue(String.join("", first).contains("FaultStruck"));
      assertEquals(String.join("\n", first), String.join("\n", second));
      for (String line : first) {
        assertEquals(line, JournalJson.write(JournalJson.read(line)));
      }
    }
  }

  private static List<String> journal(WebApp app) {
    WorldFixture worlds = new WorldFixture();
    worlds.base = app.url();
    try (HttpWire wire = new HttpWire();
        World world = worlds.with(wire)) {
      for (int i = 0; i < 5; i++) {
        Cast cast = new Cast.Answers(Duration.ofSeconds(i % 3), Duration.ofSeconds(5), false);
        world.place(
            new Placement.ByCustomer(
                WorldFixture.CUSTOMER,
                WorldFixture.NUMBER,
                new Script(Map.of(WorldFixture.WORKER, cast), Caller.DEFAULT)));
      }
      world.runUntilIdle();
      return world.journal().after(0, 100_000).stream().map(JournalJson::write).toList();
    }
  }

  @Test
  void twoRunsGiveTheSameJournalByteForByte() {
    try (WebApp app = jitteryApp()) {
      List<String> first = journal(app);
      List<String> second = journal(app);
      assertTrue(first.size() > 200, "only " + first.size() + " lines");
      assertEquals(String.join("\n", first), String.join("\n", second));
    }
  }

  @Test
  void theJournalGoesToJsonAndBack() {
    try (WebApp app = jitteryApp()) {
      for (String line : journal(app)) {
        JournalEntry entry = JournalJson.read(line);
        assertEquals(line, JournalJson.write(entry));
      }
    }
  }
}
