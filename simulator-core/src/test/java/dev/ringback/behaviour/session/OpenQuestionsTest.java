package dev.ringback.behaviour.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Behaviour;
import dev.ringback.call.Behaviour.ConnectActionDefault;
import dev.ringback.call.Behaviour.SignedGetParameters;
import dev.ringback.callback.Form;
import dev.ringback.callback.Signature;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.Act;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each switch of {@link Behaviour} turns what it says; and small rules of documents. */
class OpenQuestionsTest {
  private static final Behaviour OTHER =
      new Behaviour(
          new Behaviour.Sessions(
              ConnectActionDefault.CURRENT_DOCUMENT,
              WrongAttribute.REFUSE,
              false,
              Result.INTERNAL_ERROR,
              Result.INTERNAL_ERROR,
              true),
          new Behaviour.DialledLegs(
              Duration.ofSeconds(7),
              DialCallStatus.BUSY,
              DialCallStatus.NO_ANSWER,
              DialCallStatus.NO_ANSWER),
          new Behaviour.Recordings(false, RecordingSource.RECORD_VERB, Duration.ofSeconds(9)),
          SignedGetParameters.BARE);

  private final WorldFixture worlds = new WorldFixture();

  private World run(FakeApp app, ScriptStep.Move... moves) {
    return run(app, false, moves);
  }

  /** Moves happen at 3 s, when the worker has just answered. */
  private World run(FakeApp app, boolean byWorker, ScriptStep.Move... moves) {
    World world = worlds.with(app);
    Script script =
        new Script(
            Map.of(),
            Caller.DEFAULT,
            Arrays.stream(moves).map(m -> new ScriptStep(Duration.ofSeconds(3), m)).toList());
    world.place(
        byWorker
            ? new Placement.ByWorker(WorldFixture.WORKER, null, WorldFixture.CUSTOMER, script)
            : new Placement.ByCustomer(WorldFixture.CUSTOMER, WorldFixture.NUMBER, script));
    world.runUntilIdle();
    return world;
  }

  private static FakeApp connecting(String attributes) {
    return new FakeApp()
        .at("/voice", WorldFixture.connect(attributes))
        .at("/outgoing", WorldFixture.connect(attributes))
        .at("/action", "<Response><Hangup/></Response>");
  }

  private static String action(FakeApp app, String name) {
    Form form = app.to("/action").getFirst().form();
    return form.value(name).orElse("absent");
  }

  @Test
  @Fact({"connect.action-has-no-default", "connect.warning-that-the-call-ends"})
  void whatAConnectWithoutActionDoes() {
    String twiml = WorldFixture.connect("").replace("action=\"/action\"", "");
    FakeApp app = new FakeApp().at("/voice", twiml);
    run(app);
    assertEquals(1, app.to("/voice").size(), "end-call, the page's Warning");
    worlds.behaviour = OTHER;
    FakeApp asked = new FakeApp().at("/voice", twiml);
    World world = run(asked);
    assertEquals(100, asked.to("/voice").size(), "current-document");
    var debugger = world.debugger();
    world.runUntilIdle();
    List<String> said = debugger.join().stream().map(entry -> entry.alert().message()).toList();
    assertEquals(1, said.stream().filter(text -> text.startsWith("loop: ")).count());
    assertTrue(said.getLast().startsWith("too-many-documents: "), said.getLast());
  }

  @Test
  void aRejectedCallerWithoutActionIsNotAskedAboutAgain() {
    worlds.conversations.clear();
    String twiml =
        WorldFixture.connect("inboundAutocreation=\"false\"").replace("action=\"/action\"", "");
    FakeApp app = new FakeApp().at("/voice", twiml);
    run(app);
    assertEquals(1, app.to("/voice").size());
  }

  @Test
  void aRelativeRecordingStatusCallback() {
    FakeApp app = connecting("record=\"true\" recordingStatusCallback=\"/rec\"");
    run(app);
    assertEquals(1, app.to("/rec").size());
    worlds.behaviour = OTHER;
    FakeApp refused = connecting("record=\"true\" recordingStatusCallback=\"/rec\"");
    run(refused);
    assertEquals("internal-error", action(refused, "Result"));
  }

