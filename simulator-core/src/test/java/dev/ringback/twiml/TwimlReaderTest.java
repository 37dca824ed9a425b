package dev.ringback.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Conversation;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Play;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.Reading.Document;
import dev.ringback.twiml.Reading.Unreadable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlReaderTest {
  private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";

  private static Document read(String twiml) {
    return assertInstanceOf(Document.class, TwimlReader.read(twiml), twiml);
  }

  private static Finding refused(String twiml) {
    return assertInstanceOf(Unreadable.class, TwimlReader.read(twiml), twiml).problem();
  }

  private static Noun noun(String attributes) {
    Document document =
        read("<Response><Connect><Conversation " + attributes + "/></Connect></Response>");
    return ((Verb.Connect) document.verbs().getFirst()).noun();
  }

  private static Noun.Conversation conversation(String attributes) {
    return assertInstanceOf(
        Noun.Conversation.class,
        noun("serviceInstanceSid='" + SERVICE + "' " + attributes),
        attributes);
  }

  // What the official library writes

  @Test
  @Fact({
    "connect.conversation-has-a-method",
    "connect.conversation-lists-by-spaces",
    "connect.nouns",
    "frontline-voice.method-attribute",
    "frontline-voice.status-events-are-four"
  })
  void theOfficialLibrarysConversationIsReadAttributeByAttribute() {
    Conversation official =
        new Conversation.Builder()
            .serviceInstanceSid(SERVICE)
            .inboundAutocreation(false)
            .routingAssignmentTimeout(11)
            .inboundTimeout(22)
            .record(Conversation.Record.RECORD_FROM_RINGING_DUAL)
            .trim(Conversation.Trim.TRIM_SILENCE)
            .recordingStatusCallback("https://a.test/rec?x=1&y=2")
            .recordingStatusCallbackMethod(HttpMethod.GET)
            .recordingStatusCallbackEvents(
                List.of(
                    Conversation.RecordingEvent.IN_PROGRESS, Conversation.RecordingEvent.COMPLETED))
            .statusCallback("https://a.test/status")
            .statusCallbackMethod(HttpMethod.GET)
            .statusCallbackEvents(
                List.of(Conversation.Event.CALL_RINGING, Conversation.Event.CALL_ANSWERED))
            .url("https://a.test/whisper")
            .method(HttpMethod.GET)
            .build();
    String twiml =
        new VoiceResponse.Builder()
            .connect(
                new Connect.Builder()
                    .action("/after")
                    .method(HttpMethod.GET)
                    .conversation(official)
                    .build())
            .build()
            .toXml();
    Document document = read(twiml);
    assertEquals(List.of(), document.findings());
    Verb.Connect connect = (Verb.Connect) document.verbs().getFirst();
    assertEquals("/after", connect.action());
    assertEquals(dev.ringback.twiml.HttpMethod.GET, connect.method());
    Noun.Conversation noun = (Noun.Conversation) connect.noun();
    assertEquals(SERVICE, noun.serviceInstanceSid().value());
    assertEquals(false, noun.inboundAutocreation());
    assertEquals(Duration.ofSeconds(11), noun.routingAssignmentTimeout());
    assertEquals(Duration.ofSeconds(22), noun.inboundTimeout());
    assertEquals(RecordMode.RECORD_FROM_RINGING_DUAL, noun.recording().mode());
    assertEquals(Trim.TRIM_SILENCE, noun.recording().trim());
    assertEquals("https://a.test/rec?x=1&y=2", noun.recording().callback().url());
    assertEquals(dev.ringback.twiml.HttpMethod.GET, noun.recording().callback().method());
    assertEquals(
        EnumSet.of(RecordingEvent.IN_PROGRESS, RecordingEvent.COMPLETED),
        noun.recording().callback().events());
    assertEquals("https://a.test/status", noun.statusCallback().url());
    assertEquals(dev.ringback.twiml.HttpMethod.GET, noun.statusCallback().method());
    assertEquals(
        EnumSet.of(SessionEvent.CALL_RINGING, SessionEvent.CALL_ANSWERED),
        noun.statusCallback().events());
    assertEquals("https://a.test/whisper", noun.url());
    assertEquals(dev.ringback.twiml.HttpMethod.GET, noun.method());
  }

  @Test
  @Fact("record.status-callback-event")
  void theOfficialLibrarysOtherVerbsAreRead() {
    String twiml =
        new VoiceResponse.Builder()
            .say(new Say.Builder("Hello & welcome").voice(Say.Voice.WOMAN).loop(2).build())
            .play(new Play.Builder("https://a.test/a.mp3").loop(3).build())
            .play(new Play.Builder().digits("1w2").build())
            .pause(new Pause.Builder().length(4).build())
            .gather(
                new Gather.Builder()
                    .action("/g")
                    .numDigits(1)
                    .timeout(7)
                    .finishOnKey("*")
                    .actionOnEmptyResult(true)
                    .say(new Say.Builder("Press").build())
                    .build())
            .record(
                new Record.Builder()
                    .action("/r")
                    .timeout(3)
                    .maxLength(30)
                    .finishOnKey("1")
                    .playBeep(false)
                    .trim(Record.Trim.DO_NOT_TRIM)
                    .recordingStatusCallback("/rs")
                    .build())
            .redirect(new Redirect.Builder("/next").method(HttpMethod.GET).build())
            .reject(new Reject.Builder().reason(Reject.Reason.BUSY).build())
            .hangup(new Hangup.Builder().build())
            .build()
            .toXml();
    Document document = read(twiml);
    assertEquals(List.of(), document.findings());
    assertEquals(
        List.of(
            new Verb.Say("Hello & welcome", "woman", "en-US", 2, Duration.ZERO),
            new Verb.Play("https://a.test/a.mp3", 3, null, null),
            new Verb.Play("", 1, "1w2", null),
            new Verb.Pause(Duration.ofSeconds(4)),
            new Verb.Gather(
                "/g",
                dev.ringback.twiml.HttpMethod.POST,
                true,
                null,
                Duration.ofSeconds(7),
                "*",
                1,
                true,
                List.of(new Verb.Say("Press"))),
            new Verb.Record(
                "/r",
                dev.ringback.twiml.HttpMethod.POST,
                Duration.ofSeconds(3),
                "1",
                Duration.ofSeconds(30),
                false,
                Trim.DO_NOT_TRIM,
                new Hook<>(
                    "/rs",
                    dev.ringback.twiml.HttpMethod.POST,
                    EnumSet.of(RecordingEvent.COMPLETED)),
                false,
                null),
            new Verb.Redirect("/next", dev.ringback.twiml.HttpMethod.GET),
            new Verb.Reject(true),
            new Verb.Hangup()),
        document.verbs());
  }

  // The page's table

  @Test
  @Fact({
    "connect.conversation-has-a-method",
    "connect.event-completed-is-call-completed",
    "connect.recording-events-of-the-table",
    "frontline-routing.timeout-is-five-seconds",
    "known-problems.default-of-recording-event",
    "known-problems.default-of-status-event"
  })
  void defaultsOfThePagesTable() {
    Noun.Conversation noun = conversation("");
    assertEquals(true, noun.inboundAutocreation());
    assertEquals(Duration.ofSeconds(5), noun.routingAssignmentTimeout());
    assertEquals(Duration.ofSeconds(60), noun.inboundTimeout());
    assertEquals(RecordMode.DO_NOT_RECORD, noun.recording().mode());
    assertEquals(Trim.DO_NOT_TRIM, noun.recording().trim());
    assertNull(noun.recording().callback().url());
    assertEquals(dev.ringback.twiml.HttpMethod.POST, noun.recording().callback().method());
    assertEquals(
        EnumSet.of(RecordingEvent.COMPLETED, RecordingEvent.ABSENT),
        noun.recording().callback().events());
    assertNull(noun.statusCallback().url());
    assertEquals(dev.ringback.twiml.HttpMethod.POST, noun.statusCallback().method());
    assertEquals(EnumSet.of(SessionEvent.CALL_COMPLETED), noun.statusCallback().events());
    assertNull(noun.url());
    assertEquals(dev.ringback.twiml.HttpMethod.POST, noun.method());
  }

  @ParameterizedTest
  @CsvSource({
    "do-not-record, DO_NOT_RECORD",
    "record-from-answer, RECORD_FROM_ANSWER",
    "record-from-answer-dual, RECORD_FROM_ANSWER_DUAL",
    "record-from-ringing, RECORD_FROM_RINGING",
    "record-from-ringing-dual, RECORD_FROM_RINGING_DUAL",
    "true, TRUE",
    "false, FALSE",
  })
  void theSevenRecordValues(String written, RecordMode mode) {
    assertEquals(mode, conversation("record='" + written + "'").recording().mode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inboundAutocreation='yes'",
        "inboundAutocreation=''",
        "routingAssignmentTimeout='0'",
        "routingAssignmentTimeout='-1'",
        "routingAssignmentTimeout='1.5'",
        "inboundTimeout='abc'",
        "inboundTimeout='99999999999'",
        "record='always'",
        "trim='yes'",
        "recordingStatusCallback='ftp://a.test/x'",
        "recordingStatusCallbackMethod='PUT'",
        "recordingStatusCallbackEvent='failed'",
        "statusCallbackEvent='call-ringing,call-answered'",
        "statusCallbackEvent='call-in-progress'",
        "method='DELETE'",
      })
  @Fact({
    "connect.unknown-attributes",
    "conversation-errors.32501",
    "errors.code-32501",
    "frontline-voice.status-events-are-four"
  })
  void aWrongValueIsError32501WithItsPlace(String attribute) {
    String twiml =
        "<Response>\n<Connect>\n  <Conversation serviceInstanceSid='%s' %s/></Connect></Response>"
            .formatted(SERVICE, attribute);
    Document document = read(twiml);
    Noun noun = ((Verb.Connect) document.verbs().getFirst()).noun();
    Finding problem = assertInstanceOf(Noun.InvalidConversation.class, noun).problem();
    assertEquals("32501", problem.code());
    assertEquals(3, problem.line());
    assertEquals(73, problem.column(), problem.message());
    assertTrue(problem.message().startsWith(attribute.substring(0, attribute.indexOf('='))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "recordingStatusCallbackEvent='completed  absent'|completed absent",
        "recordingStatusCallbackEvent='absent\tcompleted'|absent completed",
        "recordingStatusCallbackEvent='COMPLETED completed'|completed",
        "statusCallbackMethod='get'|GET",
        "statusCallbackEvent='completed'|call-completed",
        "statusCallbackEvent='initiated ringing answered completed'"
            + "|call-initiated call-ringing call-answered call-completed",
        "statusCallbackEvent='call-ringing  call-completed'|call-ringing call-completed",
        "statusCallbackEvent=' call-ringing'|call-ringing",
        "statusCallbackEvent='call-ringing call-ringing'|call-ringing",
        "statusCallbackEvent='Call-Ringing'|call-ringing",
        "inboundAutocreation='TRUE'|true",
        "inboundTimeout=' 20 '|20",
        "record='Record-From-Answer'|record-from-answer",
        "trim=' trim-silence'|trim-silence",
        "url=' /whisper '|/whisper",
        "statusCallback=''|empty",
        "recordingStatusCallback=' '|empty",
        "url=''|empty",
      })
  @Fact("connect.event-completed-is-call-completed")
  void aBlemishIsMendedWithAWarning(String attribute, String meant) {
    String twiml =
        "<Response>\n<Connect>\n  <Conversation serviceInstanceSid='%s' %s/></Connect></Response>"
            .formatted(SERVICE, attribute.replace("\t", "&#9;"));
    Document document = read(twiml);
    Noun noun = ((Verb.Connect) document.verbs().getFirst()).noun();
    assertInstanceOf(Noun.Conversation.class, noun);
    Finding warning = document.findings().getFirst();
    assertEquals("12200", warning.code());
    assertEquals(3, warning.line());
    assertEquals(73, warning.column(), warning.message());
    assertTrue(
        warning.message().contains(meant.equals("empty") ? "is empty" : "taken as '" + meant + "'"),
        warning.message());
    Reading strict = TwimlReader.read(twiml, WrongAttribute.REFUSE);
    Verb.Connect refused = (Verb.Connect) ((Document) strict).verbs().getFirst();
    assertEquals(
        "32501", assertInstanceOf(Noun.InvalidConversation.class, refused.noun()).problem().code());
  }

  @Test
  void aMistypedElementOrAttributeIsAnsweredWithTheNearest() {
    Document document =
        read("<Response><Conect/><Connect acton='/x'><Conversaton/></Connect></Response>");
    List<String> said = document.findings().stream().map(Finding::message).toList();
    assertTrue(said.get(0).endsWith("did you mean <Connect>?"), said.get(0));
    assertTrue(said.get(1).endsWith("did you mean 'action'?"), said.get(1));
    assertTrue(said.get(2).endsWith("did you mean <Conversation>?"), said.get(2));
  }

  @Test
  @Fact("connect.warning-that-the-call-ends")
  void whatFollowsASessionAndWhatItsUrlsComeToIsForeseen() {
    String connect = "<Connect%s><Conversation serviceInstanceSid='" + SERVICE + "'/></Connect>";
    assertOutlook("the call ends", "<Response>" + connect.formatted("") + "</Response>");
    assertOutlook(
        "beginning with <Say>", "<Response>" + connect.formatted("") + "<Say>Bye</Say></Response>");
    assertOutlook(
        "this document is requested again",
        "<Response>" + connect.formatted(" action=''") + "</Response>");
    assertOutlook(
        "asks action '/after'",
        "<Response>" + connect.formatted(" action='/after'") + "</Response>");
    assertOutlook("has the scheme ftp", "<Response><Redirect>ftp://a.test/x</Redirect></Response>");
    assertOutlook(
        "write %25 for a percent sign", "<Response><Gather action='/x?a=100%'/></Response>");
  }

  private static void assertOutlook(String part, String twiml) {
    Document document = read(twiml);
    String said = document.outlook().getFirst().message();
    assertTrue(said.contains(part), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "serviceInstanceSid='ISxxxx'", "serviceInstanceSid=''"})
  @Fact({"connect.unknown-attributes", "errors.code-32501"})
  void theServiceSidIsRequiredAndWellFormed(String attribute) {
    Noun noun = noun(attribute);
    assertEquals("32501", assertInstanceOf(Noun.InvalidConversation.class, noun).problem().code());
  }

  @Test
  @Fact({"connect.unknown-attributes", "content.unknown-parts-are-12200", "errors.code-12200"})
  void anUnknownAttributeIsWarning12200AndIgnored() {
    Document document =
        read(
            "<Response><Connect><Conversation serviceInstanceSid='%s' inboundTimout='3'/></Connect></Response>"
                .formatted(SERVICE));
    assertInstanceOf(Noun.Conversation.class, ((Verb.Connect) document.verbs().getFirst()).noun());
    assertEquals("12200", document.findings().getFirst().code());
    assertEquals(Level.WARNING, document.findings().getFirst().level());
  }

  /** They are of other nouns, or of verbs. */
  @ParameterizedTest
  @ValueSource(strings = {"recordingTrack='both'", "callerId='+15017122661'", "timeout='3'"})
  @Fact("connect.conversation-has-no-others")
  void anAttributeOfOthersIsUnknownToAConversation(String attribute) {
    Document document =
        read(
            "<Response><Connect><Conversation serviceInstanceSid='%s' %s/></Connect></Response>"
                .formatted(SERVICE, attribute));
    assertInstanceOf(Noun.Conversation.class, ((Verb.Connect) document.verbs().getFirst()).noun());
    assertEquals(List.of("12200"), document.findings().stream().map(Finding::code).toList());
  }

  /** Every attribute of every element takes its default, and says what it must be. */
  @Test
  void everyDefaultInTheGrammarIsAllowedByItsOwnType() {
    for (Grammar.Element element : Grammar.ELEMENTS) {
      for (Grammar.Attribute attribute : element.attributes()) {
        String value = attribute.defaultValue();
        if (value != null) {
          assertNotNull(
              attribute.whenLeftOut(),
              () -> element.name() + "/" + attribute.name() + " refuses its default " + value);
        }
      }
    }
  }

  // Codes

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12100 | 1 | ''",
        "12100 | 1 | {\"say\": \"hello\"}",
        "12100 | 1 | plain words",
        "12100 | 1 | <Response>",
        "12100 | 1 | <Response><Say>a</Response>",
        "12100 | 1 | <Response>&nbsp;</Response>",
        "12100 | 1 | <!DOCTYPE Response [<!ENTITY a 'b'>]><Response>&a;</Response>",
        "12100 | 1 | <!DOCTYPE html><Response/>",
        "12102 | 1 | <response/>",
        "12102 | 1 | <html><body/></html>",
        "12101 | 1 | <Response version='3'/>",
      })
  @Fact({
    "content.names-are-case-sensitive",
    "content.no-xml-is-12100",
    "content.other-root-is-12102",
    "errors.code-12100",
    "errors.code-12101",
    "errors.code-12102"
  })
  void whatMakesADocumentUnreadable(String code, int line, String twiml) {
    Finding problem = refused(twiml);
    assertEquals(code, problem.code(), problem.message());
    assertEquals(line, problem.line());
    assertEquals(Level.ERROR, problem.level());
  }

  @Test
  @Fact({"content.too-large-is-11750", "errors.code-11750"})
  void moreThan64KilobytesIsError11750() {
    assertEquals(
        "11750",
        refused("<Response><!--" + "x".repeat(TwimlReader.MAX_BYTES) + "--></Response>").code());
    assertEquals(
        "11750",
        refused("<Response><Say>" + "€".repeat(TwimlReader.MAX_BYTES / 3) + "</Say></Response>")
            .code());
    String largest = "<Response><Say>%s</Say></Response>";
    read(largest.formatted("x".repeat(TwimlReader.MAX_BYTES - largest.length() + 2)));
  }

  @Test
  void deepAndManyElementsAreBounded() {
    String deep = "<Response>" + "<Say>".repeat(1000) + "</Say>".repeat(1000) + "</Response>";
    assertEquals("12100", refused(deep).code());
    assertTrue(refused(deep).message().contains("deeper"));
    String many = "<Response>" + "<Hangup/>".repeat(6000) + "</Response>";
    assertEquals("12100", refused(many).code());
  }

  @Test
  void anExternalEntityIsNeverLookedAt() {
    Finding problem =
        refused(
            "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Response><Say>&x;</Say></Response>");
    assertTrue(problem.message().contains("DOCTYPE"), problem.message());
  }

  @Test
  void linesAndColumnsAreExactAfterEmptyElementsAndInLongDocuments() {
    String filler = ("  <Pause/>" + " ".repeat(60) + "\n").repeat(800);
    Document document = read("<Response>\n" + filler + "  <Pay/><Foo/>\n</Response>");
    assertEquals(2, document.findings().size());
    assertEquals(802, document.findings().get(0).line());
    assertEquals(3, document.findings().get(0).column());
    assertEquals(9, document.findings().get(1).column());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pay", "Prompt", "Echo", "Sms"})
  void aVerbThatIsMissingIsNamed(String verb) {
    Document document = read("<Response><" + verb + "/><Hangup/></Response>");
    assertEquals(List.of(new Verb.NotEmulated(verb), new Verb.Hangup()), document.verbs());
    assertTrue(document.findings().getFirst().message().contains("<" + verb + "> is not emulated"));
    assertEquals("ringback", document.findings().getFirst().code());
  }

  @Test
  void attributesThatAreMissingAreNamed() {
    Document document =
        read(
            "<Response><Gather debug='true'/><Dial callReason='a' events='b'>+15558675310</Dial></Response>");
    assertEquals(3, document.findings().size());
    assertTrue(document.findings().getFirst().message().contains("not emulated"));
  }

  @Test
  @Fact("content.comments-and-space-are-ignored")
  void commentsAndSpaceBetweenElementsMeanNothing() {
    Document document =
        read(
            """
            <!-- a -->
            <Response>
              <!-- <Say>b</Say> -->

              <Gather>\t<!-- c --> <Say>d</Say>
              </Gather>
              <Hangup/> <!-- e -->
            </Response>
            <!-- f -->
            """);
    assertEquals(
        read("<Response><Gather><Say>d</Say></Gather><Hangup/></Response>").verbs(),
        document.verbs());
    assertEquals(List.of(), document.findings());
  }

  @Test
  void aByteOrderMarkAndAnXmlDeclarationAreFine() {
    read("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>");
  }
}
