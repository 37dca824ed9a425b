package dev.ringback.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a document beyond single values, and the code the dictionary has for it. */
class CodesTest {
  private static final String LONG = "x";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "13215 | <Dial><Number>+15558675311</Number><Conference>c</Conference></Dial>",
        "13215 | <Dial><Say>hello</Say>+15558675311</Dial>",
        "13223 | <Dial>call me</Dial>",
        "13224 | <Dial>0123</Dial>",
        "13237 | <Dial><Conference></Conference></Dial>",
        "13239 | <Dial><Conference trim=\"nope\">c</Conference></Dial>",
        "13243 | <Dial><Sip>bob@example.com</Sip></Dial>",
        "13248 | <Dial callerId=\"client:{300}\">+15558675311</Dial>",
        "13250 | <Dial>{11 numbers}</Dial>",
        "13253 | <Dial><Sip>sip:bob@example.com?X-A={1100}</Sip></Dial>",
        "13320 | <Gather><Record/></Gather>",
        "13335 | <Gather input=\"speech\" speechTimeout=\"auto\" speechModel=\"default\"/>",
        "13430 | <Gather><Play digits=\"1\"/></Gather>",
        "13513 | <Say><prosody rate=\"hasty\">hello</prosody></Say>",
        "13520 | <Say></Say>",
        "13521 | <Say>{4097}</Say>",
        "13521 | <Say voice=\"Polly.Joanna-Neural\">{3001}</Say>",
        "13615 | <Record transcribe=\"true\" maxLength=\"121\"/>",
        "31922 | <Start><Stream url=\"https://a.test/s\"/></Start>",
        "31941 | <Connect><Stream url=\"wss://a.test/s\" track=\"both_tracks\"/></Connect>",
        "12200 | <Play digits=\"1\">/a.mp3</Play>",
        "12200 | <Connect/>",
        "12200 | <Enqueue/>",
        "12200 | <Dial/>",
        "12200 | <Stop/>",
        "12200 | <Start><Stream/></Start>",
        "ringback | <Dial record=\"true\"><Conference>c</Conference></Dial>",
        "ringback | <Enqueue>q<Task>{}</Task></Enqueue>",
        "ringback | <Start><Siprec/></Start>",
        "ringback | <Dial><WhatsApp>+15558675311</WhatsApp></Dial>",
      })
  @Fact({
    "dial.at-most-ten",
    "errors.codes-conference",
    "errors.codes-dial",
    "errors.codes-gather",
    "errors.codes-gather-nested",
    "errors.codes-number",
    "errors.codes-play",
    "errors.codes-record",
    "errors.codes-say",
    "errors.codes-sip",
    "errors.say-limits",
    "gather.child-verbs",
    "play.digits-go-without-text",
    "play.digits-not-in-a-gather",
    "stream.track-in-connect",
    "stream.url-and-name"
  })
  void theCodeOf(String code, String verb) {
    String twiml =
        verb.replace("{11 numbers}", "<Number>+15558675311</Number>".repeat(11))
            .replace("{300}", LONG.repeat(300))
            .replace("{1100}", LONG.repeat(1_100))
            .replace("{3001}", LONG.repeat(3_001))
            .replace("{4097}", LONG.repeat(4_097));
    Reading.Document document =
        assertInstanceOf(
            Reading.Document.class, TwimlReader.read("<Response>\n  " + twiml + "\n</Response>"));
    Finding first = document.findings().getFirst();
    assertEquals(code, first.code(), first::toString);
    assertEquals(2, first.line());
    assertTrue(first.column() >= 3, first::toString);
  }
}