  @Test
  @Fact({"conversation-errors.32504", "errors.code-32504"})
  void aConversationWithoutWorker() {
    worlds.conversations.clear();
    worlds.conversations.add(
        new KnownConversation(null, null, WorldFixture.CUSTOMER, WorldFixture.NUMBER, null, false));
    FakeApp app = connecting("");
    World world = run(app);
    assertEquals("no-other-participants", action(app, "Result"));
    assertTrue(world.journal().after(0, 1000).toString().contains("CONVERSATION_WITHOUT_WORKER"));
    worlds.behaviour = OTHER;
    FakeApp other = connecting("");
    run(other);
    assertEquals("internal-error", action(other, "Result"));
  }

  @Test
  void howLongACustomersPhoneRings() {
    worlds.casts.put(WorldFixture.CUSTOMER, new Cast.Ignores());
    worlds.behaviour = OTHER;
    FakeApp app = connecting("statusCallback=\"/s\"");
    run(app, true);
    assertEquals("no-answer", action(app, "DialCallStatus"));
    assertEquals(
        "Thu, 01 Jan 2026 09:00:07 +0000",
        app.to("/s").getFirst().form().value("Timestamp").orElseThrow());
  }

  @Test
  @Fact("dial.whisper-hangup-declines")
  void whatADeclineAndAFailureOfTheUrlDocumentComeTo() {
    for (Behaviour behaviour : List.of(Behaviour.DEFAULT, OTHER)) {
      worlds.behaviour = behaviour;
      FakeApp declined = connecting("url=\"/w\"").at("/w", "<Response><Hangup/></Response>");
      run(declined);
      assertEquals(
          behaviour.dialledLegs().declinedAfterUrl().wireName(),
          action(declined, "DialCallStatus"));
      FakeApp failed = connecting("url=\"/w\"").at("/w", r -> new Landing.Answered(500, null, ""));
      run(failed);
      assertEquals(
          behaviour.dialledLegs().failedUrl().wireName(), action(failed, "DialCallStatus"));
    }
  }

