package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call remembers of servers: their cookies, and which of them ask for a user. */
class WebClientStateTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final String URL = "http://me:secret@app.test/voice";
  private static final String REQUESTED = "http://app.test/voice";

  private static Landing.Answered answer(int status, Landing.Header... headers) {
    return new Landing.Answered(status, null, "", List.of(headers), Duration.ZERO);
  }

  private static Landing.Answered challenge(String scheme) {
    return answer(401, new Landing.Header("www-authenticate", scheme));
  }

  private static List<Param> headers(WebClientState session, String url) {
    return session.headers(HttpMethod.POST, url, REQUESTED, NOW);
  }

  @Test
  @Fact("fetching.cookies")
  void cookiesAreKeptAndSentInOneHeader() {
    WebClientState session =
        WebClientState.EMPTY.after(
            REQUESTED,
            answer(
                200,
                new Landing.Header("set-cookie", "a=1"),
                new Landing.Header("x-cookie", "c=3"),
                new Landing.Header("set-cookie", "b=2; Path=/")),
            NOW);
    assertEquals(List.of(new Param("Cookie", "a=1; b=2")), headers(session, REQUESTED));
    assertEquals(List.of(), session.headers(HttpMethod.POST, REQUESTED, "http://other.test/", NOW));
    assertSame(session, session.after(REQUESTED, answer(200), NOW));
    assertEquals(List.of(), headers(WebClientState.EMPTY, REQUESTED));
  }

  @Test
  @Fact("fetching.first-request-is-bare")
  void aChallengeIsMetWhereTheUrlHasAUser() {
    WebClientState session =
        WebClientState.EMPTY.challenged(URL, challenge("Basic realm=\"r\""), false).orElseThrow();
    assertTrue(session.authorizes(URL));
    assertFalse(WebClientState.EMPTY.authorizes(URL));
    assertFalse(session.authorizes(REQUESTED));
    assertFalse(session.authorizes("http://me:other@app.test/voice"));
    assertFalse(session.authorizes("http://me:secret@app.test:81/voice"));
    assertFalse(session.authorizes("https://me:secret@app.test/voice"));
    assertEquals(List.of(new Param("Authorization", "Basic bWU6c2VjcmV0")), headers(session, URL));
    assertEquals(List.of(), headers(session, REQUESTED));
  }

  @Test
  void whatIsNoChallengeIsNotMet() {
    Landing.Answered basic = challenge("Basic realm=\"r\"");
    assertTrue(WebClientState.EMPTY.challenged(URL, basic, true).isEmpty());
    assertTrue(WebClientState.EMPTY.challenged(REQUESTED, basic, false).isEmpty());
    assertTrue(WebClientState.EMPTY.challenged(URL, answer(401), false).isEmpty());
    assertTrue(WebClientState.EMPTY.challenged(URL, challenge("Unheard of"), false).isEmpty());
    assertTrue(
        WebClientState.EMPTY
            .challenged(URL, answer(401, new Landing.Header("x", "Basic realm=\"r\"")), false)
            .isEmpty());
    assertTrue(
        WebClientState.EMPTY
            .challenged(
                URL, answer(403, new Landing.Header("www-authenticate", "Basic realm=r")), false)
            .isEmpty());
  }

  @Test
  @Fact("fetching.digest")
  void everyAnswerToADigestIsCounted() {
    WebClientState first =
        WebClientState.EMPTY
            .challenged(URL, challenge("Digest realm=\"r\", qop=\"auth\", nonce=\"n\""), false)
            .orElseThrow();
    WebClientState second = first.requested(URL);
    assertTrue(headers(first, URL).getFirst().value().contains("nc=00000001"));
    assertTrue(headers(second, URL).getFirst().value().contains("nc=00000002"));
    assertTrue(headers(second.requested(URL), URL).getFirst().value().contains("nc=00000003"));
    assertSame(second, second.requested(REQUESTED));
    assertSame(second, second.requested("http://you@app.test/"));
    assertSame(WebClientState.EMPTY, WebClientState.EMPTY.requested(URL));
  }
}
