package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.ringback.call.Call;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.Support;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every attribute of the tables changes something that an app, the REST API or whoever listens can
 * observe, or its note in docs/EMULATED.md begins with {@link Grammar#CHANGES_NOTHING}; and no note
 * says so of one that does.
 */
class EveryAttributeTest {
  private static final String FRIEND = "+15558675311";
  private static final String COUSIN = "+15558675312";

  /** What happens around a document. */
  private static final class Scene {
    final WorldFixture worlds = new WorldFixture();
    final FakeApp app = new FakeApp();
    final Map<String, Cast> called = new LinkedHashMap<>();
    final List<ScriptStep> directions = new ArrayList<>();
    final List<ScriptStep> directionsOfStranger = new ArrayList<>();
    String caller = WorldFixture.CUSTOMER;

    /** What the number answers another caller, 5 s later; null: there is none. */
    @Nullable String toStranger;

    /** Whether it is the other caller who comes first, and the customer 5 s later. */
    boolean strangerFirst;

    Scene() {
      for (String path : List.of("/after", "/u", "/next", "/nothing")) {
        app.at(path, "<Response><Pause length='1'/></Response>");
      }
      app.at(
          "/a.wav",
          request -> new Landing.Answered(200, "audio/wav", "", List.of(), Duration.ofSeconds(3)));
      app.at("/w", "<Response><Pause length='7'/></Response>");
    }

    Scene does(double second, Act act) {
      directions.add(at(second, CallParty.CUSTOMER, act));
      return this;
    }

    Scene strangerDoes(double second, Act act) {
      directionsOfStranger.add(at(second, CallParty.CUSTOMER, act));
      return this;
    }

    private static ScriptStep at(double second, CallParty role, Act act) {
      return new ScriptStep(
          Duration.ofMillis((long) (second * 1000)), new ScriptStep.Does(role, act));
    }

    Scene cast(String who, Cast cast) {
      called.put(who, cast);
      return this;
    }

    /** Whatever can be observed when the customer's call is answered with a document. */
    List<String> observed(String document) {
      String stranger = toStranger;
      app.at(
          "/voice",
          request ->
              FakeApp.twiml(
                  stranger == null || request.form().value("From").orElse("").equals(caller)
                      ? document
                      : stranger));
      World world = worlds.with(app);
      Duration later = Duration.ofSeconds(5);
      place(world, caller, directions, strangerFirst ? later : Duration.ZERO);
      if (stranger != null) {
        place(
            world,
            WorldFixture.STRANGER,
            directionsOfStranger,
            strangerFirst ? Duration.ZERO : later);
      }
      world.runUntilIdle();
      CompletableFuture<List<Call>> calls = world.calls();
      world.runUntilIdle();
      List<String> seen = new ArrayList<>();
      for (JournalEntry entry : world.journal().after(0, 100_000)) {
        if (entry.fact() instanceof Fact.Requested r) {
          seen.add(
              "%s %s %s %s %s"
                  .formatted(entry.at(), r.kind(), r.method(), r.url(), r.form().encoded()));
        } else if (entry.fact() instanceof Fact.Alerted alerted) {
          seen.add(entry.at() + " " + alerted.alert().code());
        }
      }
      for (Call call : calls.join()) {
        seen.add(shown(call.facts().leg()));
        call.facts().children().forEach(leg -> seen.add(shown(leg)));
        call.facts().recordings().forEach(recording -> seen.add(shown(recording)));
      }
      return seen;
    }

    private void place(World world, String from, List<ScriptStep> directions, Duration in) {
      var placed =
          world.place(
              new Placement.ByCustomer(
                  from,
                  WorldFixture.NUMBER,
                  new Script(
                      called, new Caller(Duration.ofSeconds(5), false), List.copyOf(directions))),
              in);
      assertNotNull(placed);
    }

    private static String shown(Leg leg) {
      return leg.toString();
    }

    /** A file has no more of a recording than this. */
    private static String shown(Recording r) {
      return "%s %s %s %s %d %s %s %d %s"
          .formatted(
              r.sid(),
              r.begin(),
              r.end(),
              r.status(),
              r.channels(),
              r.track(),
              r.source(),
              r.errorCode(),
              r.sounds());
    }
  }

  /** Makes a scene what it is. */
  private interface Setting {
    void arrange(Scene scene);
  }

  /**
   * An element somewhere in a document.
   *
   * @param document with %s for the attributes
   * @param usual attributes that others need, such as a statusCallback
   * @param values of each attribute, other than its default
   * @param scenes in which something may differ
   */
  private record Cursor(
      String name,
      Element element,
      String document,
      Map<String, String> usual,
      Map<String, String> values,
      List<Setting> scenes) {

    String with(Map<String, String> attributes) {
      return document.formatted(
          attributes.entrySet().stream()
              .map(e -> " " + e.getKey() + "='" + e.getValue() + "'")
              .collect(Collectors.joining()));
    }

    String without(String name) {
      Map<String, String> attributes = new LinkedHashMap<>(usual);
      attributes.remove(name);
      return with(attributes);
    }

    String with(String name) {
      Map<String, String> attributes = new LinkedHashMap<>(usual);
      attributes.put(name, String.valueOf(values.get(name)));
      return with(attributes);
    }
  }

  private static Element element(String name) {
    return Grammar.ELEMENTS.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  private static Element lastElement(String name) {
    return Grammar.ELEMENTS.stream().filter(e -> e.name().equals(name)).toList().getLast();
  }

  /** {@code a=1, b=2}; values may have spaces, and no commas. */
  private static Map<String, String> map(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split(", ", -1))) {
      String[] parts = pair.split("=", 2);
      map.put(parts[0], parts[1]);
    }
    return map;
  }

  private static Cursor place(
      String document, Element element, String usual, String values, Setting... scenes) {
    return new Cursor(
        document.replaceAll("<Response>|</Response>", ""),
        element,
        document,
        map(usual),
        map(values),
        List.of(scenes));
  }

  private static String response(String verbs) {
    return "<Response>" + verbs + "</Response>";
  }

  private static Act speaks(int seconds, String words) {
    return new Act.Speak(Duration.ofSeconds(seconds), words, 0.9);
  }

  private static void nothing(Scene scene) {}

  private static void talkAndSilence(Scene scene) {
    scene
        .cast(Script.ANYBODY, CallFixture.answers(3, 20))
        .does(10, speaks(2, "hello"))
        .does(12.5, new Act.Press("*"));
  }

  private static void nobodyAnswers(Scene scene) {
    scene.cast(Script.ANYBODY, new Cast.Ignores());
  }

  private static void oneIsBusy(Scene scene) {
    scene.cast(FRIEND, new Cast.Busy()).cast(COUSIN, CallFixture.answers(2, 10));
  }

  private static void bothAreSilent(Scene scene) {
    scene.cast(
        Script.ANYBODY, new Cast.Answers(Duration.ofSeconds(2), Duration.ofSeconds(10), true));
  }

  private static void aStrangerCalls(Scene scene) {
    scene.caller = WorldFixture.STRANGER;
    scene.worlds.routing = RoutingMode.NONE;
  }

  private static void aStrangerIsRouted(Scene scene) {
    scene.caller = WorldFixture.STRANGER;
  }

  private static void keys(Scene scene) {
    scene.does(0.5, new Act.Press("1")).does(1.5, new Act.Press("*")).does(2, new Act.Press("#"));
  }

  private static void words(Scene scene) {
    scene.does(2, speaks(4, "damn this shit"));
  }

  private static void twoMeet(Scene scene) {
    scene.toStranger = response("<Dial><Conference>room</Conference></Dial>");
    scene
        .does(9, speaks(2, "hello"))
        .does(30, new Act.HangUp())
        .strangerDoes(8, speaks(2, "hi"))
        .strangerDoes(40, new Act.HangUp());
  }

  private static void theOtherComesFirst(Scene scene) {
    twoMeet(scene);
    scene.strangerFirst = true;
  }

  private static void theOtherLeavesFirst(Scene scene) {
    twoMeet(scene);
    scene.strangerDoes(15, new Act.HangUp());
  }

  private static void somebodyWaits(Scene scene) {
    scene.toStranger = response("<Pause length='4'/><Dial><Queue url='/u'>q</Queue></Dial>");
    scene.strangerDoes(40, new Act.HangUp());
  }

  private static void somebodyWaitsToo(Scene scene) {
    scene.toStranger = response("<Enqueue waitUrl='/w' action='/after'>q</Enqueue>");
    scene.does(60, new Act.HangUp()).strangerDoes(40, new Act.HangUp());
  }

  private static void aStrangerQueues(Scene scene) {
    scene.toStranger = response("<Enqueue waitUrl='/w'>q</Enqueue>");
    scene.strangerDoes(60, new Act.HangUp()).does(50, new Act.HangUp());
  }

  private static final String RECORDS =
      "recordingStatusCallback=http://app.test/r, recordingStatusCallbackMethod=GET,"
          + " recordingStatusCallbackEvent=in-progress";

  private static final String LEG =
      "url=/u, method=GET, statusCallback=/s, statusCallbackMethod=GET,"
          + " statusCallbackEvent=initiated ringing";

  private static Cursor place(
      String document, String element, String usual, String values, Setting... scenes) {
    return place(document, element(element), usual, values, scenes);
  }

  private static List<Cursor> places() {
    String service = "serviceInstanceSid='" + WorldFixture.SERVICE + "'";
    return List.of(
        place(
            "<Response%s><Say>Hello</Say></Response>",
            "Response", "", "version=2008-08-01", EveryAttributeTest::nothing),
        place(
            response("<Connect%s><Conversation " + service + "/></Connect>"),
            "Connect",
            "action=/after",
            "action=/after, method=GET",
            EveryAttributeTest::nothing),
        place(
            response("<Connect action='/after'><Conversation%s/></Connect>"),
            "Conversation",
            "serviceInstanceSid="
                + WorldFixture.SERVICE
                + ", record=record-from-answer, recordingStatusCallback=http://app.test/r, statusCallback=/s,"
                + " url=/u",
            "serviceInstanceSid="
                + WorldFixture.SERVICE
                + ", inboundAutocreation=false, routingAssignmentTimeout=9, inboundTimeout=9,"
                + " record=record-from-ringing-dual, trim=trim-silence, "
                + RECORDS
                + ", "
                + LEG.replace("initiated ringing", "call-initiated call-ringing"),
            EveryAttributeTest::talkAndSilence,
            EveryAttributeTest::nobodyAnswers,
            EveryAttributeTest::aStrangerCalls,
            EveryAttributeTest::aStrangerIsRouted),
        place(
            response("<Connect><Stream%s/></Connect>"),
            "Stream",
            "url=wss://a.test/s, statusCallback=/s",
            "url=wss://a.test/s, name=mine, track=inbound, statusCallback=/s,"
                + " statusCallbackMethod=GET",
            scene -> scene.does(9, new Act.HangUp())),
        place(
            response("<Start><Stream%s/></Start><Pause length='5'/>"),
            lastElement("Stream"),
            "url=wss://a.test/s, statusCallback=/s",
            "url=wss://a.test/s, name=mine, track=outbound_track, statusCallback=/s,"
                + " statusCallbackMethod=GET",
            EveryAttributeTest::nothing),
        place(
            response("<Start><Recording%s/></Start><Say>Hello</Say><Pause length='5'/>"),
            "Recording",
            "recordingStatusCallback=http://app.test/r",
            "channels=mono, track=inbound, trim=trim-silence, " + RECORDS,
            scene -> scene.does(2, speaks(1, "hello"))),
        place(
            response(
                "<Connect><Stream url='wss://a.test/s' statusCallback='/s'><Parameter%s/></Stream>"
                    + "</Connect>"),
            "Parameter",
            "name=a, value=b",
            "name=c, value=d",
            scene -> scene.does(9, new Act.HangUp())),
        place(
            response("<Say%s>Hello everybody, how are you today?</Say><Redirect>/next</Redirect>"),
            "Say",
            "",
            "voice=woman, language=de-DE, loop=2",
            EveryAttributeTest::nothing),
        place(
            response("<Play%s>/a.wav</Play><Redirect>/next</Redirect>"),
            "Play",
            "",
            "loop=2",
            EveryAttributeTest::nothing),
        place(
            response("<Play%s/><Redirect>/next</Redirect>"),
            "Play",
            "",
            "digits=12",
            EveryAttributeTest::nothing),
        place(
            response("<Pause%s/><Redirect>/next</Redirect>"),
            "Pause",
            "",
            "length=4",
            EveryAttributeTest::nothing),
        place(
            response(
                "<Gather%s><Say>Please press a key or say something</Say></Gather>"
                    + "<Redirect>/next</Redirect>"),
            "Gather",
            "action=/after, input=dtmf speech, partialResultCallback=/p",
            "action=/after, method=GET, input=speech, timeout=9, finishOnKey=*, numDigits=1,"
                + " actionOnEmptyResult=true, speechTimeout=4, maxSpeechTime=1, language=de-DE,"
                + " hints=yes, profanityFilter=false, speechModel=phone_call, enhanced=true,"
                + " partialResultCallback=/p, partialResultCallbackMethod=GET, bargeIn=false",
            EveryAttributeTest::nothing,
            EveryAttributeTest::keys,
            EveryAttributeTest::words),
        place(
            response("<Record%s/>"),
            "Record",
            "action=/after, recordingStatusCallback=http://app.test/r, transcribeCallback=/t,"
                + " maxLength=60",
            "action=/after, method=GET, timeout=9, finishOnKey=#, maxLength=3, playBeep=false,"
                + " trim=do-not-trim, transcribeCallback=/t, "
                + RECORDS,
            EveryAttributeTest::words,
            EveryAttributeTest::keys,
            scene -> scene.does(4, speaks(3, "hello"))),
        place(
            response("<Record%s/>"),
            "Record",
            "action=/after",
            "transcribe=true",
            EveryAttributeTest::keys),
        place(
            response(
                "<Dial%s><Number>" + FRIEND + "</Number><Number>" + COUSIN + "</Number></Dial>"),
            "Dial",
            "action=/after, record=record-from-answer, recordingStatusCallback=http://app.test/r",
            "action=/after, method=GET, timeout=9, timeLimit=3, callerId="
                + WorldFixture.NUMBER
                + ", hangupOnStar=true, answerOnBridge=true, ringTone=de,"
                + " record=record-from-answer, trim=trim-silence, recordingTrack=inbound,"
                + " sequential=true, "
                + RECORDS,
            EveryAttributeTest::talkAndSilence,
            EveryAttributeTest::nobodyAnswers,
            EveryAttributeTest::bothAreSilent,
            EveryAttributeTest::oneIsBusy),
        place(
            response("<Dial action='/after'><Number%s>" + FRIEND + "</Number></Dial>"),
            "Number",
            "url=/u, statusCallback=/s",
            "sendDigits=12, " + LEG,
            EveryAttributeTest::nothing),
        place(
            response("<Dial action='/after'><Client%s>bob</Client></Dial>"),
            "Client",
            "url=/u, statusCallback=/s",
            LEG,
            EveryAttributeTest::nothing),
        place(
            response("<Dial action='/after'><Sip%s>sip:bob@example.com</Sip></Dial>"),
            "Sip",
            "url=/u, statusCallback=/s",
            "username=bob, password=secret, " + LEG,
            EveryAttributeTest::nothing),
        place(
            response("<Dial action='/after'><Conference%s>room</Conference></Dial>"),
            "Conference",
            "statusCallback=/s, statusCallbackEvent=start end join leave,"
                + " record=record-from-start, recordingStatusCallback=http://app.test/r, waitUrl=/w",
            "muted=true, beep=false, startConferenceOnEnter=false, endConferenceOnExit=true,"
                + " waitUrl=/w, waitMethod=GET, maxParticipants=1, participantLabel=bob,"
                + " statusCallback=/s, statusCallbackMethod=GET, statusCallbackEvent=join,"
                + " record=record-from-start, trim=do-not-trim, "
                + RECORDS,
            EveryAttributeTest::twoMeet,
            EveryAttributeTest::theOtherComesFirst,
            EveryAttributeTest::theOtherLeavesFirst),
        place(
            response("<Pause length='8'/><Dial action='/after'><Queue%s>q</Queue></Dial>"),
            "Queue",
            "url=/u",
            "url=/u, method=GET",
            EveryAttributeTest::aStrangerQueues),
        place(
            response("<Pause length='8'/><Enqueue%s>q</Enqueue>"),
            "Enqueue",
            "action=/after, waitUrl=/w",
            "action=/after, method=GET, waitUrl=/w, waitUrlMethod=GET, maxQueueSize=1",
            EveryAttributeTest::somebodyWaits,
            EveryAttributeTest::somebodyWaitsToo),
        place(
            response("<Redirect%s>/next</Redirect>"),
            "Redirect",
            "",
            "method=GET",
            EveryAttributeTest::nothing),
        place(response("<Reject%s/>"), "Reject", "", "reason=busy", EveryAttributeTest::nothing));
  }

  @TestFactory
  @dev.ringback.fidelity.Fact({
    "connect.method",
    "dial.conference-label-and-status",
    "dial.recording-track",
    "gather.method"
  })
  Stream<DynamicTest> changesSomethingOrItsNoteSaysThatItDoesNot() {
    return places().stream()
        .flatMap(place ->
            place.element().attributes().stream()
                .filter(attribute -> place.values().containsKey(attribute.name()))
                .map(attribute ->
                    DynamicTest.dynamicTest(
                        place.element().name() + " " + attribute.name() + ": " + place.name(),
                        () -> check(place, attribute))));
  }

  private static void check(Cursor place, Attribute attribute) {
    String name = attribute.name();
    String without =
        name.equals("name") || name.equals("value")
            ? place.with(place.usual()) // a Parameter has both
            : place.without(name);
    String with = place.with(name);
    assertEquals(List.of(), about(name, with), "the value is taken");
    boolean changes = false;
    for (Setting arranged : place.scenes()) {
      changes |= !observed(arranged, without).equals(observed(arranged, with));
    }
    assertEquals(
        !changes,
        attribute.note().startsWith(Grammar.CHANGES_NOTHING),
        () ->
            "'%s' is the note; without and with it: %s%n%s"
                .formatted(
                    attribute.note(),
                    observed(place.scenes().getFirst(), without),
                    observed(place.scenes().getFirst(), with)));
  }

  private static List<String> observed(Setting arranged, String document) {
    Scene scene = new Scene();
    arranged.arrange(scene);
    return scene.observed(document);
  }

  /** What the reader has to say of an attribute. */
  private static List<String> about(String attribute, String document) {
    return assertInstanceOf(Reading.Document.class, TwimlReader.read(document)).findings().stream()
        .map(finding -> finding.message())
        .filter(message -> message.contains(attribute))
        .toList();
  }

  @Test
  void noAttributeIsForgotten() {
    for (Element element : Grammar.ELEMENTS) {
      for (Attribute attribute : element.attributes()) {
        boolean tried =
            places().stream()
                .anyMatch(place ->
                    place.element().equals(element)
                        && place.values().containsKey(attribute.name()));
        assertEquals(
            attribute.support() != Support.NOT_EMULATED,
            tried,
            () -> element.name() + " " + attribute.name());
      }
    }
  }
}