  @Test
  @Fact("call-status.action-after-the-caller-left")
  void aCallerWhoHangsUpWhileItRings() {
    worlds.casts.put(WorldFixture.WORKER, new Cast.Ignores());
    for (Behaviour behaviour : List.of(Behaviour.DEFAULT, OTHER)) {
      worlds.behaviour = behaviour;
      FakeApp app = connecting("");
      run(app, new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()));
      assertEquals(behaviour.dialledLegs().callerGone().wireName(), action(app, "DialCallStatus"));
      assertEquals("completed", action(app, "CallStatus"));
    }
  }

  @Test
  void aCallerWhoHangsUpBeforeAnybodyWasDialled() {
    worlds.conversations.clear();
    worlds.routing = RoutingMode.NONE;
    for (Behaviour behaviour : List.of(Behaviour.DEFAULT, OTHER)) {
      worlds.behaviour = behaviour;
      FakeApp app = connecting("routingAssignmentTimeout=\"20\"");
      run(app, new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()));
      assertEquals(behaviour.sessions().callerGoneUndialled().wireName(), action(app, "Result"));
      assertEquals("absent", action(app, "DialCallStatus"));
      assertEquals("completed", action(app, "CallStatus"));
    }
    assertEquals(Result.NO_OTHER_PARTICIPANTS, Behaviour.DEFAULT.sessions().callerGoneUndialled());
  }

  @Test
  void howTwiliosOwnParametersOfAGetAreSigned() {
    String twiml = WorldFixture.connect("").replace("<Connect ", "<Connect method=\"GET\" ");
    String query = "?who=a%40b:c&";
    FakeApp app =
        new FakeApp().at("/outgoing", twiml.replace("/action", "/action" + query.replace("&", "")));
    for (Behaviour behaviour : List.of(Behaviour.DEFAULT, OTHER)) {
      worlds.behaviour = behaviour;
      run(app, true);
      WebRequest asked = app.to("/action").getLast();
      int own = asked.url().indexOf(query) + query.length();
      String twilios = asked.url().substring(own);
      assertTrue(twilios.contains("From=client%3Aalice%40example.com"), asked.url());
      boolean bare = behaviour.signedGetParameters() == SignedGetParameters.BARE;
      String signed =
          asked.url().substring(0, own)
              + (bare ? twilios.replace("%40", "@").replace("%3A", ":") : twilios);
      assertEquals(
          new Signature(worlds.settings().authToken()).of(signed, List.of()),
          asked.headers().stream()
              .filter(h -> h.name().equals("X-Twilio-Signature"))
              .findFirst()
              .orElseThrow()
              .value());
    }
  }

  @Test
  @Fact({"connect.sequence-numbers-of-sessions", "status-callbacks.session-counts-from-one"})
  void whetherUnsubscribedEventsCount() {
    FakeApp app = connecting("statusCallback=\"/s\"");
    run(app);
    assertEquals("1", app.to("/s").getFirst().form().value("SequenceNumber").orElseThrow());
    worlds.behaviour = OTHER;
    FakeApp counting = connecting("statusCallback=\"/s\"");
    run(counting);
    assertEquals("4", counting.to("/s").getFirst().form().value("SequenceNumber").orElseThrow());
  }

  @Test
  void theSourceOfARecordingAndWhenItsFileIsThere() {
    worlds.behaviour = OTHER;
    FakeApp app = connecting("record=\"true\" recordingStatusCallback=\"http://app.test/rec\"");
    worlds.behaviour =
        new Behaviour(
            new Behaviour.Sessions(
                ConnectActionDefault.CURRENT_DOCUMENT,
                WrongAttribute.NORMALISE,
                true,
                OTHER.sessions().conversationWithoutWorker(),
                OTHER.sessions().callerGoneUndialled(),
                false),
            OTHER.dialledLegs(),
            new Behaviour.Recordings(true, RecordingSource.RECORD_VERB, Duration.ofSeconds(9)),
            SignedGetParameters.AS_SENT);
    World world = run(app);
    Form form = app.to("/rec").getFirst().form();
    assertEquals("RecordVerb", form.value("RecordingSource").orElseThrow());
    assertEquals(
        WorldSettings.VIRTUAL_START.plusSeconds(2 + 10 + 9),
        world.journal().after(0, 1000).getLast().at());
  }

  // Documents

  @Test
  @Fact({"dial.whisper-dial-is-13201", "errors.code-13201"})
  void dialOnACalledLegIsError13201() {
    FakeApp app = connecting("url=\"/w\"").at("/w", "<Response><Dial>+1</Dial></Response>");
    World world = run(app);
    assertTrue(world.journal().after(0, 1000).toString().contains("DIAL_FROM_DIALED_CALL"));
    assertEquals("session-success", action(app, "Result"));
  }

  @Test
  @Fact({
    "gather.action",
    "gather.finish-on-key",
    "gather.finished-on-key-and-msg",
    "gather.posted-without-the-finish-key",
    "parameters.of-verbs"
  })
  void theKeyThatEndsAGatherIsSentBesideTheDigits() {
    FakeApp app = new FakeApp().at("/voice", "<Response><Gather action='/g'/></Response>");
    run(app, new ScriptStep.Does(CallParty.CUSTOMER, new Act.Press("12#")));
    Form form = app.to("/g").getFirst().form();
    assertEquals("12", form.value("Digits").orElseThrow());
    assertEquals("#", form.value("FinishedOnKey").orElseThrow());
  }

  @Test
  @Fact({"content.audio-is-played", "content.plain-text-is-spoken"})
  void plainTextIsSpokenAndAudioIsPlayedThenTheCallEnds() {
    for (String[] answer :
        new String[][] {
          {"text/plain", "two words", "verb=Say"}, {"audio/mpeg", "x", "verb=Play"}
        }) {
      FakeApp app =
          new FakeApp().at("/voice", r -> new Landing.Answered(200, answer[0], answer[1]));
      World world = run(app);
      assertTrue(world.journal().after(0, 1000).toString().contains(answer[2]), answer[0]);
      assertTrue(app.to("/call-status").size() == 1, "the call ended");
    }
  }

  @Test
  @Fact("frontline-voice.outgoing-fallback-url")
  void theCallOfAWorkerHasAFallback() {
    worlds.fallback = true;
    FakeApp app =
        new FakeApp()
            .at("/outgoing", r -> new Landing.Answered(500, null, ""))
            .at("/fallback", WorldFixture.connect(""))
            .at("/action", "<Response><Hangup/></Response>");
    run(app, true);
    Form form = app.to("/fallback").getFirst().form();
    assertEquals("11200", form.value("ErrorCode").orElseThrow());
    assertEquals("client:alice@example.com", form.value("From").orElseThrow());
    assertEquals("session-success", action(app, "Result"));
  }
}
