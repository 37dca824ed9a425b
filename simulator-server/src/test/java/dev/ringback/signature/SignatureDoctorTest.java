package dev.ringback.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.callback.Signature;
import dev.ringback.fidelity.Fact;
import dev.ringback.signature.SignatureDoctor.Diagnosis;
import dev.ringback.signature.SignatureDoctor.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was signed is signed here by the rule of docs/usage/security, and judged by Twilio's own
 * validator.
 */
class SignatureDoctorTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OLD = "fedcba9876543210fedcba9876543210";

  private static String sign(String token, String url, Map<String, String> params)
      throws Exception {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(params).forEach((name, value) -> signed.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> params(String form) {
    return SignatureDoctor.form(form).stream()
        .collect(Collectors.toMap(param -> param.name(), param -> param.value()));
  }

  private static SignatureDoctor doctor() {
    return new SignatureDoctor(
        List.of(new Token("the app's", TOKEN), new Token("the old one", OLD)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // cause | the app validated | with the body | signed was | with the body
        "SCHEME | http://example.com/voice | CallSid=CA1 | https://example.com/voice | CallSid=CA1",
        "PORT | http://example.com:3000/voice | CallSid=CA1 | http://example.com/voice | CallSid=CA1",
        "SLASH | https://example.com/voice/ | CallSid=CA1 | https://example.com/voice | CallSid=CA1",
        "QUERY | https://example.com/voice?a=1&b=2 | CallSid=CA1 | https://example.com/voice?b=2&a=1 | CallSid=CA1",
        "QUERY | https://example.com/voice?a=1&b=2&c=3 | CallSid=CA1 | https://example.com/voice?b=2&c=3&a=1 | CallSid=CA1",
        "QUERY | https://example.com/voice?q=a+b | CallSid=CA1 | https://example.com/voice?q=a%20b | CallSid=CA1",
        "PATH | https://example.com/my%20voice | CallSid=CA1 | https://example.com/my voice | CallSid=CA1",
        "NOT_A_FORM | https://example.com/hook?bodySHA256=1 | {\"a\":1} | https://example.com/hook?bodySHA256=1 | ''",
        "FORM_AS_JSON | https://example.com/voice | {\"CallSid\":\"CA1\",\"From\":\"+1&2=3\"} | https://example.com/voice | CallSid=CA1&From=%2B1%262%3D3",
        "VALUES | https://example.com/voice | Body=%C3%A2%E2%80%9A%C2%AC | https://example.com/voice | Body=%E2%82%AC",
        "QUERY_IN_PARAMETERS | https://example.com/voice?a=1 | a=1&CallSid=CA1 | https://example.com/voice?a=1 | CallSid=CA1",
        "VALUES | https://example.com/voice | From=+15558675310 | https://example.com/voice | From=%2B15558675310",
        "VALUES | https://example.com/voice | Body=caf%C3%83%C2%A9 | https://example.com/voice | Body=caf%C3%A9",
      })
  void aWrongSignatureIsExplained(
      Cause cause, String url, String body, String signedUrl, String signedBody) throws Exception {
    String signature = sign(TOKEN, signedUrl, params(signedBody));
    // Twilio's own libraries try both ports by themselves; others' code does not.
    assertEquals(
        cause == Cause.PORT, new RequestValidator(TOKEN).validate(url, params(body), signature));
    Diagnosis found =
        doctor()
            .examine(new SeenRequest(url, SignatureDoctor.form(body), signature), List.of())
            .orElseThrow();
    assertEquals(List.of(cause), found.causes());
    assertEquals(signedUrl, found.url());
    assertEquals(params(signedBody).size(), found.params().size());
    assertEquals(4, cause.fixes().size());
  }

  @Test
  void anotherTokenIsNamedAndNotShown() throws Exception {
    String signature = sign(OLD, "https://example.com/voice", Map.of("CallSid", "CA1"));
    Optional<Diagnosis> found =
        doctor()
            .examine(
                new SeenRequest(
                    "http://example.com/voice", SignatureDoctor.form("CallSid=CA1"), signature),
                List.of());
    assertEquals(List.of(Cause.TOKEN, Cause.SCHEME), found.orElseThrow().causes());
    String report = Report.view(found).toString();
    assertTrue(report.contains("the old one"), report);
    assertFalse(report.contains(OLD) || report.contains(TOKEN), report);
  }

  /**
   * A host behind a tunnel, and a body that was never parsed: only a request that was sent tells.
   */
  @Test
  void aRequestThatWasSentExplainsAnotherHostAndAMissingBody() throws Exception {
    String url = "https://abc.example.dev/voice";
    SignedRequest sent = new SignedRequest(url, SignatureDoctor.form("CallSid=CA1&From=%2B1555"));
    String signature = sign(TOKEN, url, params("CallSid=CA1&From=%2B1555"));
    Diagnosis found =
        doctor()
            .examine(
                new SeenRequest("http://localhost:3000/voice", List.of(), signature), List.of(sent))
            .orElseThrow();
    assertEquals(List.of(Cause.SCHEME, Cause.HOST, Cause.NO_PARAMETERS), found.causes());
  }

  @Test
  void aRightSignatureIsRight() throws Exception {
    String url = "https://example.com/voice?a=1";
    Map<String, String> params = Map.of("CallSid", "CA1", "From", "+15558675310");
    String signature = sign(TOKEN, url, params);
    assertTrue(new RequestValidator(TOKEN).validate(url, params, signature));
    Optional<Diagnosis> found =
        doctor()
            .examine(
                new SeenRequest(
                    url, SignatureDoctor.form("From=%2B15558675310&CallSid=CA1"), signature),
                List.of());
    assertTrue(found.orElseThrow().matches());
  }

  /** As people paste it; a JSON body is right where its hash is in the URL. */
  @Test
  @Fact("signature.json-body")
  void whatIsAroundASignatureIsTakenAway() throws Exception {
    String body = "{\"a\": 1}";
    String url = "https://example.com/hook?bodySHA256=" + BodyHash.of(body);
    String signature = sign(TOKEN, url, Map.of());
    assertTrue(new RequestValidator(TOKEN).validate(url, body, signature));
    for (String pasted :
        List.of(signature, "'" + signature + "'", " X-Twilio-Signature: " + signature + "\n")) {
      Optional<Diagnosis> found =
          doctor().examine(SignatureDoctor.seen(url, body, pasted), List.of());
      assertTrue(found.orElseThrow().matches(), pasted);
    }
    Optional<Diagnosis> changed =
        doctor().examine(SignatureDoctor.seen(url, body + " ", signature), List.of());
    assertEquals(List.of(Cause.NOT_A_FORM), changed.orElseThrow().causes());
  }

  @Test
  void aTokenInQuotesAHostInCapitalsAndAMissingParameter() throws Exception {
    String url = "https://example.com/voice";
    String signature = sign(TOKEN, url, params("CallSid=CA1&From=%2B1555"));
    SignatureDoctor quoted =
        new SignatureDoctor(SignatureDoctor.tokens("the app's", "\"" + TOKEN + "\"\n"));
    SeenRequest right = SignatureDoctor.seen(url, "CallSid=CA1&From=%2B1555", signature);
    assertEquals(List.of(Cause.TOKEN), quoted.examine(right, List.of()).orElseThrow().causes());
    SeenRequest capitals =
        SignatureDoctor.seen("https://EXAMPLE.com/voice", "CallSid=CA1&From=%2B1555", signature);
    assertEquals(List.of(Cause.HOST), doctor().examine(capitals, List.of()).orElseThrow().causes());
    SeenRequest missing = SignatureDoctor.seen(url, "CallSid=CA1", signature);
    SignedRequest sent = new SignedRequest(url, right.params());
    assertEquals(
        List.of(Cause.NO_PARAMETERS),
        doctor().examine(missing, List.of(sent)).orElseThrow().causes());
  }

  @Test
  void whatNothingExplainsIsSaidToBeSo() {
    Optional<Diagnosis> found =
        doctor()
            .examine(new SeenRequest("https://example.com/", List.of(), "bm90aGluZw=="), List.of());
    assertEquals(Optional.empty(), found);
    assertTrue(String.valueOf(Report.view(found).get("text")).startsWith("no URL"));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "not a url",
    "http://",
    "https://[::1",
    "?",
    "https://example.com/%zz?%zz&&=&a"
  })
  void whatIsNoUrlOrSignatureIsNoTrouble(String url) {
    assertEquals(
        Optional.empty(),
        doctor()
            .examine(new SeenRequest(url, SignatureDoctor.form("%zz&=&a"), "\u0000"), List.of()));
  }

  /** The vector of the official libraries' own tests for a body that is no form. */
  @Test
  @Fact("signature.vector-with-body-hash")
  void theOfficialVectorWithTheHashOfABody() throws Exception {
    String body = "{\"property\": \"value\", \"boolean\": true}";
    String url = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=" + BodyHash.of(body);
    assertTrue(
        url.endsWith("=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"), url);
    String signature = new Signature("12345").of(url, List.of());
    assertEquals("a9nBmqA0ju/hNViExpshrM61xv4=", signature);
    assertTrue(new RequestValidator("12345").validate(url, body, signature));
  }
}
