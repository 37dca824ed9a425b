package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Basic (RFC 7617) and Digest (RFC 7616, RFC 2069). */
class ChallengeTest {
  @Test
  @Fact("fetching.basic")
  void basic() {
    // RFC 7617, section 2.
    Challenge challenge = Challenge.of("Basic realm=\"WallyWorld\"").orElseThrow();
    assertEquals(
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        challenge.answer("Aladdin:open sesame", HttpMethod.GET, "http://a.test/", 1));
  }

  /** RFC 2069, section 2.4, as corrected by its errata: no qop, MD5. */
  @Test
  @Fact("fetching.digest")
  void digestWithoutQop() {
    Challenge challenge =
        Challenge.of(
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                    + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
            .orElseThrow();
    String answer =
        challenge.answer("Mufasa:CircleOfLife", HttpMethod.GET, "http://a.test/dir/index.html", 1);
    assertTrue(answer.contains("response=\"1949323746fe6a43ef61f9606e7febea\""), answer);
    assertTrue(answer.contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""), answer);
    assertTrue(answer.contains("uri=\"/dir/index.html\""), answer);
  }

  /** What RFC 7616 says of qop=auth, computed once more from the header's own parts. */
  @Test
  @Fact("fetching.digest")
  void digestWithQop() throws Exception {
    for (String algorithm : new String[] {"MD5", "SHA-256"}) {
      Challenge challenge =
          Challenge.of(
                  "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                          .formatted(algorithm)
                      + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"")
              .orElseThrow();
      String answer =
          challenge.answer("Mufasa:Circle of Life", HttpMethod.POST, "http://a.test/dir?x=1", 2);
      assertTrue(answer.contains("nc=00000002"), answer);
      String a1 = hash(algorithm, "Mufasa:http-auth@example.org:Circle of Life");
      String a2 = hash(algorithm, "POST:/dir?x=1");
      assertEquals(
          hash(
              algorithm,
              String.join(
                  ":",
                  a1,
                  "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                  "00000002",
                  part(answer, "cnonce"),
                  "auth",
                  a2)),
          part(answer, "response"));
    }
  }

  private static String part(String header, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(header);
    assertTrue(matcher.find(), header);
    return matcher.group(1);
  }

  private static String hash(String algorithm, String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void schemesThatAreNotKnown() {
    assertEquals(Optional.empty(), Challenge.of("Bearer realm=x"));
    assertEquals(Optional.empty(), Challenge.of("Digest realm=x, nonce=y, algorithm=SHA-512"));
    assertEquals(Optional.empty(), Challenge.of("Digest realm=x, nonce=y, qop=auth-int"));
    assertEquals(Optional.empty(), Challenge.of(""));
  }
}
