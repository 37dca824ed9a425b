package dev.ringback.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The tables of docs/voice/twiml, written down once more by hand in {@code verb-tables.csv}: every
 * attribute is read, has its default, takes its values, and answers others with its code.
 */
class VerbTablesTest {
  /** Where an element may stand, and what it holds. */
  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("Say", "<Say %s>hello</Say>"),
          Map.entry("Play", "<Play %s>/a.mp3</Play>"),
          Map.entry("Pause", "<Pause %s/>"),
          Map.entry("Gather", "<Gather %s/>"),
          Map.entry("Gather/Say", "<Gather><Say %s>hello</Say></Gather>"),
          Map.entry("Record", "<Record %s/>"),
          Map.entry("Dial", "<Dial %s>+15558675311</Dial>"),
          Map.entry("Number", "<Dial><Number %s>+15558675311</Number></Dial>"),
          Map.entry("Client", "<Dial><Client %s>bob</Client></Dial>"),
          Map.entry("Sip", "<Dial><Sip %s>sip:bob@example.com</Sip></Dial>"),
          Map.entry("Queue", "<Dial><Queue %s>q</Queue></Dial>"),
          Map.entry("Conference", "<Dial><Conference %s>c</Conference></Dial>"),
          Map.entry("Enqueue", "<Enqueue %s>q</Enqueue>"),
          Map.entry("Connect", "<Connect %s><Stream url='wss://a.test/s'/></Connect>"),
          Map.entry("Redirect", "<Redirect %s>/next</Redirect>"),
          Map.entry("Reject", "<Reject %s/>"),
          Map.entry("Start/Stream", "<Start><Stream url='wss://a.test/s' %s/></Start>"),
          Map.entry("Connect/Stream", "<Connect><Stream url='wss://a.test/s' %s/></Connect>"),
          Map.entry("Start/Recording", "<Start><Recording %s/></Start>"));

  /** Read into the table, and of no consequence; docs/EMULATED.md says so. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("Conference beep", "Start/Recording channels");

  private static Reading.Document read(String place, String name, String attribute) {
    String template = String.valueOf(PLACES.get(place));
    if (place.equals("Gather") && !name.equals("input")) {
      template = "<Gather input='dtmf speech' %s/>"; // most of its attributes are about speech
    } else if (place.equals("Play") && name.equals("digits")) {
      template = "<Play %s/>";
    }
    String document = "<Response>" + template.formatted(attribute) + "</Response>";
    return assertInstanceOf(Reading.Document.class, TwimlReader.read(document));
  }

  private static List<Finding> findings(String place, String attribute, String value) {
    return read(place, attribute, attribute + "=\"" + value + "\"").findings();
  }

  /** A value that is not the default must be in the verb, or it was read for nothing. */
  private static void reachesTheVerb(String place, Attribute attribute, String value) {
    String name = attribute.name();
    if (WITHOUT_EFFECT.contains(place + " " + name)) {
      return;
    }
    List<Verb> without = read(place, name, "").verbs();
    List<Verb> with = read(place, name, name + "=\"" + value + "\"").verbs();
    boolean isDefault = value.equals(attribute.defaultValue());
    boolean same = without.equals(with);
    assertEquals(isDefault, same, place + " " + name + "=" + value + ": " + with);
  }

  private static Element element(String place) {
    return switch (place) {
      case "Gather/Say" -> PromptTables.SAY_IN_GATHER;
      case "Start/Stream" -> ConnectTables.STREAM;
      case "Connect/Stream" -> ConnectTables.CONNECT_STREAM;
      case "Start/Recording" -> ConnectTables.CALL_RECORDING;
      default ->
          Grammar.ELEMENTS.stream().filter(e -> e.name().equals(place)).findFirst().orElseThrow();
    };
  }

  @ParameterizedTest
  @CsvFileSource(resources = "verb-tables.csv", delimiter = '|', numLinesToSkip = 2)
  @Fact({
    "connect.method",
    "dial.action-and-method",
    "dial.answer-on-bridge",
    "dial.client-attributes",
    "dial.conference-defaults",
    "dial.conference-events",
    "dial.conference-label-and-status",
    "dial.conference-recording",
    "dial.conference-wait-url",
    "dial.hangup-on-star",
    "dial.number-attributes",
    "dial.number-events",
    "dial.queue-attributes",
    "dial.record",
    "dial.recording-status-callback",
    "dial.recording-track",
    "dial.ring-tone",
    "dial.sequential",
    "dial.sip-attributes",
    "dial.time-limit",
    "dial.timeout",
    "dial.trim",
    "enqueue.action-and-method",
    "enqueue.max-queue-size",
    "enqueue.wait-url-method",
    "errors.code-13233",
    "errors.codes-conference",
    "errors.codes-dial",
    "errors.codes-gather",
    "errors.codes-gather-nested",
    "errors.codes-number",
    "errors.codes-of-other-verbs",
    "errors.codes-play",
    "errors.codes-record",
    "errors.codes-say",
    "errors.codes-sip",
    "gather.action",
    "gather.action-on-empty-result",
    "gather.barge-in-and-max-speech-time",
    "gather.finish-on-key",
    "gather.input",
    "gather.method",
    "gather.num-digits",
    "gather.partial-result-callback",
    "gather.recognition-attributes",
    "gather.speech-timeout",
    "gather.timeout",
    "play.digits",
    "play.loop",
    "record.action-and-method",
    "record.finish-on-key",
    "record.max-length",
    "record.max-length-limit",
    "record.play-beep",
    "record.status-callback",
    "record.status-callback-event",
    "record.timeout",
    "record.transcribe",
    "record.trim",
    "redirect.method-and-text",
    "redirect.reject-reason",
    "say.language",
    "say.loop",
    "say.pause-length",
    "say.voice",
    "status-callbacks.dialled-leg-default-is-completed",
    "status-callbacks.dialled-leg-events-by-space",
    "stream.start-recording-attributes",
    "stream.status-callback",
    "stream.track",
    "stream.track-in-connect",
    "stream.url-and-name"
  })
  void theRow(String place, String name, String byDefault, String good, String bad, String code) {
    Attribute attribute = element(place).attribute(name).orElseThrow();
    if (attribute.support() == Support.NOT_EMULATED) {
      assertEquals("not emulated", code, place + " " + name);
      List<Finding> said = findings(place, name, good == null ? "x" : values(good).getFirst());
      assertEquals("ringback", said.getFirst().code());
      assertTrue(said.getFirst().message().contains("not emulated"), said::toString);
      return;
    }
    assertEquals(byDefault, attribute.defaultValue(), place + " " + name + ": default");
    for (String value : values(good)) {
      assertEquals(List.of(), findings(place, name, value), place + " " + name + "=" + value);
      reachesTheVerb(place, attribute, value);
    }
    for (String value : values(bad)) {
      List<Finding> said = findings(place, name, value);
      assertTrue(!said.isEmpty(), place + " " + name + "=" + value + " is taken");
      assertEquals(code, said.getFirst().code(), place + " " + name + "=" + value);
    }
  }

  private static List<String> values(String cell) {
    return cell == null
        ? List.of()
        : Arrays.stream(cell.split(" ; ", -1)).map(v -> v.equals("(empty)") ? "" : v).toList();
  }

  /** Twilio has them, here they do not happen: whoever waits for them is told. */
  @Test
  void eventsThatNeverHappenAreNamed() {
    List<Finding> said =
        findings(
            "Conference", "statusCallbackEvent", "start mute hold modify speaker announcement");
    assertEquals(5, said.size(), said::toString);
    assertTrue(said.stream().allMatch(f -> f.message().contains("never happens")), said::toString);
  }

  /** An attribute without a row has been forgotten here, or is one too many there. */
  @Test
  void everyAttributeHasARow() throws Exception {
    TreeSet<String> rows = new TreeSet<>();
    try (var lines =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(
                java.util.Objects.requireNonNull(
                    VerbTablesTest.class.getResourceAsStream("verb-tables.csv")),
                java.nio.charset.StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(2)
          .map(l -> l.split("\\|", -1))
          .forEach(c -> rows.add(c[0].strip() + " " + c[1].strip()));
    }
    for (String place : PLACES.keySet()) {
      for (Attribute attribute : element(place).attributes()) {
        boolean mandatory = attribute.name().equals("url") && place.endsWith("/Stream");
        assertTrue(
            mandatory || rows.contains(place + " " + attribute.name()),
            place + " " + attribute.name() + " has no row");
      }
    }
  }
}
