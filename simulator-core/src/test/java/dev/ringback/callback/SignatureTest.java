package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.fidelity.Fact;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  private static final List<Param> FORM =
      List.of(
          new Param("To", "+18005551212"),
          new Param("Digits", "1234"),
          new Param("CallSid", "CA1234567890ABCDE"));

  /** The vectors of the official libraries' own tests. */
  @ParameterizedTest
  @CsvSource({
    "https://example.com/myapp.php?foo=1&bar=2, +14158675310, L/OH5YylLD5NRKLltdqwSvS0BnU=",
    "https://mycompany.com/myapp.php?foo=1&bar=2, +14158675309, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
  })
  @Fact({
    "headers.signature",
    "signature.hmac-sha1",
    "signature.parameters-sorted",
    "signature.values-decoded",
    "signature.vector-one",
    "signature.vector-two"
  })
  void officialVectors(String url, String caller, String signature) {
    List<Param> form = new ArrayList<>(FORM);
    form.add(new Param("Caller", caller));
    form.add(new Param("From", caller));
    assertEquals(signature, new Signature("12345").of(url, form));
  }

  /** As the official validator has it: sorted, and equal ones once. */
  @Test
  @Fact("signature.repeated-names")
  void aNameThatIsRepeatedIsSignedWithEachOfItsValues() {
    List<Param> form =
        List.of(new Param("a", "2"), new Param("b", "x"), new Param("a", "1"), new Param("a", "1"));
    List<Param> signed = List.of(new Param("a", "1"), new Param("a", "2"), new Param("b", "x"));
    Signature signature = new Signature("12345");
    assertEquals(
        signature.of("https://a.test/x" + "a1a2bx", List.of()),
        signature.of("https://a.test/x", form));
    assertEquals(signature.of("https://a.test/x", signed), signature.of("https://a.test/x", form));
  }

  /** As a callback has it, whose port stays in what is signed. */
  @Test
  @Fact("signature.vector-with-port")
  void theOfficialVectorWithAPort() {
    List<Param> form = new ArrayList<>(FORM);
    form.add(new Param("Caller", "+14158675309"));
    form.add(new Param("From", "+14158675309"));
    assertEquals(
        "kvajT1Ptam85bY51eRf/AJRuM3w=",
        new Signature("12345")
            .of(RequestKind.CALL_STATUS, "https://mycompany.com:443/myapp.php?foo=1&bar=2", form));
  }

  @Test
  @Fact({"signature.hmac-sha1", "signature.vector-without-parameters"})
  void withoutParameters() {
    assertEquals(
        "zYQTYrRWXE7LtzbG4PfP7/bkkGo=",
        new Signature("12345").of("https://mycompany.com/myapp.php?foo=1&bar=2", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:pass@a.test:8443/x?y=1#rc=2, https://a.test/x?y=1",
    "https://a.test:443/x, https://a.test/x",
    "http://user@a.test:3000/x, http://a.test:3000/x",
    "http://a.test, http://a.test",
  })
  @Fact({
    "signature.http-keeps-the-port",
    "signature.https-drops-the-port",
    "signature.no-default-port",
    "signature.no-fragment"
  })
  void whichPartOfTheUrlIsSigned(String url, String signed) {
    assertEquals(signed, Signature.signedUrl(RequestKind.VOICE, url));
  }

  @ParameterizedTest
  @CsvSource({
    "VOICE, https://a.test/x",
    "ACTION, https://a.test/x",
    "FALLBACK, https://a.test/x",
    "MEDIA, https://a.test/x",
    "SESSION_STATUS, https://a.test:8443/x",
    "CALL_STATUS, https://a.test:8443/x",
    "RECORDING_STATUS, https://a.test:8443/x",
    "CONFERENCE_STATUS, https://a.test:8443/x",
    "POST_WEBHOOK, https://a.test:8443/x",
    "DEBUGGER, https://a.test:8443/x",
  })
  @Fact({"signature.https-callbacks-keep-the-port", "signature.https-drops-the-port"})
  void aCallbackKeepsThePort(RequestKind kind, String signed) {
    assertEquals(signed, Signature.signedUrl(kind, "https://user@a.test:8443/x#rc=1"));
  }

  @Test
  @Fact({"signature.hmac-sha1", "signature.values-decoded"})
  void theOfficialValidatorAcceptsAnyForm() {
    Random random = new Random(4);
    String alphabet = "aZ09+&= %äß€\uD83D\uDE00_.-";
    for (int i = 0; i < 500; i++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int p = random.nextInt(8); p > 0; p--) {
        StringBuilder value = new StringBuilder();
        random
            .ints(random.nextInt(12), 0, alphabet.length())
            .forEach(c -> value.append(alphabet.charAt(c)));
        values.put("P" + random.nextInt(20), value.toString());
      }
      List<Param> form = new ArrayList<>();
      values.forEach((name, value) -> form.add(new Param(name, value)));
      String url = "http://localhost:3000/voice?x=" + i;
      assertTrue(
          new RequestValidator("secret")
              .validate(url, values, new Signature("secret").of(url, form)),
          () -> "refused: " + values);
    }
  }
}
