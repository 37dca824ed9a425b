package dev.ringback.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringback.fidelity.Fact;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a reader says of a document that is not as the page wants it: the place, Twilio's code, and
 * the sentence. What is skipped in silence is what somebody looks for all afternoon.
 */
class FindingsTest {
  private static final String SERVICE = "serviceInstanceSid='IS0123456789abcdef0123456789abcdef'";

  private static Reading.Document read(String verbs) {
    return assertInstanceOf(
        Reading.Document.class, TwimlReader.read("<Response>" + verbs + "</Response>"));
  }

  private static String lines(List<Finding> findings) {
    return findings.stream()
        .map(f -> "%d:%d %s %s".formatted(f.line(), f.column(), f.code(), f.message()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String said(String... documents) {
    StringBuilder said = new StringBuilder();
    for (String document : documents) {
      said.append(lines(read(document).findings()));
    }
    return said.toString();
  }

  @Test
  @Fact({"content.nesting-is-by-verb", "stream.parameters"})
  void ofConnect() {
    String said =
        said(
            "<Connect>text<Conversation " + SERVICE + "/></Connect>",
            "<Connect><Conversation " + SERVICE + "/><Stream url='wss://a.test/'/></Connect>",
            "<Connect/>",
            "<Connect><Say>x</Say></Connect>",
            "<Connect><Room>x</Room></Connect>",
            "<Connect><Conversation/></Connect>",
            "<Connect><Conversation " + SERVICE + ">text<Say/></Conversation></Connect>",
            "<Connect><Conversation " + SERVICE + " recordingStatusCallback='/r'/></Connect>",
            "<Connect><Conversation " + SERVICE + " trim='trim-silence'/></Connect>",
            "<Connect><Stream>text</Stream></Connect>",
            "<Connect><Stream url='wss://a.test/'><Parameter name='a'/><Parameter value='a'/><Say/></Stream></Connect>");
    assertEquals(
        """
        1:11 12200 Text is not allowed in <Connect>; it is ignored
        1:91 12200 <Connect> takes one noun; this <Stream> is ignored
        1:11 12200 <Connect> has no <Conversation> to connect to; it is skipped
        1:20 12200 <Say> is not allowed in <Connect>; it is ignored
        1:11 12200 <Connect> has no <Conversation> to connect to; it is skipped
        1:20 ringback <Connect><Room> is not emulated; it is skipped
        1:11 12200 <Connect> has no <Conversation> to connect to; it is skipped
        1:20 32501 <Conversation> needs serviceInstanceSid, the SID (IS…) of the Frontline Conversations Service
        1:94 12200 <Say> is not allowed in <Conversation>; it is ignored
        1:20 12200 Text is not allowed in <Conversation>; it is ignored
        1:90 12200 recordingStatusCallback should be an absolute URL; '/r' is resolved against the document's URL
        1:90 12200 trim has no effect without record
        1:20 12200 Text is not allowed in <Stream>; it is ignored
        1:20 12200 <Stream> needs a url, wss://…; it is skipped
        1:11 12200 <Connect> has no <Conversation> to connect to; it is skipped
        1:48 12200 <Parameter> needs a name and a value; it is ignored
        1:69 12200 <Parameter> needs a name and a value; it is ignored
        1:91 12200 <Say> is not allowed in <Stream>; it is ignored
        """,
        said);
  }

  @Test
  @Fact({"content.nesting-is-by-verb", "stream.url-and-name"})
  void ofStartAndStop() {
    String said =
        said(
            "<Start>text<Stream url='wss://a.test/'/><Recording/></Start>",
            "<Start/>",
            "<Stop/>",
            "<Stop><Say/></Stop>",
            "<Start><Siprec/></Start>",
            "<Start><Recording><Say/></Recording></Start>",
            "<Start><Stream url='http://a.test/'/></Start>");
    assertEquals(
        """
        1:11 12200 Text is not allowed in <Start>; it is ignored
        1:51 12200 <Start> takes one noun; this <Recording> is ignored
        1:11 12200 <Start> has nothing to start
        1:11 12200 <Stop> has nothing to stop
        1:17 12200 <Say> is not allowed in <Stop>; it is ignored
        1:11 12200 <Stop> has nothing to stop
        1:18 ringback <Start><Siprec> is not emulated; it is skipped
        1:11 12200 <Start> has nothing to start
        1:29 12200 <Say> is not allowed in <Recording>; it is ignored
        1:26 31922 url of <Stream> must be a wss:// URL, not 'http://a.test/'
        1:11 12200 <Start> has nothing to start
        """,
        said);
  }

  @Test
  @Fact({
    "content.nesting-is-by-verb",
    "dial.client-identity-length",
    "dial.sip-uri-headers",
    "enqueue.name-length"
  })
  void ofDial() {
    String said =
        said(
            "<Dial><Number>+15558675311<Say/></Number></Dial>",
            "<Dial><Client>bob</Client><Say/></Dial>",
            "<Dial><Client/></Dial>",
            "<Dial><Client>" + "b".repeat(257) + "</Client></Dial>",
            "<Dial><Sip>sip:bob@a.test<Say/></Sip></Dial>",
            "<Dial><Sip>bob</Sip></Dial>",
            "<Dial><Sip>sip:bob@a.test?" + "x".repeat(1024) + "</Sip></Dial>",
            "<Dial><Queue>q<Say/></Queue></Dial>",
            "<Dial><Queue>" + "q".repeat(65) + "</Queue></Dial>",
            "<Dial><Queue/></Dial>",
            "<Dial><Conference>c<Say/></Conference></Dial>",
            "<Dial><Conference>" + "c".repeat(129) + "</Conference></Dial>",
            "<Dial><Number>" + "n".repeat(61) + "</Number></Dial>",
            "<Dial><Number>123</Number></Dial>",
            "<Dial callerId='client:" + "b".repeat(250) + "'>+15558675311</Dial>");
    assertEquals(
        """
        1:37 12200 <Say> is not allowed in <Number>; it is ignored
        1:37 13215 <Say> is not allowed in <Dial>; it is ignored
        1:17 12200 <Client> must name an identity of at most 256 characters; it is skipped
        1:11 12200 <Dial> names nobody to call; it is skipped
        1:17 12200 <Client> must name an identity of at most 256 characters; it is skipped
        1:11 12200 <Dial> names nobody to call; it is skipped
        1:36 12200 <Say> is not allowed in <Sip>; it is ignored
        1:17 13243 'bob' is not a SIP URI, such as sip:alice@example.com; no leg is made
        1:17 13253 the headers of the SIP URI are longer than 1024 characters; no leg is made
        1:25 12200 <Say> is not allowed in <Queue>; it is ignored
        1:17 12200 <Queue> must hold a name of at most 64 characters; it is skipped
        1:11 12200 <Dial> names nobody to call; it is skipped
        1:17 12200 <Queue> must hold a name of at most 64 characters; it is skipped
        1:11 12200 <Dial> names nobody to call; it is skipped
        1:30 12200 <Say> is not allowed in <Conference>; it is ignored
        1:17 13237 <Conference> must hold a name of at most 128 characters; it is skipped
        1:11 12200 <Dial> names nobody to call; it is skipped
        1:17 13223 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…' is not a number that can be called; write it in E.164, such as +15558675310; no leg is made
        1:17 13224 '123' is not a number that can be called; write it in E.164, such as +15558675310; no leg is made
        1:17 13248 callerId of <Dial> is longer than 256 characters; the caller's own is shown
        """,
        said);
  }

  @Test
  @Fact({
    "content.nesting-is-by-verb",
    "errors.say-limits",
    "gather.child-verbs",
    "play.digits-go-without-text",
    "play.digits-not-in-a-gather",
    "record.max-length-with-transcribe"
  })
  void ofPrompts() {
    String said =
        said(
            "<Say>a<Number/></Say>",
            "<Say/>",
            "<Say>" + "a".repeat(4097) + "</Say>",
            "<Say voice='Polly.Joanna-Neural'>" + "a".repeat(3001) + "</Say>",
            "<Say>a<break time='soon'/></Say>",
            "<Say><prosody rate='fastest'>a</prosody></Say>",
            "<Play>/a.wav<Say/></Play>",
            "<Play/>",
            "<Play digits='1'>/a.wav</Play>",
            "<Pause><Say/></Pause>",
            "<Gather><Play digits='1'/><Dial/></Gather>",
            "<Gather input='speech' speechTimeout='auto' speechModel='default'/>",
            "<Record><Say/></Record>",
            "<Record transcribe='true' maxLength='121'/>");
    assertEquals(
        """
        1:17 12200 <Number> is not allowed in <Say>; it is ignored
        1:11 13520 <Say> has no text to speak; it is skipped
        1:11 13521 <Say> has 4097 characters, more than the 4096 of this voice; it is skipped
        1:11 13521 <Say> has 3001 characters, more than the 3000 of this voice; it is skipped
        1:24 12200 time of <break> must be a duration such as 2s or 300ms, not 'soon'
        1:25 13513 rate of <prosody> must be x-slow, slow, medium, fast, x-fast or a percentage, not 'fastest'
        1:23 12200 <Say> is not allowed in <Play>; it is ignored
        1:11 12200 <Play> names no file and no digits; it is skipped
        1:11 12200 <Play digits> holds no text; the digits are played
        1:18 12200 <Say> is not allowed in <Pause>; it is ignored
        1:19 13430 <Play digits> is not allowed in <Gather>; it is ignored
        1:37 13320 <Dial> is not allowed in <Gather>; it is ignored
        1:34 13335 speechTimeout="auto" does not go with speechModel="default"; leave one of them out
        1:19 12200 <Say> is not allowed in <Record>; it is ignored
        1:37 13615 a recording that is to be transcribed is at most 120 s long; nothing is transcribed
        """,
        said);
  }

  @Test
  @Fact({
    "content.nesting-is-by-verb",
    "content.unknown-parts-are-12200",
    "enqueue.name-length",
    "errors.code-12200"
  })
  void ofTheOthers() {
    String said =
        said(
            "text",
            "<Hangup><Say/></Hangup>",
            "<Leave><Say/></Leave>",
            "<Reject><Say/></Reject>",
            "<Redirect>/a<Say/></Redirect>",
            "<Enqueue>q<Say/></Enqueue>",
            "<Enqueue>" + "q".repeat(65) + "</Enqueue>",
            "<Enqueue/>",
            "<Pay/>",
            "<Sai/>",
            "<Say voce='a'>a</Say>",
            "\n  <Say\n    loop = 'x'>a</Say>");
    assertEquals(
        """
        1:1 12200 Text is not allowed in <Response>; it is ignored
        1:19 12200 <Say> is not allowed in <Hangup>; it is ignored
        1:18 12200 <Say> is not allowed in <Leave>; it is ignored
        1:19 12200 <Say> is not allowed in <Reject>; it is ignored
        1:23 12200 <Say> is not allowed in <Redirect>; it is ignored
        1:21 12200 <Say> is not allowed in <Enqueue>; it is ignored
        1:11 12200 <Enqueue> must hold the name of a queue, at most 64 characters; it is skipped
        1:11 12200 <Enqueue> must hold the name of a queue, at most 64 characters; it is skipped
        1:11 ringback <Pay> is not emulated; it is skipped
        1:11 12200 <Sai> is not allowed in <Response>; it is skipped; did you mean <Say>?
        1:16 12200 Attribute 'voce' is not allowed in <Say>; it is ignored; did you mean 'voice'?
        3:5 13510 loop of <Say> must be a whole number of at least 0, in 9 digits or fewer, not 'x'
        """,
        said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Dial><Queue>%64</Queue></Dial>",
        "<Dial><Conference>%128</Conference></Dial>",
        "<Dial><Client>%256</Client></Dial>",
        "<Dial><Sip>sip:a@b.test?%1023</Sip></Dial>",
        "<Dial callerId='client:%249'>+15558675311</Dial>",
        "<Enqueue>%64</Enqueue>",
        "<Say>%4096</Say>",
        "<Say voice='Polly.Joanna-Neural'>%3000</Say>",
        "<Record transcribe='true' maxLength='120'/>",
        "<Gather input='speech' hints='%100'/>",
        "<Gather numDigits='100000000'/>",
        "<Say>a<break time='99999ms'/></Say>",
        "<Say><prosody rate='110%'>a</prosody></Say>"
      })
  @Fact({
    "dial.client-identity-length",
    "enqueue.name-length",
    "errors.say-limits",
    "record.max-length-with-transcribe"
  })
  void theLongestIsTaken(String document) {
    String written =
        java.util.regex.Pattern.compile("%(\\d+)")
            .matcher(document)
            .replaceAll(m -> "1".repeat(Integer.parseInt(m.group(1))));
    Reading.Document read = read(written);
    assertEquals("\n", lines(read.findings()));
    assertEquals(1, read.verbs().size());
  }

  @Test
  void fiveHundredHintsAreTakenAndNotOneMore() {
    String hints = "a,".repeat(499);
    assertEquals("\n", said("<Gather input='speech' hints='" + hints + "a'/>"));
    assertEquals(1, read("<Gather input='speech' hints='" + hints + "a,a'/>").findings().size());
    assertEquals(
        1, read("<Gather input='speech' hints='" + "h".repeat(101) + "'/>").findings().size());
  }

  @Test
  void breaksTakeTheirTime() {
    assertEquals(Duration.ofMillis(300), breaks("<break time='300ms'/>"));
    assertEquals(Duration.ofSeconds(2), breaks("<break time='2s'/>"));
    assertEquals(Duration.ofSeconds(5), breaks("<s><break time='2s'/></s><break time='3s'/>"));
    assertEquals(Duration.ZERO, breaks("<break strength='none'/>"));
    assertEquals(breaks("<break/>"), breaks("<break strength='medium'/>"));
    assertEquals(breaks("<break/>"), breaks("<break time='soon'/>"));
    assertEquals(Duration.ofMinutes(10), breaks("<break time='599s'/><break time='1s'/>"));
    assertEquals(Duration.ofMinutes(10), breaks("<break time='599s'/><break time='2s'/>"));
  }

  private static Duration breaks(String ssml) {
    return ((Verb.Say) read("<Say>a" + ssml + "</Say>").verbs().getFirst()).breaks();
  }

  private static Finding refused(String text) {
    return assertInstanceOf(Reading.Unreadable.class, TwimlReader.read(text), text).problem();
  }

  @Test
  @Fact("content.other-root-is-12102")
  void ofWhatIsNoDocument() {
    StringBuilder said = new StringBuilder();
    for (String text :
        List.of(
            "",
            " ",
            "hello",
            " <?xml version='1.0'?><Response/>",
            "<!DOCTYPE Response><Response/>",
            "<response/>")) {
      said.append(lines(List.of(refused(text))));
    }
    assertEquals(
        """
        1:1 12100 The document is empty; answer <Response/> to do nothing
        1:1 12100 The document is empty; answer <Response/> to do nothing
        1:1 12100 Not well-formed XML: it begins with text, not with an element
        1:7 12100 Not well-formed XML: <?xml …?> must be the very first of it; something, perhaps white space, stands before
        1:1 12100 Not well-formed XML: a document type declaration (DOCTYPE) is not allowed; remove it
        1:1 12102 The root element must be <Response> (its case matters), not <response>
        """,
        said.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          <Response>                                          ; 1 ; 11
          <Response>\\n  <Say>a</Play>\\n</Response>          ; 2 ; 11
          <Response><Say>&nbsp</Say></Response>              ; 1 ; 21
          <Response a='1' a='2'/>                             ; 1 ; 24
          <Response><Say>a & b</Say></Response>               ; 1 ; 19
          <Response/><Response/>                              ; 1 ; 13
          """)
  @Fact("content.no-xml-is-12100")
  void whatIsNotWellFormedHasItsPlace(String text, int line, int column) {
    Finding problem = refused(text.replace("\\n", "\n"));
    assertEquals("12100", problem.code());
    assertEquals(List.of(line, column), List.of(problem.line(), problem.column()));
  }

  @Test
  void elementsMayBeNestedAndManyUpToALimit() {
    String nested = "<Say>".repeat(XmlTree.MAX_DEPTH - 1);
    String closed = "</Say>".repeat(XmlTree.MAX_DEPTH - 1);
    read(nested + closed);
    assertInstanceOf(
        Reading.Unreadable.class,
        TwimlReader.read("<Response><Say>" + nested + closed + "</Say></Response>"));
    read("<Pause/>".repeat(XmlTree.MAX_ELEMENTS - 1));
    assertInstanceOf(
        Reading.Unreadable.class,
        TwimlReader.read("<Response>" + "<Pause/>".repeat(XmlTree.MAX_ELEMENTS) + "</Response>"));
  }
}
