package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fidelity.Fact;
import dev.ringback.voice.RequestKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How forms and URLs are written, byte by byte: a signature is made over exactly these. */
class EncodingTest {
  private static Form form(String... namesAndValues) {
    Form.Builder form = new Form.Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return form.build();
  }

  @Test
  @Fact({"encoding.empty-place-is-sent", "encoding.plus-of-numbers-is-escaped"})
  void aFormLeavesLettersDigitsAndFourSignsAsTheyAre() {
    assertEquals("", form().encoded());
    assertEquals("azAZ09-_.*=%2B1555&b=", form("azAZ09-_.*", "+1555", "b", "").encoded());
    assertEquals(
        "a=%21%22%23%24%25%26%27%28%29%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%7E%7F",
        form("a", "!\"#$%&'(),/:;<=>?@[\\]^`{|}~\u007f").encoded());
    assertEquals("a=%00%0A%1F", form("a", "\0\n\u001f").encoded());
  }

  @Test
  @Fact("encoding.space-is-plus")
  void aSpaceIsAPlusOrTwenty() {
    assertEquals("a+b=+c++d+", form("a b", " c  d ").encoded());
    assertEquals("a%20b=%20c%20%20d%20", form("a b", " c  d ").encoded("%20"));
  }

  @Test
  @Fact("encoding.post-is-a-form")
  void whatIsNotAsciiIsItsBytesInUtf8() {
    assertEquals(
        "a=%C2%80%C3%A4%E2%82%AC%F0%9F%98%80b",
        form("a", "\u0080\u00e4\u20ac\ud83d\ude00b").encoded());
    assertEquals("a=x+%C3%A4+y", form("a", "x \u00e4 y").encoded());
  }

  @Test
  void addressesStayBareWhereTwilioSignsThemSo() {
    assertEquals("To=sip:a@b.test%2Fc+d", form("To", "sip:a@b.test/c d").bare("+"));
    assertEquals("To=sip%3Aa%40b.test", form("To", "sip:a@b.test").encoded());
  }

  @Test
  @Fact({"encoding.absent-is-left-out", "parameters.order"})
  void parametersAreSortedByTheBytesOfTheirNames() {
    assertEquals(
        "A=1&B=2&a=3",
        new Form.Builder()
            .add("a", "3")
            .add("B", "2")
            .addIfKnown("x", null)
            .add("A", "1")
            .sorted()
            .encoded());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://App.Test, http://app.test/",
    "http://app.test?a=B, http://app.test/?a=B",
    "http://app.test/A/b?C=d#e, http://app.test/A/b?C=d",
    "#e, ''",
    "no url, no url",
    "://X/Y, ://x/Y",
    "HTTP://Me:Secret@App.Test:8080/a, http://Me:Secret@app.test:8080/a",
    "http://app.test/a b|c'd, http://app.test/a%20b|c'd",
    "http://app.test/\u00e4?\u00e4~, http://app.test/%C3%A4?%C3%A4~"
  })
  void aUrlIsWrittenAsTwilioRequestsIt(String url, String normalized) {
    assertEquals(normalized, WebUrl.normalized(url));
  }

  @Test
  void controlCharactersOfAUrlAreEscaped() {
    assertEquals("http://app.test/%09%20!%7F", WebUrl.normalized("http://app.test/\t !\u007f"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:secret@app.test/a, http://app.test/a",
    "http://app.test/a@b, http://app.test/a@b",
    "http://app.test?a@b, http://app.test?a@b",
    "http://@app.test, http://app.test",
    "me@app.test, me@app.test",
    "://me@app.test, ://app.test"
  })
  void theUserOfAUrlIsNotRequested(String url, String without) {
    assertEquals(without, WebUrl.withoutUser(url));
  }

  @Test
  @Fact("signature.no-default-port")
  void theUrlThatIsSigned() {
    assertEquals(
        "https://app.test/a?b",
        Signature.signedUrl(RequestKind.VOICE, "https://me:x@app.test:8443/a?b#c"));
    assertEquals("nothing", Signature.signedUrl(RequestKind.VOICE, "nothing#c"));
    assertEquals("", Signature.signedUrl(RequestKind.VOICE, "#c"));
    assertEquals("http://app.test", Signature.signedUrl(RequestKind.VOICE, "http://app.test"));
    assertEquals("http://app.test?a", Signature.signedUrl(RequestKind.VOICE, "http://app.test?a"));
  }

  @ParameterizedTest
  @CsvSource({
    "+15558675310, US",
    "+35312345, IE",
    "+3612345, HU",
    "+49301234, DE",
    "+85212345, HK",
    "+8612345, CN",
    "+9711, AE",
    "+971, AE",
    "+1, US",
    "+999123, ''",
    "+3512, PT"
  })
  @Fact({"parameters.country-is-two-letters", "parameters.place-names"})
  void theCountryIsThatOfTheLongestCallingCode(String number, String country) {
    assertEquals(country, Geo.country(number));
  }

  @Test
  void whatIsNoNumberHasNoCountry() {
    assertEquals(
        List.of("", "", ""), List.of(Geo.country(""), Geo.country("+"), Geo.country("+9")));
  }
}
